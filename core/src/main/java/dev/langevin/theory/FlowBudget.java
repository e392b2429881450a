package dev.langevin.theory;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import dev.langevin.solver.Generation;
import dev.langevin.solver.StepListener;
import java.util.List;

/**
 * What can be said of a deterministic solver, to whose paths Girsanov's theorem does not apply. The initialisation is bounded as for all others: the exact flow carries the two starts along and their divergence cannot grow. The
 * discretisation is estimated by step doubling: with the same starts, runs on a grid and on one whose intervals are halved differ by a root mean square r, which is a coupling, so that W2 between the laws of the two runs is at most r (up to chance); with
 * an error of order p the coarser run's own distance from the flow's law is near r 2<sup>p</sup>/(2<sup>p</sup> - 1) (Richardson 1911). Of the score error nothing is known without a Lipschitz constant of the denoiser.
 *
 * @param initialisation in KL
 * @param discretisation in W2, an estimate
 * @param scoreError unknown
 */
public record FlowBudget(Term initialisation, Term discretisation, Term scoreError) {
  /**
   * Of a run. Three runs' worth of work on so many rows.
   *
   * @param run of a deterministic solver
   * @param order p of the solver, at least 1
   * @param denoiser the one that is used
   * @param curve of the data
   * @param secondMoment E‖x₀‖², of all coordinates together and about the origin
   * @param rows how many starts, at least 2
   * @param seed address of the starts
   */
  public static FlowBudget of(
      Generation run,
      int order,
      Denoiser denoiser,
      MmseCurve curve,
      double secondMoment,
      int rows,
      Seed seed) {
    if (run.solver().stochastic()) {
      throw new IllegalArgumentException(
          "solver must be deterministic, got " + run.solver().name());
    }
    double time = run.grid().time(0);
    double conditional =
        InitialisationError.of(
                run.solver().noising(),
                time,
                run.solver().startingScale(time),
                secondMoment,
                curve.dimension())
            .kl();
    return new FlowBudget(
        ErrorBudget.initialisation(conditional, curve, run.sigmaMax()),
        doubling(run, Check.atLeast("order", order, 1), denoiser, rows, seed),
        Term.unknown(
            "score error",
            Divergence.W2,
            "a deterministic path has no noise in which an error could be lost"));
  }

  private static Term doubling(Generation run, int order, Denoiser denoiser, int rows, Seed seed) {
    Check.atLeast("rows", rows, 2);
    Generation finer =
        new Generation(
            run.solver(), run.spacing(), 2 * run.steps() - 1, run.sigmaMin(), run.sigmaMax());
    double[] coarse = run.sample(denoiser, rows, rows, seed, StepListener.NONE);
    double[] fine = finer.sample(denoiser, rows, rows, seed, StepListener.NONE);
    int d = denoiser.dimension();
    RunningMean mean = new RunningMean();
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = r * d; i < (r + 1) * d; i++) {
        sum += (coarse[i] - fine[i]) * (coarse[i] - fine[i]);
      }
      mean.add(sum);
    }
    double power = StrictMath.pow(2, order);
    double factor = power / (power - 1);
    Bracket squares = mean.bracket();
    return new Term(
        "discretisation",
        Divergence.W2,
        new Bracket(factor * Math.sqrt(squares.value()), 0, factor * Math.sqrt(squares.high())),
        Term.Kind.ESTIMATE,
        run.steps()
            + " steps, in the data's units; from halved steps and the solver's order "
            + order);
  }

  /** The three terms. */
  public List<Term> terms() {
    return List.of(initialisation, discretisation, scoreError);
  }

  /** The budget in words, one line each. */
  public List<String> lines() {
    return List.of(
        "error budget of a deterministic solver; no total variation follows from it",
        initialisation.line(),
        discretisation.line(),
        scoreError.line());
  }
}
