package dev.langevin.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts a {@link SteinReport}'s figures into words. */
final class SteinFindings {
  private static final int NAMED = 3;
  private static final double FAR =
      0.25; // a quarter of the variance, or half a standard deviation of the mean
  private static final String WHY =
      "Draws and gradient do not belong to the same distribution, which no comparison of chains with each other (R-hat) can see.";
  private static final String REMEDY =
      "If the sampler is unadjusted (ULA), halve its step size until this is gone, or use its adjusted form (MALA); if it is adjusted,"
          + " the gradient is not that of the log density (check it with GradientCheck), the density has a jump, or there are places"
          + " that the chains do not enter: lower the step size, or write the model in another parametrisation.";

  private final List<String> names;
  private final double[][][] positions;
  private final double significance;
  private final double threshold;
  private final List<Finding> found = new ArrayList<>();

  SteinFindings(List<String> names, double[][][] positions, double significance, double threshold) {
    this.names = names;
    this.positions = positions;
    this.significance = significance;
    this.threshold = threshold;
  }

  List<Finding> judge(List<SteinIdentity> identities, KernelSteinDiscrepancy discrepancy) {
    checkFinite(identities);
    checkSpread(violated(identities, SteinIdentity.Kind.SPREAD));
    checkTotal(violated(identities, SteinIdentity.Kind.TOTAL));
    checkBalance(violated(identities, SteinIdentity.Kind.BALANCE));
    checkDiscrepancy(discrepancy);
    if (found.isEmpty()) {
      found.add(good(identities, discrepancy));
    }
    found.sort(Comparator.comparing(Finding::severity).reversed());
    return found;
  }

  /** Those beyond the threshold, worst first. */
  private List<SteinIdentity> violated(List<SteinIdentity> all, SteinIdentity.Kind kind) {
    return all.stream()
        .filter(i -> i.kind() == kind && Math.abs(i.z()) > threshold)
        .sorted(Comparator.comparingDouble(i -> -Math.abs(i.z())))
        .toList();
  }

  private void checkFinite(List<SteinIdentity> identities) {
    List<SteinIdentity> unknown =
        identities.stream()
            .filter(i -> i.kind() == SteinIdentity.Kind.SPREAD && Double.isNaN(i.z()))
            .toList();
    if (!unknown.isEmpty()) {
      add(
          Severity.WARNING,
          "Draws and gradient of " + listed(unknown, this::name) + " cannot be compared.",
          "A value is not finite, or never changes.",
          "Look at the coordinate's draws, and check the gradient for overflow and division by zero.");
    }
  }

  private void checkSpread(List<SteinIdentity> wrong) {
    if (!wrong.isEmpty()) {
      add(
          severity(wrong.get(0).estimate() - 1),
          "The draws are spread more or less widely than their gradient balances ("
              + "1 would be right) in "
              + share(wrong)
              + listed(wrong, i -> name(i) + " " + figure(i))
              + ".",
          WHY,
          REMEDY);
    }
  }

  private void checkTotal(List<SteinIdentity> wrong) {
    if (!wrong.isEmpty() && found.isEmpty()) {
      SteinIdentity total = wrong.get(0);
      add(
          severity(total.estimate() - 1),
          text(
              "All coordinates together are spread more or less widely than their gradient balances: %s where 1 would be right.",
              figure(total)),
          WHY,
          REMEDY);
    }
  }

  private void checkBalance(List<SteinIdentity> wrong) {
    if (!wrong.isEmpty()) {
      SteinIdentity worst = wrong.get(0);
      add(
          severity(worst.estimate() * sd(worst.index()) / 2),
          "The gradient does not average to zero over the draws in "
              + share(wrong)
              + listed(wrong, i -> name(i) + " " + figure(i))
              + ": they lie to one side.",
          WHY,
          REMEDY);
    }
  }

  private double sd(int index) {
    return Math.sqrt(Series.variance(Series.pooled(SteinReport.series(positions, index))));
  }

  private void checkDiscrepancy(KernelSteinDiscrepancy ksd) {
    if (ksd.pValue() <= significance) {
      add(
          Severity.WARNING,
          text(
              "The kernel Stein discrepancy of %d draws is %.3g, more than chance explains (p ≤ %.1g).",
              ksd.points(), ksd.unbiased(), ksd.pValue()),
          found.isEmpty()
              ? "Location and spread of the draws are right, but their shape is not that of the density."
              : "The shape of the draws is not that of the density.",
          REMEDY);
    }
  }

  private Finding good(List<SteinIdentity> identities, KernelSteinDiscrepancy ksd) {
    double most = identities.stream().mapToDouble(i -> Math.abs(i.z())).max().orElse(0);
    String tested =
        Double.isNaN(ksd.pValue())
            ? text("too few independent draws (%d) for the Stein discrepancy", ksd.points())
            : text("p = %.2g for the Stein discrepancy of %d draws", ksd.pValue(), ksd.points());
    return new Finding(
        Severity.GOOD,
        text(
            "Draws and gradient belong together: %d identities hold (largest |z| %.1f), %s.",
            identities.size(), most, tested),
        "A wrong step size, temperature or gradient would show here; a mode that no chain has visited would not.",
        "Nothing to do.");
  }

  private static Severity severity(double off) {
    return Math.abs(off) > FAR ? Severity.SERIOUS : Severity.WARNING;
  }

  private void add(Severity severity, String what, String why, String remedy) {
    found.add(new Finding(severity, what, why, remedy));
  }

  private String name(SteinIdentity identity) {
    return names.get(identity.index());
  }

  private static String figure(SteinIdentity identity) {
    return text("%.3g ± %.1g", identity.estimate(), identity.standardError());
  }

  private String share(List<SteinIdentity> some) {
    return names.size() == 1 ? "" : text("%d of %d coordinates: ", some.size(), names.size());
  }

  private interface Words {
    String of(SteinIdentity identity);
  }

  private static String listed(List<SteinIdentity> some, Words words) {
    String first = some.stream().limit(NAMED).map(words::of).collect(Collectors.joining(", "));
    return some.size() <= NAMED ? first : first + text(" and %d more", some.size() - NAMED);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
