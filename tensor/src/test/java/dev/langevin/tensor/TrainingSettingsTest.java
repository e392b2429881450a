package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.objective.EdmObjective;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  private final TrainingSettings settings = Samples.settings(Samples.SMALL_UNET);

  @Test
  void aMapGivesTheSameSettings() {
    assertThat(TrainingSettings.fromMap(settings.toMap())).isEqualTo(settings);
  }

  @Test
  void unknownAndMissingSettingsAreErrors() {
    Map<String, Object> more = new LinkedHashMap<>(settings.toMap());
    more.put("momentum", 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingSettings.fromMap(more))
        .withMessageContaining("momentum");
    Map<String, Object> less = new LinkedHashMap<>(settings.toMap());
    less.remove("seed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingSettings.fromMap(less))
        .withMessage("training.seed is missing");
    Map<String, Object> other = new LinkedHashMap<>(settings.toMap());
    other.put("objective", Map.of("kind", "vp"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingSettings.fromMap(other))
        .withMessageContaining("vp");
  }

  @Test
  void theLearningRateRisesLinearlyAndFallsAlongHalfACosine() {
    assertThat(settings.learningRate(0)).isCloseTo(3e-3 / 5, within(1e-12));
    assertThat(settings.learningRate(4)).isCloseTo(3e-3, within(1e-12));
    double middle = 5 + 55 / 2.0;
    assertThat(
            0.5 * (settings.learningRate((long) middle) + settings.learningRate((long) middle + 1)))
        .isCloseTo(3e-3 * (0.01 + 0.99 * 0.5), within(1e-6));
    assertThat(settings.learningRate(60)).isCloseTo(3e-5, within(1e-12));
    assertThat(settings.learningRate(10_000)).isCloseTo(3e-5, within(1e-12));
  }

  @Test
  void theMovingAverageForgetsTheStartFirst() {
    assertThat(settings.emaDecay(0)).isEqualTo(0.1);
    assertThat(settings.emaDecay(8)).isEqualTo(0.5);
    assertThat(Math.pow(settings.emaDecay(1_000_000), 12)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void anotherLengthKeepsTheShares() {
    TrainingSettings longer = settings.withSteps(600);
    assertThat(longer.warmupSteps()).isEqualTo(50);
    assertThat(longer.emaHalfLife()).isCloseTo(120, within(1e-9));
    assertThat(longer.learningRate(49)).isCloseTo(3e-3, within(1e-12));
  }

  @Test
  void withMethodsChangeOneThing() {
    assertThat(settings.withBatch(9).batch()).isEqualTo(9);
    assertThat(settings.withBatch(9).withBatch(7)).isEqualTo(settings);
    assertThat(settings.withLearningRate(0.1).withLearningRate(3e-3)).isEqualTo(settings);
    assertThat(settings.withSeed(1).withSeed(42)).isEqualTo(settings);
    EdmObjective other = new EdmObjective(0, 1, 1);
    assertThat(settings.withObjective(other).objective()).isEqualTo(other);
    assertThat(settings.withObjective(other).withObjective(settings.objective()))
        .isEqualTo(settings);
  }

  @Test
  void nonsenseIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withBatch(0))
        .withMessage("batch must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withLearningRate(Double.NaN))
        .withMessageContaining("learningRate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withSteps(0))
        .withMessageContaining("steps");
  }
}
