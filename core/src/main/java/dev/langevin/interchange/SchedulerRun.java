package dev.langevin.interchange;

import dev.langevin.diffusion.ClippedDenoiser;
import dev.langevin.diffusion.Clipping;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.objective.Preconditioning;
import dev.langevin.solver.Generation;
import java.util.List;
import java.util.Optional;

/**
 * What a scheduler does, in the terms of this library.
 *
 * @param generation solver and levels
 * @param call how the network is asked: what its input is multiplied by, what it is told, and what its output means
 * @param clipping what is done to the network's posterior means before the solver sees them
 * @param notes where it differs from what diffusers would do, or does on purpose what is not right; a sentence each
 */
public record SchedulerRun(
    Generation generation, Preconditioning call, Optional<Clipping> clipping, List<String> notes) {
  public SchedulerRun {
    notes = List.copyOf(notes);
  }

  /** The denoiser that the solver is to be run on. It owns a scratch array, which grows with the number of rows. */
  public Denoiser denoiser(TimestepNetwork network) {
    return clipped(new CalledNetwork(network, call));
  }

  /** The network's denoiser, made with {@link #call}, with what is clipped. */
  public Denoiser clipped(Denoiser plain) {
    return clipping.<Denoiser>map(by -> new ClippedDenoiser(plain, by)).orElse(plain);
  }
}
