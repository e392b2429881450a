package dev.langevin.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Sines and cosines of 2π W ln σ at fixed random frequencies W (Tancik et al. 2020; Song et al. 2021); the network's output is divided
 * by σ, as a score grows with 1/σ (Song &amp; Ermon 2020, technique 3).
 */
final class FourierFeatures implements TimeFeatures {
  private static final double SCALE = 16;
  private final int frequencies;
  private final int weight;

  FourierFeatures(Layout layout, int frequencies) {
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
    return TimeFeatures.waves(angles, false);
  }

  @Override
  public Tensor finished(Tensor output, Tensor levels) {
    return output.div(levels.unsqueeze(2).unsqueeze(3));
  }
}
