package dev.langevin.theory;

import dev.langevin.diffusion.TimeGrid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the error of a run of a reverse process is made of, in relative entropy KL(q_δ‖output) in nats, q_δ the law of x₀ + δz at the last positive level δ: the start,
 * the steps, and the denoiser's own error (Chen, Chewi, Li, Li, Salim &amp; Zhang 2023, theorem 1; here with the constants of the run and no inequality but those
 * that are named).
 *
 * <p>It bounds because relative entropy never grows on the way: KL of the outputs is at most KL of the paths, and that is the sum of the start's and of the steps' (chain rule). The step
 * to level 0, which returns the posterior mean, is not in it: it moves the law by at most δ√d in W2.
 *
 * @param scheme what is frozen in a step
 * @param steps N, the last step to 0 counted
 * @param sigmaMin δ
 * @param sigmaMax the first level
 * @param dimension d
 * @param initialisation the start
 * @param discretisation the steps
 * @param score the denoiser
 */
public record ErrorBudget(
    FrozenScheme scheme,
    int steps,
    double sigmaMin,
    double sigmaMax,
    int dimension,
    Term initialisation,
    Term discretisation,
    Term score) {
  /** Standard errors that are added to a number that was found by sampling before it is called a bound; exceeded with probability 2e-4 where the mean is normal. */
  private static final double ERRORS = 3.5;

  /** How far a term may be trusted. */
  public enum Trust {
    /** The number itself. */
    EXACT("exactly"),
    /** Certainly not less than the truth. */
    BOUND("at most"),
    /** By sampling: the bound is 3.5 standard errors above. */
    SAMPLED("about"),
    /** Neither bound nor truth, but the best that can be said. */
    ESTIMATE("estimated at");

    private final String words;

    Trust(String words) {
      this.words = words;
    }
  }

  /**
   * One term.
   *
   * @param kl nats
   * @param standardError of kl
   * @param trust what it is
   * @param reason a sentence
   */
  public record Term(double kl, double standardError, Trust trust, String reason) {
    /** What the bound is made with. */
    public double high() {
      return kl + ERRORS * standardError;
    }

    String words() {
      String error = standardError > 0 ? " ± " + Wording.number(standardError) : "";
      return trust.words + " " + Wording.number(kl) + error + " nats: " + reason;
    }
  }

  /**
   * Of a run with the exact denoiser, or with one whose distance from it is known.
   *
   * @param sigmas the grid, on the σ clock
   * @param gap E‖D_θ - D‖² by level; empty for the exact denoiser
   */
  public static ErrorBudget of(
      FrozenScheme scheme, TimeGrid sigmas, NoisedStatistics data, Optional<LevelCurve> gap) {
    double[] levels = FrozenScheme.levels(sigmas);
    LevelMean steps = scheme.discretisation(data, levels);
    Trust trust =
        switch (data.origin()) {
          case EXACT -> Trust.EXACT;
          case SAMPLED -> Trust.SAMPLED;
          case LOSS -> Trust.ESTIMATE;
        };
    String how =
        data.origin() == NoisedStatistics.Kind.LOSS
            ? "the steps, with the network's held-out loss in the place of the smallest possible one"
            : "the steps, by Girsanov's theorem from how well the data can be denoised at each level";
    return new ErrorBudget(
        scheme,
        sigmas.steps(),
        levels[levels.length - 1],
        levels[0],
        data.dimension(),
        start(scheme, data, levels[0]),
        new Term(Math.max(0, steps.value()), steps.standardError(), trust, how),
        gap.map(curve -> planted(scheme, curve, levels)).orElseGet(ErrorBudget::none));
  }

  /**
   * Of a run with a network of which only held-out losses are known: the score's term is a bound by the loss itself, of which the network's own error is the part above
   * the smallest possible loss, which nobody knows.
   *
   * @param loss E‖D_θ - x₀‖² by level
   */
  public static ErrorBudget ofNetwork(
      FrozenScheme scheme, TimeGrid sigmas, NoisedStatistics data, LevelCurve loss) {
    ErrorBudget budget = of(scheme, sigmas, data, Optional.of(loss));
    LevelMean bound = scheme.scoreError(loss, FrozenScheme.levels(sigmas));
    Term score =
        new Term(
            bound.value(),
            bound.standardError(),
            Trust.BOUND,
            "the network, by its whole held-out denoising loss; its own error is the part of that loss which a perfect denoiser would not have, and how large that is cannot be known from data");
    return budget.withScore(score);
  }

  private ErrorBudget withScore(Term other) {
    return new ErrorBudget(
        scheme, steps, sigmaMin, sigmaMax, dimension, initialisation, discretisation, other);
  }

  private static Term start(FrozenScheme scheme, NoisedStatistics data, double sigma) {
    return new Term(
        scheme.initialisation(data, sigma).kl(),
        0,
        Trust.BOUND,
        "the start from normal noise in place of noised data, from E‖x₀‖² = "
            + Wording.number(data.secondMoment())
            + " alone");
  }

  private static Term planted(FrozenScheme scheme, LevelCurve gap, double[] levels) {
    LevelMean score = scheme.scoreError(gap, levels);
    Trust trust = gap.rows() > 1 ? Trust.SAMPLED : Trust.EXACT;
    return new Term(
        score.value(), score.standardError(), trust, "the denoiser's distance from the exact one");
  }

  private static Term none() {
    return new Term(0, 0, Trust.EXACT, "the denoiser is exact");
  }

  /** A bound of KL(q_δ‖output) in nats, as good as its least trusted term. */
  public double kl() {
    return initialisation.high() + scheme.together(discretisation.high(), score.high());
  }

  /** The same without the score's term: what is left when the denoiser is perfect. */
  public double klOfPerfectDenoiser() {
    return initialisation.high() + discretisation.high();
  }

  /** A bound of the total variation distance between q_δ and the output; {@link Inequalities#totalVariation}. */
  public double totalVariation() {
    return Inequalities.totalVariation(kl());
  }

  /** By how much the last step moves the law at most, in W2. */
  public double lastStep() {
    return sigmaMin * Math.sqrt(dimension);
  }

  /** The worst trust among the terms. */
  public Trust trust() {
    Trust worst = Trust.EXACT;
    for (Term term : List.of(initialisation, discretisation, score)) {
      worst = term.trust.ordinal() > worst.ordinal() ? term.trust : worst;
    }
    return worst;
  }

  /** The account in words, one line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("initialisation  " + initialisation.words());
    lines.add("discretisation  " + discretisation.words());
    lines.add("score           " + score.words());
    lines.add(verdict());
    lines.add(
        "This is about the data with noise of level σ = "
            + Wording.number(sigmaMin)
            + " left on them; the last step takes it off, which moves the law by at most "
            + Wording.number(lastStep())
            + " in W2.");
    return lines;
  }

  private String verdict() {
    String sum = "Together KL ≤ " + Wording.number(kl()) + " nats";
    String meaning = "no event's probability is wrong by more than ";
    double tv = totalVariation();
    if (tv < 0.999) {
      String how = trust() == Trust.ESTIMATE ? ", as far as the estimates are right" : "";
      return sum + ": " + meaning + Wording.number(tv) + " (total variation)" + how + ".";
    }
    double perfect = Inequalities.totalVariation(klOfPerfectDenoiser());
    return sum
        + ", which promises nothing"
        + (perfect < 0.999
            ? "; were the denoiser perfect, " + meaning + Wording.number(perfect) + "."
            : ".");
  }

  /** As a JSON object. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("frozen", scheme.name());
    map.put("initialisation", map(initialisation));
    map.put("discretisation", map(discretisation));
    map.put("score", map(score));
    map.put("kl", kl());
    map.put("total_variation", totalVariation());
    map.put("last_step_w2", lastStep());
    return map;
  }

  private static Map<String, Object> map(Term term) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kl", term.kl);
    map.put("standard_error", term.standardError);
    map.put("trust", term.trust.name());
    map.put("reason", term.reason);
    return map;
  }
}
