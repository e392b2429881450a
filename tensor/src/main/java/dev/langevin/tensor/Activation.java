package dev.langevin.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The functions between the layers, under diffusers' names. */
enum Activation {
  /** x/(1 + e⁻ˣ) (Hendrycks &amp; Gimpel 2016; Elfwing, Uchibe &amp; Doya 2018). */
  SILU(torch::silu),
  /** The same under its other name (Ramachandran, Zoph &amp; Le 2017). */
  SWISH(torch::silu),
  /** x tanh(ln(1 + eˣ)) (Misra 2019). */
  MISH(torch::mish),
  /** x Φ(x) (Hendrycks &amp; Gimpel 2016), not its approximation by tanh. */
  GELU(torch::gelu),
  /** max(x, 0). */
  RELU(torch::relu);

  private final UnaryOperator<Tensor> function;

  Activation(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  Tensor of(Tensor x) {
    return function.apply(x);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** By its name in a configuration, which {@link #names} lists. */
  static Activation named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
