package dev.langevin.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Sines and cosines of t·f_j, f_j = 10000<sup>-j/(width/2 - shift)</sup> (Vaswani et al. 2017; Ho, Jain &amp; Abbeel 2020), in 32-bit
 * floats as diffusers has them; one zero at the end of an odd width.
 *
 * @param cosineFirst cosines before sines
 */
record PositionalFeatures(int width, double shift, boolean cosineFirst) implements TimeFeatures {
  private static final double LOG_PERIOD = StrictMath.log(10000);

  @Override
  public Tensor apply(Parameters p, Tensor levels) {
    int half = width / 2;
    Tensor exponents = torch.arange(new Scalar(half)).to(torch.ScalarType.Float);
    Tensor frequencies = exponents.mul(new Scalar(-LOG_PERIOD)).div(new Scalar(half - shift)).exp();
    Tensor features = TimeFeatures.waves(levels.mul(frequencies), cosineFirst);
    return width % 2 == 0 ? features : torch.constant_pad_nd(features, 0, 1);
  }
}
