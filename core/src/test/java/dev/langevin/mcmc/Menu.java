package dev.langevin.mcmc;

import dev.langevin.adapt.LearnedIndependence;
import dev.langevin.density.Density;
import dev.langevin.density.target.StudentT;
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

    /** How many normal numbers a step draws, in two dimensions, where that is fixed. */
    int normals() {
      if (sampler instanceof LearnedIndependence learned) {
        return 2 + learned.degreesOfFreedom();
      }
      if (sampler instanceof IndependenceMetropolis) {
        return 2 + STUDENT.degreesOfFreedom();
      }
      return sampler instanceof Underdamped u && u.scheme() == Scheme.OBABO ? 4 : 2;
    }

    /** Whether a step can stay where it is on a density that is positive everywhere. */
    boolean rejects() {
      return !(sampler instanceof Slice
          || sampler instanceof Gibbs
          || sampler instanceof CoordinateGibbs
          || sampler instanceof Nuts);
    }

    /** Evaluations of a step whose first proposals all fail: one, but one for each block, and one for the gradient of MALA within. */
    int leastEvaluations() {
      if (sampler instanceof CoordinateGibbs) {
        return 2;
      }
      return sampler instanceof Gibbs ? 3 : 1;
    }

    @Override
    public String toString() {
      return sampler.toString();
    }
  }

  private static final StudentT STUDENT =
      StudentT.of(5, new double[] {0.2, 1.1}, new double[][] {{3, 0.4}, {0.4, 5}});

  /** A random walk within on one coordinate, MALA within on the other. */
  private static final Gibbs BLOCKS =
      new Gibbs(
          List.of(
              GibbsBlock.within(new RandomWalkMetropolis(2.5), 1),
              GibbsBlock.within(new Mala(0.8), 0)),
          Scan.SYSTEMATIC);

  static List<Entry> all() {
    return List.of(
        new Entry(new RandomWalkMetropolis(1.3), true, false),
        new Entry(new MetropolisHastings(new ShrinkingProposal(0.8, 1.1)), true, false),
        new Entry(new IndependenceMetropolis(STUDENT), true, false),
        new Entry(new LearnedIndependence(4), true, false),
        new Entry(new Slice(1.7, Slice.Growth.STEPPING_OUT, 4), true, false, false),
        new Entry(new Slice(0.4, Slice.Growth.DOUBLING, 5), true, false, false),
        new Entry(new CoordinateGibbs(new RandomWalkMetropolis(2.1), Scan.SYSTEMATIC), true, false),
        new Entry(
            new CoordinateGibbs(new Slice(1.2, Slice.Growth.STEPPING_OUT, 9), Scan.RANDOM),
            true,
            false,
            false),
        new Entry(BLOCKS, true, false),
        new Entry(new Ula(0.9), false, true),
        new Entry(new Mala(0.6), true, true),
        new Entry(new Barker(1.6), true, true),
        new Entry(new Underdamped(0.8, 0.7, Scheme.BAOAB), false, true),
        new Entry(new Underdamped(0.6, 1.4, Scheme.OBABO), false, true),
        new Entry(new Underdamped(1.1, 0.7, Scheme.BAOAB, true, true), true, true),
        new Entry(new Underdamped(0.9, 1.4, Scheme.OBABO, true, true), true, true),
        new Entry(new Hmc(0.7, 3), true, true),
        new Entry(new Nuts(0.6, 4), true, true, false),
        new Entry(new Hmc(0.5, new Trajectory.Length(1.8, 6), 0.9), true, true),
        new Entry(new Mclmc(0.5, 0.7), false, true),
        new Entry(new Mclmc(0.9, 1.3, Splitting.MINIMAL_NORM, true), false, true),
        new Entry(new Mams(0.7, new Trajectory.Steps(3), 0.6, Splitting.LEAPFROG), true, true),
        new Entry(
            new Mams(1.7, new Trajectory.Length(1.6, 4), 0.9, Splitting.MINIMAL_NORM), true, true));
  }

  static List<Entry> tunable() {
    return all().stream().filter(Entry::isTunable).toList();
  }

  static List<Entry> exact() {
    return all().stream().filter(Entry::exact).toList();
  }

  private Menu() {}
}
