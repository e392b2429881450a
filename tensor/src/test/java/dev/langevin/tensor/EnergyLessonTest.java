package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.objective.EnergyMatching;
import dev.langevin.objective.ScoreMatching;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

@NeedsNatives
class EnergyLessonTest {
  private static final EnergyMatching IMPLICIT = new EnergyMatching(EnergyMatching.Way.IMPLICIT, 1);

  @Test
  void theLossIsHalfTheImplicitOneOfTheScore() {
    Conservative architecture = new Conservative(new Perceptron(2, 16, 2));
    Layout layout = Network.of(architecture).layout();
    float[] values = layout.start(Seed.of(9));
    float[] moved = Samples.normal(Seed.of(10), values.length, 0.15);
    for (int i = 0; i < values.length; i++) {
      values[i] += moved[i];
    }
    float[] rows = Samples.normal(Seed.of(11), 40, 0.5);
    EnergyLesson lesson = new EnergyLesson(IMPLICIT, architecture, Seed.of(1));
    Parameters fixed = Scope.call(() -> Parameters.fixed(layout, values));
    double loss = Scope.call(() -> lesson.heldOut(fixed, rows));
    fixed.close();
    try (NetworkEnergy energy =
        new NetworkEnergy(architecture, IMPLICIT, layout.split("", values))) {
      Density density = energy.at(1);
      ScoreMatching differences = new ScoreMatching(ScoreMatching.Trace.EXACT, 1, 0.01);
      double expected = 0.5 * differences.implicit(density, Samples.wide(rows), Seed.of(2)).value();
      System.out.println(loss + " " + expected);
      assertThat(loss).isCloseTo(expected, within(1e-3 * (1 + Math.abs(expected))));
    }
  }
}
