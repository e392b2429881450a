package dev.langevin.tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network whose output is the gradient of a scalar: ∇_u g(u) with g(u) = ⟨u, F(u)⟩ of another network F. A preconditioned denoiser
 * c_skip y + c_out ∇g(c_in y) around it is the one of an energy (Salimans &amp; Ho 2021; Du et al. 2023), which {@link NetworkEnergy}
 * can be asked for:
 *
 * <p>E(y; σ) = (½(1 - c_skip)‖y‖² - (c_out/c_in) g(c_in y))/σ², -∇_y E the score.
 *
 * <p>Its Jacobian is symmetric, as that of every true denoiser is and that of other networks is not. A step of training differentiates twice
 * and takes about two to three times as long.
 *
 * @param network F; not itself the gradient of a scalar, and with as many outputs as inputs
 */
public record Conservative(Architecture network) implements Architecture {
  static final String KIND = "conservative";

  public Conservative {
    if (network instanceof Conservative || network.outputs() != network.dimension()) {
      throw new IllegalArgumentException(
          "network must have as many outputs as a row has numbers, and be no Conservative itself, got "
              + network);
    }
  }

  @Override
  public int[] rowShape() {
    return network.rowShape();
  }

  @Override
  public double dropout() {
    return network.dropout();
  }

  @Override
  public int labels() {
    return network.labels();
  }

  @Override
  public Conservative withLabels(int count) {
    return new Conservative(network.withLabels(count));
  }

  @Override
  public Conservative withWidth(int width) {
    return new Conservative(network.withWidth(width));
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", KIND);
    map.put("network", network.toMap());
    return map;
  }

  static Conservative from(Settings settings) {
    Architecture network = Architecture.fromMap(settings.settings("network").rest());
    settings.done();
    return new Conservative(network);
  }
}
