package dev.langevin.theory;

import dev.langevin.math.Check;

/**
 * The denoising loss L(σ) = E‖x₀ - D_θ(x₀ + σz; σ)‖² of a trained denoiser on data that it has not seen, of all coordinates together. Since L = mmse + E‖D_θ - D‖² it bounds both: {@link #curve} and {@link #score} are these bounds, and an {@link
 * ErrorBudget} that is given the two of one loss counts it once: with the denoiser frozen, discretisation and score error together cost at most ½ Σ Δγ L, less ½∫mmse ≥ 0.
 *
 * <p>Best values. mmse is at most d/(d/L<sub>a</sub> + γ - γ<sub>a</sub>) for every level a with more noise ({@link MmseCurve}); the least of these and L is taken for mmse, and what L has above it for the score error. That part of the score
 * error is real (up to chance); whether there is more of it the loss alone cannot tell, for the data's own mmse might be less. Between levels all is linear in logarithms, an assumption: give the levels of the grid to be rid of it.
 */
public final class HeldOutLoss {
  private static final int PANELS = 16;

  private final int dimension;
  private final double variance;
  private final double[] logs; // ln σ, falling
  private final double[] losses;
  private final double[] lows;
  private final double[] highs;
  private final double[] least; // best values of mmse
  private final double[] leastHighs; // its upper limits

  /**
   * At levels.
   *
   * @param dimension d
   * @param variance the data's total variance, mmse at endless noise; positive
   * @param sigmas two or more, positive and falling
   * @param losses positive
   * @param standardErrors of the losses; the limits are three of them away
   */
  public HeldOutLoss(
      int dimension, double variance, double[] sigmas, double[] losses, double[] standardErrors) {
    this.dimension = Check.atLeast("dimension", dimension, 1);
    this.variance = Check.positive("variance", variance);
    int n = Check.atLeast("number of sigmas", sigmas.length, 2);
    this.losses = Check.length("losses", losses, n).clone();
    Check.length("standardErrors", standardErrors, n);
    logs = new double[n];
    lows = new double[n];
    highs = new double[n];
    for (int i = 0; i < n; i++) {
      logs[i] = StrictMath.log(Check.positive("sigmas[" + i + "]", sigmas[i]));
      Check.positive("losses[" + i + "]", losses[i]);
      double half = RunningMean.WIDTH * Check.notNegative("standardErrors", standardErrors[i]);
      lows[i] = Math.max(0.5 * Double.MIN_NORMAL, losses[i] - half);
      highs[i] = losses[i] + half;
      if (i > 0 && logs[i] >= logs[i - 1]) {
        throw new IllegalArgumentException(
            "sigmas must fall, got sigmas[" + i + "] = " + sigmas[i]);
      }
    }
    least = envelope(sigmas, losses);
    leastHighs = envelope(sigmas, highs);
  }

  private double[] envelope(double[] sigmas, double[] above) {
    double[] out = new double[above.length];
    double last = variance;
    double from = Double.POSITIVE_INFINITY;
    for (int i = 0; i < out.length; i++) {
      last = Math.min(above[i], last / (1 + MmseCurve.snrStep(from, sigmas[i]) * last / dimension));
      from = sigmas[i];
      out[i] = last;
    }
    return out;
  }

  private double interpolated(double[] values, double sigma) {
    double x = StrictMath.log(sigma);
    int last = logs.length - 1;
    double slack = 1e-9;
    if (!(x <= logs[0] + slack && x >= logs[last] - slack)) {
      throw new IllegalArgumentException(
          "sigma must lie between "
              + StrictMath.exp(logs[last])
              + " and "
              + StrictMath.exp(logs[0])
              + ", got "
              + sigma);
    }
    int i = 1;
    while (i < last && logs[i] > x) {
      i++;
    }
    double share = Math.min(1, Math.max(0, (logs[i - 1] - x) / (logs[i - 1] - logs[i])));
    return StrictMath.exp(
        (1 - share) * StrictMath.log(values[i - 1]) + share * StrictMath.log(values[i]));
  }

  /** The bound of mmse. Defined between the levels, and at more noise than the first. */
  public MmseCurve curve() {
    return new Curve(this);
  }

  /** The bound of E‖D_θ - D‖². Defined between the levels. */
  public ScoreError score() {
    return new Excess(this);
  }

  /** Whether the two are bounds from one loss. */
  static boolean shared(MmseCurve curve, ScoreError error) {
    return curve instanceof Curve one && error instanceof Excess other && one.loss == other.loss;
  }

  private record Curve(HeldOutLoss loss) implements MmseCurve {
    @Override
    public int dimension() {
      return loss.dimension;
    }

    @Override
    public Source source() {
      return Source.HELD_OUT_LOSS;
    }

    @Override
    public Bracket at(double sigma) {
      if (StrictMath.log(sigma) > loss.logs[0]) {
        double gamma = MmseCurve.snr(sigma);
        double value = loss.variance / (1 + gamma * loss.variance / loss.dimension);
        return new Bracket(value, 0, value);
      }
      double high = loss.interpolated(loss.leastHighs, sigma);
      return Bracket.around(loss.interpolated(loss.least, sigma), 0, high);
    }

    /** Trapezoidal in ln σ. */
    @Override
    public Bracket excess(double from, double to) {
      Bracket top = at(from);
      double span = StrictMath.log(Math.min(from, 1e3 * to) / to);
      double sum = 0;
      double sigma = from;
      for (int i = 0; i < PANELS; i++) {
        double next = to * StrictMath.exp(span * (PANELS - 1 - i) / PANELS);
        double lost = top.value() - 0.5 * (at(sigma).value() + at(next).value());
        sum += MmseCurve.snrStep(sigma, next) * lost;
        sigma = next;
      }
      return Bracket.around(sum, 0, MmseCurve.snrStep(from, to) * top.high());
    }
  }

  private record Excess(HeldOutLoss loss) implements ScoreError {
    @Override
    public Bracket at(double sigma) {
      double all = loss.interpolated(loss.losses, sigma);
      double proved =
          loss.interpolated(loss.lows, sigma) - loss.interpolated(loss.leastHighs, sigma);
      double value = all - loss.interpolated(loss.least, sigma);
      return Bracket.around(value, Math.max(0, proved), loss.interpolated(loss.highs, sigma));
    }

    @Override
    public Term.Kind kind() {
      return Term.Kind.BOUND;
    }
  }
}
