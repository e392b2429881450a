package dev.langevin.solver;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.GeometricExploding;
import dev.langevin.diffusion.NoiseSchedule;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.StraightPath;
import dev.langevin.diffusion.SubVariancePreserving;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.TimeRescaled;
import dev.langevin.diffusion.VarianceExploding;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is claimed of a solver on normal data.
 *
 * @param solver the solver
 * @param law its output's law in closed form, with room for a planted error
 * @param limit the law of the process that it discretises
 * @param order how fast the first tends to the second
 */
record Claim(
    Solver solver,
    BiFunction<TimeGrid, Planted, AffineLaw> law,
    Function<TimeGrid, AffineLaw> limit,
    double order) {
  @Override
  public String toString() {
    return solver.toString();
  }

  AffineLaw closed(TimeGrid grid) {
    return law.apply(grid, Planted.nothing());
  }

  /** Every kind of noising there is. */
  static List<Noising> noisings() {
    NoiseSchedule scaled = new NoiseSchedule.ScaledLinear(0.85, 12);
    return List.of(
        new OrnsteinUhlenbeck(),
        new VarianceExploding(),
        TimeRescaled.linear(),
        TimeRescaled.cosine(),
        new TimeRescaled(scaled),
        new TimeRescaled(new NoiseSchedule.SigmoidBeta(0.1, 20)),
        new TimeRescaled(new NoiseSchedule.Sigmoid(-3, 3, 1)),
        new TimeRescaled(new NoiseSchedule.ZeroTerminalSnr(scaled, 1)),
        SubVariancePreserving.linear(),
        new GeometricExploding(1e-9, 100),
        DiscreteSchedule.linear(),
        new StraightPath());
  }

  static List<Claim> all() {
    return Stream.concat(named().stream(), noisings().stream().map(Claim::maruyama)).toList();
  }

  private static List<Claim> named() {
    return List.of(
        new Claim(new Heun(), NormalCase::heun, NormalCase::exactOde, 2),
        new Claim(new Euler(), NormalCase::euler, NormalCase::exactOde, 1),
        new Claim(new ExponentialIntegrator(), NormalCase::exponential, NormalCase::exactSde, 1),
        flow(new Ddim(), LiteratureCase.ddim(0), 1),
        flow(new DpmSolverPlusPlus(1), LiteratureCase.dpm(1, false, false, 0, false), 1),
        flow(new DpmSolverPlusPlus(2), LiteratureCase.dpm(2, false, false, 0, false), 2),
        flow(new DpmSolverPlusPlus(3), LiteratureCase.dpm(3, false, false, 0, false), 3),
        flow(
            DpmSolverPlusPlus.diffusers(2, DpmSolverPlusPlus.Rule.HEUN),
            LiteratureCase.dpm(2, true, true, 15, false),
            2),
        flow(
            DpmSolverPlusPlus.diffusers(3, DpmSolverPlusPlus.Rule.MIDPOINT),
            LiteratureCase.dpm(3, false, true, 15, false),
            2),
        flow(new UniPc(1), LiteratureCase.unipc(1, false, 0), 2),
        flow(new UniPc(2), LiteratureCase.unipc(2, false, 0), 3),
        flow(new UniPc(3), LiteratureCase.unipc(3, false, 0), 4),
        flow(new UniPc(2, UniPc.Scale.BH1, 0), LiteratureCase.unipc(2, true, 0), 3),
        flow(
            UniPc.diffusers(3, UniPc.Scale.BH1),
            LiteratureCase.unipc(3, true, Integer.MAX_VALUE),
            2),
        flow(new AdamsBashforth(1), LiteratureCase.adamsBashforth(1), 1),
        flow(new AdamsBashforth(2), LiteratureCase.adamsBashforth(2), 2),
        flow(new AdamsBashforth(), LiteratureCase.adamsBashforth(3), 3),
        flow(new AdamsBashforth(4), LiteratureCase.adamsBashforth(4), 4),
        flow(new Plms(1), LiteratureCase.plms(1), 1),
        flow(new Plms(2), LiteratureCase.plms(2), 2),
        flow(new Plms(3), LiteratureCase.plms(3), 2),
        flow(new Plms(), LiteratureCase.plms(4), 2),
        diffusion(new Ddim(1), LiteratureCase.ddim(1), 2, 1),
        diffusion(new Ddim(0.6), LiteratureCase.ddim(0.6), 1.36, 1),
        diffusion(new Ddpm(), LiteratureCase.ddpm(false), 2, 1),
        diffusion(new Ddpm(Ddpm.Variance.LARGE), LiteratureCase.ddpm(true), 2, 1),
        diffusion(new EulerAncestral(), LiteratureCase.eulerAncestral(), 2, 1),
        diffusion(new SdeDpmSolverPlusPlus(1), LiteratureCase.dpm(1, false, false, 0, true), 2, 1),
        diffusion(new SdeDpmSolverPlusPlus(2), LiteratureCase.dpm(2, false, false, 0, true), 2, 2),
        diffusion(
            SdeDpmSolverPlusPlus.diffusers(2, DpmSolverPlusPlus.Rule.HEUN),
            LiteratureCase.dpm(2, true, false, 15, true),
            2,
            2),
        edm(new EdmStochastic()),
        edm(new EdmStochastic(15, 0.3, 8, 1.01)),
        new Claim(
            uncorrected(),
            (grid, c) -> PairCase.law(uncorrected(), grid, c),
            NormalCase::exactSde,
            1),
        corrected(new PredictorCorrector()),
        corrected(
            new PredictorCorrector(
                new VarianceExploding(), 3, 0.3, PredictorCorrector.Norms.EXPECTED)),
        annealed(new AnnealedLangevin()),
        annealed(new AnnealedLangevin(1, 0.8, true)),
        annealed(new AnnealedLangevin(3, 1.7, false)));
  }

  static Claim maruyama(Noising noising) {
    return new Claim(
        new EulerMaruyama(noising),
        (grid, c) -> NormalCase.eulerMaruyama(noising, grid, c),
        grid -> NormalCase.exactReverse(noising, grid),
        1);
  }

  /** Whether the order shows on long grids only. */
  boolean slow() {
    return solver.equals(new PredictorCorrector())
        || (solver instanceof EulerMaruyama plain && plain.noising() instanceof GeometricExploding);
  }

  /** A solver of the probability-flow ODE. */
  private static Claim flow(Solver solver, LiteratureCase.Recursion recursion, double order) {
    return new Claim(solver, closed(recursion), NormalCase::exactOde, order);
  }

  /** A solver of dx = κ (D - x) dλ + √(2(κ - 1)) σ dB, with its weak order. */
  private static Claim diffusion(
      Solver solver, LiteratureCase.Recursion recursion, double rate, double order) {
    return new Claim(
        solver, closed(recursion), grid -> NormalCase.exactSigmaSde(grid, rate), order);
  }

  private static Claim edm(EdmStochastic solver) {
    double churn = solver.churn();
    double low = solver.minimum();
    double high = solver.maximum();
    double noise = solver.inflation();
    return new Claim(
        solver,
        closed(LiteratureCase.edm(churn, low, high, noise)),
        grid ->
            LiteratureCase.law(
                grid, LiteratureCase.edmLimit(churn, low, high, noise), Planted.nothing()),
        2);
  }

  private static BiFunction<TimeGrid, Planted, AffineLaw> closed(
      LiteratureCase.Recursion recursion) {
    return (grid, planted) -> LiteratureCase.law(grid, recursion, planted);
  }

  private static PredictorCorrector uncorrected() {
    return new PredictorCorrector(
        new OrnsteinUhlenbeck(), 0, 0.2, PredictorCorrector.Norms.EXPECTED);
  }

  /** A correction is an annealed Langevin step with relative step 4r². */
  private static Claim corrected(PredictorCorrector solver) {
    double relative = 4 * solver.snr() * solver.snr();
    return new Claim(
        solver,
        (grid, planted) -> PairCase.law(solver, grid, planted),
        grid -> NormalCase.annealedLimit(grid, relative),
        1);
  }

  private static Claim annealed(AnnealedLangevin solver) {
    double r = solver.relativeStep();
    return new Claim(
        solver,
        (grid, c) -> NormalCase.annealed(grid, solver.repeats(), r, solver.denoised(), c),
        grid -> NormalCase.annealedLimit(grid, r),
        1);
  }
}
