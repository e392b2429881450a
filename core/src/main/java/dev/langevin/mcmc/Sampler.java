package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.List;

/**
 * A recipe for a Markov kernel: an immutable record of its parameters, printable, comparable, storable. The menu of this package is closed; recipes
 * that are put together elsewhere implement {@link Composite}, users' own mechanisms {@link Kernel}.
 */
public sealed interface Sampler
    permits RandomWalkMetropolis, Slice, CoordinateGibbs, Ula, Mala, Hmc, Sampler.Composite {
  /** A recipe of another package, which may know more than this one: many replicas, a noising process, a user's own. */
  non-sealed interface Composite extends Sampler {}

  /** Short name for flags and files: {@code hmc}. */
  String name();

  /** The step size, in this sampler's convention: where a warm-up that tunes begins to search, else in use as it is. NaN where there is none. */
  default double stepSize() {
    return Double.NaN;
  }

  /** The mean acceptance that a warm-up steers to unless told otherwise; NaN where it steers to none. */
  default double targetAcceptance() {
    return Double.NaN;
  }

  /** What this sampler records of each draw. */
  List<Statistic> statistics();

  /** A worker, with the identity metric if it has one. */
  Kernel on(Density density);

  /** Whether a warm-up tunes; if not, it only lets the chain forget its start. */
  default boolean tuned() {
    return true;
  }

  /** The recipe that runs during warm-up in this one's place: itself, unless it could not be tuned while running. */
  default Sampler warmup() {
    return this;
  }
}
