package dev.langevin.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What a network makes of the noise level before its embedding. */
interface TimeFeatures {
  /** Numbers that it is given of each level. */
  default int columns() {
    return 1;
  }

  /** Writes these numbers for one row. */
  default void fill(double level, float[] out, int row) {
    out[row] = (float) level;
  }

  /** Number of features. */
  int width();

  /** The features, {@code [rows or 1, width]}, from {@code [rows or 1, columns]}. */
  Tensor apply(Parameters p, Tensor levels);

  /** What becomes of the network's output. */
  default Tensor finished(Tensor output, Tensor levels) {
    return output;
  }

  /** {@link NoiseFeatures}. */
  record Ladder() implements TimeFeatures {
    @Override
    public int columns() {
      return NoiseFeatures.COUNT;
    }

    @Override
    public void fill(double level, float[] out, int row) {
      NoiseFeatures.fill(level, out, row);
    }

    @Override
    public int width() {
      return NoiseFeatures.COUNT;
    }

    @Override
    public Tensor apply(Parameters p, Tensor levels) {
      return levels;
    }
  }

  /**
   * Sines and cosines of t·f_j, f_j = 10000<sup>-j/(width/2 - shift)</sup> (Vaswani et al. 2017; Ho, Jain &amp; Abbeel 2020), in 32-bit
   * floats as diffusers has them; one zero at the end of an odd width.
   *
   * @param cosineFirst cosines before sines
   */
  record Positional(int width, double shift, boolean cosineFirst) implements TimeFeatures {
    private static final double LOG_PERIOD = StrictMath.log(10000);

    @Override
    public Tensor apply(Parameters p, Tensor levels) {
      int half = width / 2;
      Tensor exponents = torch.arange(new Scalar(half)).to(torch.ScalarType.Float);
      Tensor frequencies =
          exponents.mul(new Scalar(-LOG_PERIOD)).div(new Scalar(half - shift)).exp();
      Tensor features = waves(levels.mul(frequencies), cosineFirst);
      return width % 2 == 0 ? features : torch.constant_pad_nd(features, 0, 1);
    }
  }

  /**
   * Sines and cosines of 2π W ln σ at fixed random frequencies W (Tancik et al. 2020; Song et al. 2021); the network's output is divided
   * by σ, as a score grows with 1/σ (Song &amp; Ermon 2020, technique 3).
   */
  final class Fourier implements TimeFeatures {
    private static final double SCALE = 16;
    private final int frequencies;
    private final int weight;

    Fourier(Layout layout, int frequencies) {
      this.frequencies = frequencies;
      weight = layout.frozen("time_proj.weight", SCALE, frequencies);
    }

    @Override
    public int width() {
      return 2 * frequencies;
    }

    @Override
    public void fill(double level, float[] out, int row) {
      if (!(level > 0)) {
        throw new IllegalArgumentException(
            "the level told to a network with a fourier time embedding must be positive (it is σ), got "
                + level
                + ": precondition it with FormPreconditioning(SCORE, VarianceExploding)");
      }
      out[row] = (float) level;
    }

    @Override
    public Tensor apply(Parameters p, Tensor levels) {
      Tensor angles = levels.log().mul(p.get(weight)).mul(new Scalar(2 * Math.PI));
      return waves(angles, false);
    }

    @Override
    public Tensor finished(Tensor output, Tensor levels) {
      return output.div(levels.unsqueeze(2).unsqueeze(3));
    }
  }

  /** A learned vector for every whole time 0 … steps - 1; others go to the nearest. */
  final class Learned implements TimeFeatures {
    private final int steps;
    private final int width;
    private final int weight;

    Learned(Layout layout, int steps, int width) {
      this.steps = steps;
      this.width = width;
      weight = layout.normal("time_proj.weight", 1, steps, width);
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public void fill(double level, float[] out, int row) {
      out[row] = (float) Math.max(0, Math.min(steps - 1, Math.rint(level)));
    }

    @Override
    public Tensor apply(Parameters p, Tensor levels) {
      return torch.embedding(p.get(weight), levels.select(1, 0).to(torch.ScalarType.Long));
    }
  }

  private static Tensor waves(Tensor angles, boolean cosineFirst) {
    Tensor sines = angles.sin();
    Tensor cosines = angles.cos();
    return torch.cat(
        cosineFirst ? new TensorVector(cosines, sines) : new TensorVector(sines, cosines), 1);
  }
}
