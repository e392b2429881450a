package dev.langevin.diagnostics;

import dev.langevin.math.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the figures of a run as an experienced person would, and says in plain language what is wrong and what to do. The thresholds
 * are those of Vehtari et al. (2021) and of Stan.
 *
 * <p>One finding for each kind of trouble, naming the worst quantities, not one for each quantity. Worst first; within a severity
 * in the order of {@link #judge}'s checks. The same input gives the same findings.
 */
public final class Findings {
  /** Effective draws that each chain should bring, in the bulk and in the tails. */
  public static final int FEWEST_EFFECTIVE = 100;

  private static final int ENOUGH_CHAINS = 4;
  private static final int ENOUGH_DRAWS = 100;
  private static final int NAMED = 3;
  private static final double FAR = 1.1; // the older threshold of Gelman & Rubin (1992)

  private final List<QuantitySummary> summaries;
  private final int chains;
  private final int draws;
  private final List<Finding> found = new ArrayList<>();

  private Findings(List<QuantitySummary> summaries, int chains, int draws) {
    this.summaries = summaries;
    this.chains = chains;
    this.draws = draws;
  }

  /**
   * Judges a run from its summaries and the sampler's statistics alone; as the longer form without values.
   *
   * @param summaries one per quantity, at least one
   * @param chains number of chains
   * @param draws draws of each chain after warm-up
   * @param divergent {@code [chain][draw]}, not zero where a trajectory diverged; no chains if the sampler does not say
   * @param energy {@code [chain][draw]}, the Hamiltonian; no chains if the sampler has none
   */
  public static List<Finding> judge(
      List<QuantitySummary> summaries,
      int chains,
      int draws,
      double[][] divergent,
      double[][] energy) {
    return judge(summaries, chains, draws, divergent, energy, new double[0][][]);
  }

  /**
   * Judges a run: values that are not finite, too few chains or draws, chains that are stuck, divergences, R-hat, effective sample
   * size, E-BFMI, quantities that cannot be judged. Never empty: when there is nothing to warn of, the last finding is {@link
   * Severity#GOOD} and says so.
   *
   * @param summaries one per quantity, at least one
   * @param chains number of chains
   * @param draws draws of each chain after warm-up
   * @param divergent {@code [chain][draw]}, not zero where a trajectory diverged; no chains if the sampler does not say
   * @param energy {@code [chain][draw]}, the Hamiltonian; no chains if the sampler has none
   * @param values {@code [chain][quantity][draw]}, to see chains that stand still; no chains to leave that out
   */
  public static List<Finding> judge(
      List<QuantitySummary> summaries,
      int chains,
      int draws,
      double[][] divergent,
      double[][] energy,
      double[][][] values) {
    Check.atLeast("summaries", summaries.size(), 1);
    Check.atLeast("chains", chains, 1);
    requireChains("divergent", divergent.length, chains);
    requireChains("energy", energy.length, chains);
    requireChains("values", values.length, chains);
    Findings findings = new Findings(List.copyOf(summaries), chains, draws);
    findings.checkFinite();
    findings.checkAmount();
    findings.checkStuck(values);
    findings.checkDivergences(divergent);
    findings.checkRHat();
    findings.checkEffective("bulk", QuantitySummary::essBulk);
    findings.checkEffective("tail", QuantitySummary::essTail);
    findings.checkEnergy(energy);
    findings.checkUnknown();
    return findings.concluded();
  }

  private static void requireChains(String name, int length, int chains) {
    if (length != 0 && length != chains) {
      throw new IllegalArgumentException(
          name + " must have " + chains + " chains or none, got " + length);
    }
  }

  private void checkFinite() {
    List<QuantitySummary> broken = those(q -> Double.isNaN(q.mean()));
    if (!broken.isEmpty()) {
      add(
          Severity.SERIOUS,
          "Some draws of " + names(broken, QuantitySummary::name) + " are not finite numbers.",
          "Nothing can be said about a quantity that is infinite or undefined somewhere.",
          "Check the model for overflow, division by zero and logarithms of zero, and how the quantity is computed from the"
              + " parameters.");
    }
  }

  private void checkAmount() {
    if (draws < 4) {
      add(
          Severity.SERIOUS,
          text("There are only %d draws per chain.", draws),
          "Fewer than four cannot be judged at all.",
          "Draw at least 1000 from each chain.");
    } else if (draws < ENOUGH_DRAWS) {
      add(
          Severity.WARNING,
          text("There are only %d draws per chain.", draws),
          "The diagnostics themselves are unreliable with so few.",
          "Draw at least 1000 from each chain.");
    }
    if (chains == 1) {
      add(
          Severity.WARNING,
          "There is only one chain.",
          "A chain that has missed a part of the distribution looks healthy by itself: only chains from different starts can"
              + " disagree.",
          "Run four chains or more.");
    } else if (chains < ENOUGH_CHAINS) {
      add(
          Severity.NOTE,
          text("There are only %d chains.", chains),
          "Disagreement between chains is seen less surely with fewer than four.",
          "Run four chains or more.");
    }
  }

  private void checkStuck(double[][][] values) {
    List<Integer> never = new ArrayList<>();
    for (int c = 0; c < values.length && draws > 1; c++) {
      int still = longestStandstill(values[c], draws);
      if (still == draws) {
        never.add(c + 1);
      } else if (still >= Math.max(50, draws / 10)) {
        add(
            Severity.WARNING,
            text("Chain %d stood still for %d of its %d draws in a row.", c + 1, still, draws),
            "It sat where every proposal was refused, and that place counts too much in the results.",
            "Use a smaller step size or a higher target acceptance; look there for a sharp peak or a place where the gradient is"
                + " wrong.");
      }
    }
    if (!never.isEmpty()) {
      add(
          Severity.SERIOUS,
          (never.size() == 1 ? "Chain " + never.get(0) : "Chains " + join(never)) + " never moved.",
          "A chain that stays where it started tells nothing about the distribution.",
          "Use a smaller step size and check with the gradient check that the gradient is right; try other starting points.");
    }
  }

  /** The most draws in a row at which all quantities have the same values. */
  private static int longestStandstill(double[][] quantities, int draws) {
    int longest = 1;
    int current = 1;
    for (int n = 1; n < draws; n++) {
      current = moved(quantities, n) ? 1 : current + 1;
      longest = Math.max(longest, current);
    }
    return longest;
  }

  private static boolean moved(double[][] quantities, int n) {
    for (double[] series : quantities) {
      if (series[n] != series[n - 1]) {
        return true;
      }
    }
    return false;
  }

  private void checkDivergences(double[][] divergent) {
    int count = 0;
    for (double[] chain : divergent) {
      for (double flag : chain) {
        count += flag == 0 ? 0 : 1;
      }
    }
    if (count == 0) {
      return;
    }
    double share = (double) count / ((long) chains * draws);
    add(
        share >= 0.01 ? Severity.SERIOUS : Severity.WARNING,
        text("%d of %d trajectories diverged (%s).", count, (long) chains * draws, percent(share)),
        "The sampler could not follow the density into places where it bends sharply, so those places are under-represented and"
            + " results may be biased.",
        "Raise the target acceptance (0.95, then 0.99) for a smaller step size; if divergences remain, write the model in another"
            + " parametrisation (for hierarchical models the non-centred one).");
  }

  private void checkRHat() {
    List<QuantitySummary> high = worst(q -> q.rhat() > RHat.THRESHOLD, q -> -q.rhat());
    if (!high.isEmpty()) {
      add(
          high.get(0).rhat() > FAR ? Severity.SERIOUS : Severity.WARNING,
          text("R-hat is above %.2f for %s", RHat.THRESHOLD, share(high))
              + names(high, q -> q.name() + text(" %.3f", q.rhat()))
              + ".",
          "The chains, or the halves of a chain, disagree about these quantities by more than chance: they have not all reached"
              + " the same distribution.",
          "Run a longer warm-up and more draws; if it stays, look at the trace plots for several modes or a chain that is stuck,"
              + " and write the model in another parametrisation.");
    }
  }

  private void checkEffective(String which, ToDoubleFunction<QuantitySummary> ess) {
    int least = FEWEST_EFFECTIVE * chains;
    List<QuantitySummary> low = worst(q -> ess.applyAsDouble(q) < least, ess);
    if (!low.isEmpty()) {
      boolean bulk = which.equals("bulk");
      double factor = least / ess.applyAsDouble(low.get(0));
      add(
          Severity.WARNING,
          text(
                  "%s effective sample size is below %d (%d per chain) for ",
                  bulk ? "Bulk" : "Tail", least, FEWEST_EFFECTIVE)
              + share(low)
              + names(low, q -> q.name() + text(" %.0f", ess.applyAsDouble(q)))
              + ".",
          bulk
              ? "Means and medians rest on few independent draws, and so do the diagnostics themselves."
              : "The ends of intervals (5 % and 95 %) rest on few independent draws.",
          longer(low, factor * draws));
    }
  }

  /** How to get enough draws; chains that disagree have no rate from which to reckon. */
  private static String longer(List<QuantitySummary> low, double draws) {
    return low.stream().anyMatch(q -> q.rhat() > FAR)
        ? "See to R-hat first: more draws do not help chains that disagree."
        : text("Draw longer: at this rate about %s draws per chain would do.", roundedUp(draws))
            + " A better step size or metric (longer warm-up), or another parametrisation, saves that time.";
  }

  private void checkEnergy(double[][] energy) {
    List<Integer> low = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < energy.length; c++) {
      double bfmi = EnergyDiagnostic.bfmi(energy[c]);
      if (bfmi < EnergyDiagnostic.THRESHOLD) {
        low.add(c + 1);
        least = Math.min(least, bfmi);
      }
    }
    if (!low.isEmpty()) {
      add(
          Severity.WARNING,
          text(
              "E-BFMI is below %.1f in %s %s (lowest %.2f).",
              EnergyDiagnostic.THRESHOLD, low.size() == 1 ? "chain" : "chains", join(low), least),
          "Energy changes too little from draw to draw, so the chain creeps into the tails and back.",
          "Run a longer warm-up; then look for heavy tails or a funnel and write the model in another parametrisation.");
    }
  }

  private void checkUnknown() {
    List<QuantitySummary> constant = those(q -> q.sd() == 0 && draws > 1);
    if (constant.size() == summaries.size()) {
      add(
          Severity.SERIOUS,
          "No quantity ever changes.",
          "All chains stand still at one place.",
          "Use a smaller step size, and check the density and its gradient at the starting point.");
    } else if (!constant.isEmpty()) {
      add(
          Severity.NOTE,
          names(constant, QuantitySummary::name) + " never changes.",
          "R-hat and effective sample size mean nothing for a constant.",
          "Nothing, if it is meant to be fixed.");
    }
    List<QuantitySummary> lumped =
        those(q -> q.sd() > 0 && draws >= 4 && Double.isNaN(q.essBulk() + q.essTail()));
    if (!lumped.isEmpty()) {
      add(
          Severity.NOTE,
          "The effective sample size of " + names(lumped, QuantitySummary::name) + " is not known.",
          "So many draws share one value that a quantile falls on it.",
          "Nothing for a discrete quantity; its mean and R-hat are what to look at.");
    }
  }

  /** The findings, worst first; with good news at the end if there is nothing to warn of. */
  private List<Finding> concluded() {
    if (found.stream().allMatch(f -> f.severity().compareTo(Severity.WARNING) < 0)) {
      add(
          Severity.GOOD,
          text("No problem found in %d chains of %d draws%s.", chains, draws, margins()),
          "The chains agree with each other and bring enough independent draws.",
          "Nothing to do.");
    }
    found.sort(Comparator.comparing(Finding::severity).reversed());
    return List.copyOf(found);
  }

  private String margins() {
    List<QuantitySummary> rhat = worst(q -> !Double.isNaN(q.rhat()), q -> -q.rhat());
    List<QuantitySummary> ess = worst(q -> !Double.isNaN(q.essBulk()), QuantitySummary::essBulk);
    if (rhat.isEmpty() || ess.isEmpty()) {
      return "";
    }
    return text(
        ": R-hat is at most %.3f (%s), effective sample size at least %.0f (%s)",
        rhat.get(0).rhat(), rhat.get(0).name(), ess.get(0).essBulk(), ess.get(0).name());
  }

  private void add(Severity severity, String what, String why, String remedy) {
    found.add(new Finding(severity, what, why, remedy));
  }

  private List<QuantitySummary> those(Predicate<QuantitySummary> test) {
    return summaries.stream().filter(test).toList();
  }

  /** Those that fail, smallest key first, equal keys in the order of the summaries. */
  private List<QuantitySummary> worst(
      Predicate<QuantitySummary> test, ToDoubleFunction<QuantitySummary> key) {
    return summaries.stream().filter(test).sorted(Comparator.comparingDouble(key)).toList();
  }

  private String share(List<QuantitySummary> some) {
    return some.size() == 1 && summaries.size() == 1
        ? ""
        : text("%d of %d quantities: ", some.size(), summaries.size());
  }

  private static String names(
      List<QuantitySummary> some, Function<QuantitySummary, String> description) {
    String first = some.stream().limit(NAMED).map(description).collect(Collectors.joining(", "));
    return some.size() <= NAMED ? first : first + text(" and %d more", some.size() - NAMED);
  }

  private static String join(List<Integer> chains) {
    return IntStream.range(0, chains.size())
        .mapToObj(i -> (i == 0 ? "" : i == chains.size() - 1 ? " and " : ", ") + chains.get(i))
        .collect(Collectors.joining());
  }

  /** Two leading digits, upwards: 12345 becomes 13000. */
  private static String roundedUp(double draws) {
    double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(draws)) - 1);
    return text("%.0f", Math.ceil(draws / unit) * unit);
  }

  private static String percent(double share) {
    return share < 0.001 ? "less than 0.1 %" : text("%.1f %%", 100 * share);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
