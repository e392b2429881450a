package dev.langevin.theory;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is lost on the way from noise to data by a stochastic solver, in three parts that add up to a bound of KL(q_δ ‖ law of the samples at δ), q_δ the data with the noise of the last positive level δ:
 *
 * <pre>
 *   initialisation    KL(q_T ‖ start) = E KL(N(a x₀, b²I) ‖ start) - I(x₀; x_T)        the first part from the second moment alone
 *   discretisation    Σ {@link PathScheme#discretisation}                                        from the curve of least denoising errors
 *   score error       Σ {@link PathScheme#weight} · E‖D_θ - D‖²                                  from {@link ScoreError}
 * </pre>
 *
 * <p>The relative entropy of the paths is exactly the sum, by the chain rule and Girsanov's theorem (Chen, Chewi, Li, Li, Salim &amp; Zhang 2023, without constants left out); the law of the end is at most that far away,
 * and total variation follows ({@link Inequalities#totalVariation}). A solver that ends by denoising changes q_δ into another law on purpose: that one is within √mmse(δ) ≤ δ√d of the data in W2.
 *
 * @param scheme what the solver freezes
 * @param initialisation in KL
 * @param discretisation in KL
 * @param scoreError in KL
 * @param total their sum
 * @param totalVariation what follows from it
 * @param lastStep W2 between the denoised q_δ and the data; or zero if the grid ends at δ
 * @param lastLevel δ
 */
public record ErrorBudget(
    PathScheme scheme,
    Term initialisation,
    Term discretisation,
    Term scoreError,
    Term total,
    Term totalVariation,
    Term lastStep,
    double lastLevel) {

  /**
   * With the process' usual start: N(0, σ_T² I) around an unscaled signal for {@link PathScheme#FROZEN_DENOISER}, N(0, I) for {@link PathScheme#FROZEN_SCORE}. Exceptions and parameters as in the other.
   */
  public static ErrorBudget of(
      PathScheme scheme,
      TimeGrid grid,
      Noising noising,
      MmseCurve curve,
      double secondMoment,
      ScoreError error) {
    double first = grid.time(0);
    double scale = scheme.startingScale(noising.sigma(first)) * noising.signal(first);
    return of(scheme, grid, noising, scale, curve, secondMoment, error);
  }

  /**
   * Of a run over the grid. O(steps) evaluations of the curves.
   *
   * @param scheme what the solver freezes
   * @param grid on the clock of {@code noising}; two positive levels or more
   * @param noising the process that is run backwards
   * @param startingScale standard deviation of the normal law that the run starts from, as {@link dev.langevin.solver.Solver#startingScale} says
   * @param curve of the data
   * @param secondMoment E‖x₀‖², of all coordinates together and about the origin
   * @param error of the denoiser that is used
   */
  public static ErrorBudget of(
      PathScheme scheme,
      TimeGrid grid,
      Noising noising,
      double startingScale,
      MmseCurve curve,
      double secondMoment,
      ScoreError error) {
    double[] sigmas = positiveLevels(grid, noising);
    double start =
        InitialisationError.of(
                noising, grid.time(0), startingScale, secondMoment, curve.dimension())
            .kl();
    Path path = Path.along(scheme, sigmas, curve, error);
    Term initialisation = initialisation(start, curve, sigmas[0]);
    Term discretisation = discretisation(path, curve, sigmas.length - 1);
    Term score = score(path, error);
    Term total = total(initialisation, discretisation, score, path.together());
    double last = sigmas[sigmas.length - 1];
    boolean denoised = grid.time(grid.steps()) == 0;
    return new ErrorBudget(
        scheme,
        initialisation,
        discretisation,
        score,
        total,
        totalVariation(total, last),
        lastStep(denoised, last, curve, error),
        last);
  }

  static double[] positiveLevels(TimeGrid grid, Noising noising) {
    double[] sigmas =
        Arrays.stream(grid.times()).filter(time -> time > 0).map(noising::sigma).toArray();
    Check.atLeast("number of positive levels", sigmas.length, 2);
    return sigmas;
  }

  /** The sums over the steps; {@code together} bounds discretisation and score error at once where that is known to be better. */
  private record Path(Bracket discretisation, Bracket score, double together) {
    static Path along(PathScheme scheme, double[] sigmas, MmseCurve curve, ScoreError error) {
      Bracket frozen = Bracket.ZERO;
      Bracket wrong = Bracket.ZERO;
      double together = 0;
      for (int k = 0; k + 1 < sigmas.length; k++) {
        double from = sigmas[k];
        double to = sigmas[k + 1];
        Bracket here = error.at(from);
        double weight = scheme.weight(from, to);
        double cross = scheme.interaction(curve, from, to, here.high());
        frozen = frozen.plus(scheme.discretisation(curve, from, to));
        wrong = wrong.plus(here.times(weight)).plus(new Bracket(0, -cross, cross));
        together += weight * here.high();
      }
      boolean oneLoss = scheme == PathScheme.FROZEN_DENOISER && HeldOutLoss.shared(curve, error);
      return new Path(frozen, wrong, oneLoss ? together : Double.POSITIVE_INFINITY);
    }
  }

  static Term initialisation(double conditional, MmseCurve curve, double sigma) {
    Bracket known = curve.information(sigma);
    boolean exact = kind(curve) == Term.Kind.EXACT;
    Bracket amount =
        Bracket.around(
            Math.max(0, conditional - known.value()),
            Math.max(0, conditional - known.high()),
            exact ? Math.max(0, conditional - known.low()) : conditional);
    return new Term(
        "initialisation",
        Divergence.KL,
        amount,
        exact ? Term.Kind.EXACT : Term.Kind.BOUND,
        "the run starts from normal noise at σ = "
            + Wording.number(sigma)
            + " and not from the noised data; a larger first level makes it smaller");
  }

  private static Term discretisation(Path path, MmseCurve curve, int steps) {
    return new Term(
        "discretisation",
        Divergence.KL,
        path.discretisation,
        kind(curve),
        steps
            + " steps in which the denoiser's output does not change; from the least denoising errors by "
            + curve.source().label());
  }

  private static Term score(Path path, ScoreError error) {
    return new Term(
        "score error",
        Divergence.KL,
        path.score,
        error.kind(),
        "the denoiser that is used is not the data's own; more training makes it smaller, more steps do not");
  }

  private static Term total(Term start, Term steps, Term score, double together) {
    Bracket sum = start.amount().plus(steps.amount()).plus(score.amount()).notNegative();
    double high = Math.min(sum.high(), start.amount().high() + together);
    return new Term(
        "total",
        Divergence.KL,
        Bracket.around(sum.value(), sum.low(), high),
        start.kind().with(steps.kind()).with(score.kind()),
        "relative entropy of the paths, in nats; the sum of the three");
  }

  private static Term totalVariation(Term total, double last) {
    Bracket amount =
        new Bracket(
            Inequalities.totalVariation(total.amount().value()),
            0,
            Inequalities.totalVariation(total.amount().high()));
    return new Term(
        "total variation",
        Divergence.TV,
        amount,
        total.kind().with(Term.Kind.BOUND),
        "no event's probability is wrong by more, before the last denoising at σ = "
            + Wording.number(last));
  }

  static Term lastStep(boolean denoised, double last, MmseCurve curve, ScoreError error) {
    double d = curve.dimension();
    if (!denoised) {
      String ends =
          "the samples keep noise of σ = " + Wording.number(last) + ", W2 to the data at most σ√d";
      double moved = last * Math.sqrt(d);
      return new Term(
          "last step", Divergence.W2, new Bracket(moved, 0, moved), Term.Kind.BOUND, ends);
    }
    Bracket loss = curve.at(last).plus(error.at(last));
    double high = Math.sqrt(Math.min(loss.high(), last * last * d + error.at(last).high()));
    return new Term(
        "last step",
        Divergence.W2,
        Bracket.around(Math.sqrt(loss.value()), 0, high),
        kind(curve).with(error.kind()).with(Term.Kind.BOUND),
        "denoising the last level σ = "
            + Wording.number(last)
            + " gives a law within this of the data, in their units; never more than σ√d = "
            + Wording.number(last * Math.sqrt(d))
            + " with the exact denoiser");
  }

  static Term.Kind kind(MmseCurve curve) {
    return switch (curve.source()) {
      case CLOSED_FORM, QUADRATURE -> Term.Kind.EXACT;
      case MONTE_CARLO -> Term.Kind.ESTIMATE;
      case HELD_OUT_LOSS -> Term.Kind.BOUND;
    };
  }

  /** The three terms, their sum, what follows in total variation, and the last step. */
  public List<Term> terms() {
    return List.of(initialisation, discretisation, scoreError, total, totalVariation, lastStep);
  }

  /** The budget in words, one line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("error budget, relative entropy of data to samples in nats (" + scheme.words() + ")");
    terms().forEach(term -> lines.add(term.line()));
    lines.add("largest: " + largest().name());
    if (totalVariation.amount().high() > 0.99) {
      lines.add("says nothing in total variation: the bound is no less than 0.99");
    }
    return lines;
  }

  /** The term with the largest value. */
  public Term largest() {
    Term larger =
        discretisation.amount().value() >= initialisation.amount().value()
            ? discretisation
            : initialisation;
    return scoreError.amount().value() > larger.amount().value() ? scoreError : larger;
  }
}
