package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.mcmc.Underdamped.Scheme;
import java.util.List;

/** Every sampler of the menu with parameters away from its defaults. <b>A new sampler enrols here, with one line.</b> */
final class Menu {
  /**
   * One entry.
   *
   * @param sampler the recipe
   * @param exact whether it leaves the target invariant exactly
   * @param usesGradient whether its states carry a gradient
   * @param fixedDraws whether every step draws as many random numbers
   */
  record Entry(Sampler sampler, boolean exact, boolean usesGradient, boolean fixedDraws) {
    Entry(Sampler sampler, boolean exact, boolean usesGradient) {
      this(sampler, exact, usesGradient, true);
    }

    /** A worker, with step size and metric to turn. */
    TunableKernel tunable(Density density) {
      return (TunableKernel) sampler.on(density);
    }

    /** Whether its worker has a step size and a metric. */
    boolean isTunable() {
      return sampler.on(new BentLogistic()) instanceof TunableKernel;
    }

    @Override
    public String toString() {
      return sampler.toString();
    }
  }

  static List<Entry> all() {
    return List.of(
        new Entry(new RandomWalkMetropolis(1.3), true, false),
        new Entry(new Ula(0.9), false, true),
        new Entry(new Mala(0.6), true, true),
        new Entry(new Barker(1.6), true, true),
        new Entry(new Underdamped(0.8, 0.7, Scheme.BAOAB), false, true),
        new Entry(new Underdamped(0.6, 1.4, Scheme.OBABO), false, true),
        new Entry(new Underdamped(1.1, 0.7, Scheme.BAOAB, true, true), true, true),
        new Entry(new Underdamped(0.9, 1.4, Scheme.OBABO, true, true), true, true),
        new Entry(new Hmc(0.7, 3), true, true),
        new Entry(new Nuts(0.6, 4), true, true, false),
        new Entry(new Hmc(0.5, new Trajectory.Length(1.8, 6), 0.9), true, true));
  }

  static List<Entry> tunable() {
    return all().stream().filter(Entry::isTunable).toList();
  }

  static List<Entry> exact() {
    return all().stream().filter(Entry::exact).toList();
  }

  private Menu() {}
}
