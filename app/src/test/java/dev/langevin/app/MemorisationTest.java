package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MemorisationTest {
  private static final int D = 6;

  private static double[] normal(String address, int rows, double scale) {
    RandomGenerator random = Seed.of(3).child(address).random();
    double[] x = new double[rows * D];
    for (int i = 0; i < x.length; i++) {
      x[i] = scale * random.nextGaussian();
    }
    return x;
  }

  private static Memorisation judge(double[] fresh) {
    return Memorisation.of(fresh, normal("training", 900, 1), normal("held out", 300, 1), D, 2);
  }

  @Test
  void freshRowsOfTheSameLawAreNotTakenForCopies() {
    Memorisation memory = judge(normal("fresh", 500, 1));
    // One-sided at 3 standard errors: false alarms 0.13 %; the seed is fixed.
    assertThat(memory.share()).isCloseTo(0.75, within(3 * memory.standardError()));
    assertThat(memory.reading()).contains("No sign of copying");
    assertThat(memory.copies()).isZero();
    assertThat(memory.freshMedian()).isCloseTo(memory.realMedian(), within(0.15));
  }

  @Test
  void smoothRowsWhichAreNearToEverythingAreNotTakenForCopies() {
    Memorisation memory = judge(normal("fresh", 500, 0.3));
    assertThat(memory.freshMedian()).isLessThan(0.8 * memory.realMedian());
    assertThat(memory.reading()).contains("No sign of copying");
  }

  @Test
  void aModelThatCopiesIsFoundOut() {
    double[] training = normal("training", 900, 1);
    double[] jitter = normal("jitter", 500, 0.3);
    double[] copies = new double[500 * D];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = training[i] + jitter[i];
    }
    Memorisation memory = judge(copies);
    assertThat(memory.share()).isGreaterThan(0.85);
    assertThat(memory.reading()).contains("learn by heart").doesNotContain("exact");
  }

  @Test
  void exactCopiesAreAFindingEvenWhereTheNeighboursShowNone() {
    double[] fresh = normal("fresh", 100, 1);
    System.arraycopy(normal("training", 900, 1), 5 * D, fresh, 7 * D, 2 * D);
    Memorisation memory = judge(fresh);
    assertThat(memory.copies()).isEqualTo(2);
    assertThat(memory.reading())
        .startsWith("2 of the samples are exact copies")
        .doesNotContain("No sign");
  }

  @Test
  void threadsDoNotChangeIt() {
    double[] training = normal("training", 900, 1);
    double[] heldOut = normal("held out", 300, 1);
    double[] fresh = normal("fresh", 31, 1);
    assertThat(Memorisation.of(fresh, training, heldOut, D, 3))
        .isEqualTo(Memorisation.of(fresh, training, heldOut, D, 1));
  }

  @Test
  void theStandardErrorGrowsWhereManyRowsShareANeighbour() {
    double[] spread = normal("fresh", 400, 1);
    double[] clumped = new double[400 * D];
    for (int i = 0; i < clumped.length; i++) {
      clumped[i] = spread[i % (4 * D)];
    }
    assertThat(judge(clumped).standardError()).isGreaterThan(4 * judge(spread).standardError());
  }

  @Test
  void saysSoWhereThereAreTooFewRows() {
    assertThat(judge(normal("fresh", 12, 1)).reading()).startsWith("Too few rows");
  }

  @Test
  void figuresAreThoseOfASmallCaseDoneByHand() {
    double[] training = {0, 0, 10, 0};
    double[] heldOut = {5, 0};
    double[] fresh = {1, 0, 9, 0, 6, 0};
    Memorisation memory = Memorisation.of(fresh, training, heldOut, 2, 1);
    assertThat(memory.share()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(memory.expected()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(memory.freshMedian()).isEqualTo(1);
    assertThat(memory.realMedian()).isEqualTo(5);
    assertThat(memory.standardError())
        .isCloseTo(Math.sqrt(2.0 / 9 * 3) / 3, within(1e-15)); // each is nearest to one
  }
}
