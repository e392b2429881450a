package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.List;

/**
 * A recipe for a Markov kernel: an immutable record of its parameters, printable, comparable, storable. The menu is closed; users'
 * own mechanisms implement {@link Kernel}.
 */
public sealed interface Sampler permits RandomWalkMetropolis, Ula, Mala, Hmc {
  /** Short name for flags and files: {@code hmc}. */
  String name();

  /** The step size, in this sampler's convention: where a warm-up that tunes begins to search, else in use as it is. */
  double stepSize();

  /** The mean acceptance that a warm-up steers to unless told otherwise. */
  double targetAcceptance();

  /** What this sampler records of each draw. */
  List<Statistic> statistics();

  /** A worker with the identity metric. */
  TunableKernel on(Density density);

  /** Whether a warm-up tunes step size and metric; if not, it only lets the chain forget its start. */
  default boolean tuned() {
    return true;
  }

  /** The recipe that runs during warm-up in this one's place: itself, unless it could not be tuned while running. */
  default Sampler warmup() {
    return this;
  }
}
