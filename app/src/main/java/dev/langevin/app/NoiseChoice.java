package dev.langevin.app;

import dev.langevin.interchange.Compatibility;
import dev.langevin.solver.AddressedNoise;
import dev.langevin.solver.NoiseSource;
import dev.langevin.solver.TorchNoise;

/** Whose normal numbers a generation takes. */
public enum NoiseChoice {
  /** Each sample's own: they do not depend on how many there are, nor on the batch. */
  ADDRESSED {
    @Override
    NoiseSource of(long seed) {
      return new AddressedNoise(Generate.address(seed));
    }
  },
  /** PyTorch's on the CPU, in the order of diffusers' pipelines: one stream for all samples, which are then one batch. */
  TORCH {
    @Override
    NoiseSource of(long seed) {
      return new TorchNoise(seed);
    }
  };

  abstract NoiseSource of(long seed);

  /** Who wants diffusers' numbers wants its errors too. */
  Compatibility compatibility() {
    return this == TORCH ? Compatibility.DIFFUSERS : Compatibility.CORRECTED;
  }
}
