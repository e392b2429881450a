package dev.langevin.app.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.app.target.Reference.Quantity;
import dev.langevin.density.GradientCheck;
import dev.langevin.density.Model;
import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.io.InputError;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class CatalogueTest {
  static Stream<Target> all() {
    return Catalogue.all().stream();
  }

  @Test
  void theTargetsAreListedInOrder() {
    assertThat(Catalogue.all())
        .extracting(Target::name)
        .containsExactly(
            "gaussian",
            "gaussian-ill",
            "mixture",
            "two-modes",
            "ring",
            "grid",
            "imbalanced",
            "line",
            "banana",
            "funnel",
            "eight-schools",
            "ark",
            "garch",
            "low-dim-gauss-mix",
            "kilpisjarvi",
            "earnings-logearn-interaction",
            "diamonds");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyTargetIsWhatItsEntrySays(Target target) {
    assertThat(Catalogue.named(target.name())).isSameAs(target);
    Model model = target.model().get();
    assertThat(model.name()).isEqualTo(target.name());
    assertThat(model.dimension()).isEqualTo(target.dimension());
    assertThat(model.outputs()).doesNotHaveDuplicates();
    assertThat(target.description()).isNotBlank().doesNotContain("\n");
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsOnTheShippedDataAreThoseByDifferences(Target target) {
    Model model = target.model().get();
    for (int p = 0; p < 3; p++) {
      double[] x = new double[model.dimension()];
      Seed.of(41).child(target.name()).child(p).random().fillGaussian(x, 0, x.length);
      GradientCheck check = GradientCheck.at(model, x);
      assertThat(check.passes(1e-7)).as(check.toString()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyReferenceSpeaksOfReportedQuantitiesAndIsConsistent(Target target) {
    List<String> outputs = target.model().get().outputs();
    Reference reference = target.reference().orElseThrow();
    assertThat(reference.source()).isNotBlank();
    assertThat(reference.quantities()).isNotEmpty();
    for (Quantity q : reference.quantities()) {
      assertThat(outputs).contains(q.name());
      assertThat(q.meanSquare())
          .isCloseTo(q.mean() * q.mean() + q.sd() * q.sd(), within(1e-3 * q.meanSquare()));
      if (reference.exact()) {
        assertThat(q.mcseMean() + q.mcseMeanSquare()).isZero();
      } else {
        assertThat(q.mcseMean()).isBetween(0.005 * q.sd(), 0.02 * q.sd());
        assertThat(q.mcseMeanSquare()).isPositive();
        assertThat(q.q05()).isLessThan(q.q50());
        assertThat(q.q50()).isLessThan(q.q95());
      }
      assertThat(reference.quantity(q.name())).contains(q);
    }
    assertThat(reference.quantity("nothing")).isEmpty();
  }

  @Test
  void referencesOfPosteriorsCoverEveryReportedQuantityButDerivedOnes() {
    for (Target target : Catalogue.all()) {
      int known = target.reference().orElseThrow().quantities().size();
      int derived = target.name().equals("diamonds") ? 1 : 0; // b_Intercept
      assertThat(target.model().get().outputs()).as(target.name()).hasSize(known + derived);
    }
    Quantity mu =
        Catalogue.named("eight-schools").reference().orElseThrow().quantity("mu").orElseThrow();
    assertThat(mu.mean()).isCloseTo(4.4, within(0.2));
  }

  /**
   * 40 000 draws of each sampler that a made-up target brings have the moments in its reference: mean and mean square of every output
   * at |z| &lt; 5.5, false alarm 4e-6 over some 100 statistics. A reference of the wrong banana does not pass.
   */
  @Test
  void exactReferencesAreThoseOfExactDraws() {
    Gaussian gaussian = (Gaussian) Catalogue.named("gaussian-ill").model().get();
    assertThat(largestZ("gaussian-ill", gaussian::sample)).isLessThan(5.5);
    for (String name : List.of("mixture", "ring", "grid", "imbalanced", "line")) {
      GaussianMixture mixture = (GaussianMixture) Catalogue.named(name).model().get();
      assertThat(largestZ(name, mixture::sample)).as(name).isLessThan(5.5);
    }
    assertThat(largestZ("banana", new dev.langevin.density.target.Banana(2, 0.03, 10)::sample))
        .isLessThan(5.5);
    assertThat(largestZ("banana", new dev.langevin.density.target.Banana(2, 0.034, 10)::sample))
        .isGreaterThan(5.5);
  }

  private interface Sampling {
    void sample(AddressedRandom random, double[] out);
  }

  private static double largestZ(String name, Sampling sampling) {
    List<Quantity> known = Catalogue.named(name).reference().orElseThrow().quantities();
    int n = 40_000;
    double[][] sums = new double[known.size()][4];
    double[] x = new double[known.size()];
    AddressedRandom random = Seed.of(42).child(name).random();
    for (int i = 0; i < n; i++) {
      sampling.sample(random, x);
      for (int j = 0; j < x.length; j++) {
        double power = 1;
        for (int p = 0; p < 4; p++) {
          power *= x[j];
          sums[j][p] += power / n;
        }
      }
    }
    double largest = 0;
    for (int j = 0; j < x.length; j++) {
      double[] m = sums[j];
      Quantity q = known.get(j);
      double byMean = Math.abs(m[0] - q.mean()) / Math.sqrt((m[1] - m[0] * m[0]) / n);
      double bySquare = Math.abs(m[1] - q.meanSquare()) / Math.sqrt((m[3] - m[1] * m[1]) / n);
      largest = Math.max(largest, Math.max(byMean, bySquare));
    }
    return largest;
  }

  @Test
  void sufficientStatisticsOfTheDiamondsAgreeWithTheSumOverAllRows() {
    JsonNode data = Bundle.json("diamonds.data.json");
    double[][] rows = Bundle.table(data.get("X"));
    double[] y = Bundle.numbers(data.get("Y"));
    Model model = Catalogue.named("diamonds").model().get();
    double[] origin = new double[26];
    double constant = model.logDensity(origin) - plainDiamonds(rows, y, origin);
    for (int p = 0; p < 5; p++) {
      double[] x = new double[26];
      Seed.of(43).child(p).random().fillGaussian(x, 0, 26);
      double plain = plainDiamonds(rows, y, x);
      assertThat(model.logDensity(x) - constant).isCloseTo(plain, within(1e-12 * Math.abs(plain)));
    }
  }

  private static double plainDiamonds(double[][] rows, double[] y, double[] x) {
    double sigma = Math.exp(x[25]);
    double sum = x[25] + TDistribution.of(3).logDensity(sigma / 10);
    sum += TDistribution.of(3).logDensity((x[24] - 8) / 10);
    double[] means = new double[24];
    for (double[] row : rows) {
      for (int k = 0; k < 24; k++) {
        means[k] += row[k + 1] / rows.length;
      }
    }
    for (int k = 0; k < 24; k++) {
      sum += NormalDistribution.of(0, 1).logDensity(x[k]);
    }
    for (int i = 0; i < y.length; i++) {
      double mean = x[24];
      for (int k = 0; k < 24; k++) {
        mean += (rows[i][k + 1] - means[k]) * x[k];
      }
      sum += NormalDistribution.of(mean, sigma).logDensity(y[i]);
    }
    return sum;
  }

  @Test
  void unknownNamesAreAnsweredWithTheNearestOnes() {
    assertThatThrownBy(() -> Catalogue.named("eight_scools"))
        .isInstanceOf(InputError.class)
        .hasMessage(
            "eight_scools: there is no target of this name. Did you mean eight-schools? 'langevin"
                + " targets' lists them all.");
    assertThat(nearest("gausian")).startsWith("gaussian");
    assertThat(nearest("logearn")).containsExactly("earnings-logearn-interaction");
    assertThat(nearest("eight_schools-eight_schools_noncentered")).contains("eight-schools");
    assertThat(nearest("gauss")).hasSize(3);
    assertThat(nearest("Funnel")).containsExactly("funnel");
    assertThat(nearest("zzzzzzzz")).isEmpty();
    assertThatThrownBy(() -> Catalogue.named("zzzzzzzz"))
        .hasMessage(
            "zzzzzzzz: there is no target of this name. 'langevin targets' lists them all.");
  }

  private static List<String> nearest(String typed) {
    return NearestNames.of(typed, Catalogue.all().stream().map(Target::name).toList());
  }
}
