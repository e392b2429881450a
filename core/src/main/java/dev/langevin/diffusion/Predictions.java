package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * Any function that predicts the noise, the score, the velocity or the denoised point of any process, seen as a denoiser, and a denoiser seen as any of these: whole batches at a time, by the conversions of
 * {@link Prediction}. With y = x/a and σ = b/a; {@link VarianceExploding} is the process whose points are y themselves and whose times are σ.
 *
 * <p>The views own scratch arrays, which grow to the largest batch seen, and call what they are views of: one thread at a time for all views of one thing. O(d) a row beside it.
 */
public final class Predictions {
  private Predictions() {}

  /**
   * The denoiser of a function.
   *
   * <p>NOISE and SCORE lose u|y| of D at level σ (u = 2<sup>-53</sup>, or the function's own precision), which is an end of their use at σ ≫ 1: with single-precision noise 6·10<sup>-6</sup> at σ =
   * 100. Asked for a level at which the process has no signal left, a = 0 to rounding, they throw an {@link IllegalArgumentException}; DENOISED and VELOCITY answer there.
   *
   * @param dimension d, at least 1
   * @param form what the function predicts
   * @param noising the process of its points and times
   * @param function called once for every batch
   */
  public static Denoiser denoiser(
      int dimension, Prediction form, Noising noising, Predictor function) {
    return new PredictedDenoiser(Check.atLeast("dimension", dimension, 1), form, noising, function);
  }

  /**
   * A denoiser in the variables and the form of one process, at its times t with some noise, b(t) &gt; 0. Where no signal is left, a(t) = 0, NOISE and SCORE are x/b and -x/b² without asking the
   * denoiser, and DENOISED and VELOCITY, for which it would have to answer at σ = ∞, throw an {@link IllegalArgumentException}.
   *
   * @param denoiser called once for every batch
   * @param form what is wanted
   * @param noising the process of the points and times
   */
  public static Predictor of(Denoiser denoiser, Prediction form, Noising noising) {
    View view = new View(denoiser, form);
    return (x, rows, t, out) ->
        view.predict(x, rows, noising.signal(t), noising.noise(t), noising.sigma(t), out);
  }

  /** A denoiser asked in the variables of a process, at scales that are given. */
  static final class View {
    private final Denoiser denoiser;
    private final Prediction form;
    private double[] y = new double[0];

    View(Denoiser denoiser, Prediction form) {
      this.denoiser = denoiser;
      this.form = form;
    }

    void predict(double[] x, int rows, double a, double b, double sigma, double[] out) {
      int size = rows * denoiser.dimension();
      Check.positive("noise scale b", b);
      if (a > 0) {
        y = grown(y, size);
        for (int i = 0; i < size; i++) {
          y[i] = x[i] / a;
        }
        denoiser.denoise(y, rows, sigma, out);
      } else if (form.holdsSignal()) {
        throw new IllegalArgumentException(
            form + " of a denoiser is not known where no signal is left, a = 0");
      } else {
        Arrays.fill(out, 0, size, 0.0); // any finite D: it is not needed
      }
      Prediction.DENOISED.convert(form, out, x, size, a, b);
    }
  }

  private static double[] grown(double[] scratch, int size) {
    return scratch.length < size ? new double[size] : scratch;
  }

  private static final class PredictedDenoiser implements Denoiser {
    private final int dimension;
    private final Prediction form;
    private final Noising noising;
    private final Predictor function;
    private double[] x = new double[0];

    PredictedDenoiser(int dimension, Prediction form, Noising noising, Predictor function) {
      this.dimension = dimension;
      this.form = form;
      this.noising = noising;
      this.function = function;
    }

    @Override
    public int dimension() {
      return dimension;
    }

    @Override
    public void denoise(double[] y, int rows, double sigma, double[] out) {
      double t = noising.time(Check.positive("sigma", sigma));
      double a = noising.signal(t);
      double b = noising.noise(t);
      double scale = a > 0 ? a : b / sigma; // the same, and not rounded to 0
      int size = rows * dimension;
      x = grown(x, size);
      for (int i = 0; i < size; i++) {
        x[i] = scale * y[i];
      }
      function.predict(x, rows, t, out);
      form.convert(Prediction.DENOISED, out, x, size, a, b);
    }
  }
}
