package dev.langevin.tensor;

import dev.langevin.random.Seed;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Silences hidden units at random in training (Srivastava et al. 2014), the others scaled up so that means stay. The masks come from
 * the backend's own generator, one per step, started at the step's address: its numbers are fixed by the address too, and nothing of
 * it has to be kept in a checkpoint.
 */
final class Dropout {
  /** For networks in use: does nothing. */
  static final Dropout NONE = new Dropout(0, null);

  private final double chance;
  private final @org.jspecify.annotations.Nullable Pointer generator;

  private Dropout(double chance, @org.jspecify.annotations.Nullable Pointer generator) {
    this.chance = chance;
    this.generator = generator;
  }

  /** For one step of training; to be called inside the step's scope. */
  static Dropout at(double chance, Seed seed) {
    if (chance == 0) {
      return NONE;
    }
    Generator generator = torch.createCPUGenerator(seed.random().nextLong());
    return new Dropout(chance, new GeneratorOptional(generator));
  }

  Tensor apply(Tensor x) {
    if (!(generator instanceof GeneratorOptional random)) {
      return x;
    }
    Tensor mask = torch.empty_like(x.detach());
    mask.bernoulli_(1 - chance, random);
    mask.div_(new org.bytedeco.pytorch.Scalar(1 - chance));
    return x.mul(mask);
  }
}
