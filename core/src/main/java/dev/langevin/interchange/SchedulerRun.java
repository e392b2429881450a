package dev.langevin.interchange;

import dev.langevin.diffusion.ClippedDenoiser;
import dev.langevin.diffusion.Clipping;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.solver.Generation;
import java.util.List;
import java.util.Optional;

/**
 * What a scheduler does, in the terms of this library.
 *
 * @param generation solver and levels
 * @param call how the network is asked
 * @param clipping what is done to the network's posterior means before the solver sees them
 * @param notes where it differs from what diffusers would do, or does on purpose what is not right; a sentence each
 */
public record SchedulerRun(
    Generation generation, NetworkCall call, Optional<Clipping> clipping, List<String> notes) {
  public SchedulerRun {
    notes = List.copyOf(notes);
  }

  /** The denoiser that the solver is to be run on. */
  public Denoiser denoiser(TimestepNetwork network) {
    Denoiser plain = call.denoiser(network);
    return clipping.<Denoiser>map(by -> new ClippedDenoiser(plain, by)).orElse(plain);
  }
}
