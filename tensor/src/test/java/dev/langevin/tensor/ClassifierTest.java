package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.math.NamedArray;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsNatives
class ClassifierTest {
  private static final Classifier NETWORK = new Classifier(1, 9, 8, 4, 6, 2);
  private final int before = Backend.threads();

  @AfterEach
  void restore() {
    Backend.threads(before);
  }

  /** A lit line of noise: across in class 0, down in class 1. */
  private static float[] lines(int rows, long seed) {
    AddressedRandom random = Seed.of(seed).random();
    float[] x = new float[rows * 72];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.3 * random.nextDouble());
    }
    for (int i = 0; i < rows; i++) {
      int at = 1 + random.nextInt(6);
      for (int k = 0; k < 8; k++) {
        x[i * 72 + (i % 2 == 0 ? at * 8 + k : k * 8 + at)] = 1;
      }
    }
    return x;
  }

  private static int[] labels(int rows) {
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 2;
    }
    return labels;
  }

  private static ClassifierFunction trained(int[] labels, int epochs) {
    ClassifierTraining settings =
        new ClassifierTraining(NETWORK, epochs, 64, 0.01, 0.1, 1, true, 5);
    try (ClassifierTrainer trainer = new ClassifierTrainer(settings, lines(512, 1), labels)) {
      for (long step = 0; step < trainer.steps(); step++) {
        trainer.step();
      }
      return trainer.function();
    }
  }

  private static double accuracy(ClassifierFunction function) {
    float[] logits = new float[400];
    function.apply(lines(200, 2), 200, new float[1200], logits);
    int right = 0;
    for (int i = 0; i < 200; i++) {
      right += logits[2 * i + 1] > logits[2 * i] == (i % 2 == 1) ? 1 : 0;
    }
    return right / 200.0;
  }

  /** Power: with labels that have nothing to do with the images (two of each kind in turn) it stays at chance; 0.5 ± 0.18 is five scatters. */
  @Test
  void whatCanBeLearnedIsLearnedAndWhatCannotIsNot() {
    try (ClassifierFunction right = trained(labels(512), 12)) {
      assertThat(accuracy(right)).isGreaterThan(0.95);
    }
    int[] wrong = labels(512);
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = i / 2 % 2;
    }
    try (ClassifierFunction chance = trained(wrong, 2)) {
      assertThat(accuracy(chance)).isBetween(0.32, 0.68);
    }
  }

  @Test
  void weightsAndAnswersDoNotDependOnTheNumberOfThreads() {
    Backend.threads(1);
    try (ClassifierFunction one = trained(labels(512), 1)) {
      float[] features = new float[600];
      float[] logits = new float[200];
      one.apply(lines(100, 3), 100, features, logits);
      Backend.threads(2);
      try (ClassifierFunction two = trained(labels(512), 1)) {
        assertThat(values(two)).isDeepEqualTo(values(one));
        float[] again = new float[600];
        two.apply(lines(100, 3), 100, again, new float[200]);
        assertThat(again).isEqualTo(features);
        for (float feature : features) {
          assertThat(feature).isNotNegative();
        }
      }
    }
  }

  private static float[][] values(ClassifierFunction function) {
    return function.weights().stream().map(NamedArray::values).toArray(float[][]::new);
  }

  @Test
  void storedWeightsGiveTheSameAnswers() {
    try (ClassifierFunction one = trained(labels(512), 1);
        ClassifierFunction two =
            new ClassifierFunction(Classifier.fromMap(NETWORK.toMap()), one.weights())) {
      float[] a = new float[80];
      float[] b = new float[80];
      one.apply(lines(40, 3), 40, new float[240], a);
      two.apply(lines(40, 3), 40, new float[240], b);
      assertThat(b).isEqualTo(a);
    }
    assertThatThrownBy(() -> new ClassifierFunction(NETWORK, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights lack conv1.weight");
  }

  @Test
  void nonsenseIsRefused() {
    assertThat(Classifier.of(new int[] {1, 28, 28}, 10).parameters()).isEqualTo(224_970);
    assertThatThrownBy(() -> new Classifier(1, 7, 8, 4, 6, 2)).hasMessageContaining("height");
    assertThatThrownBy(() -> new Classifier(1, 8, 8, 4, 6, 1)).hasMessageContaining("classes");
    Map<String, Object> more = new LinkedHashMap<>(NETWORK.toMap());
    more.put("depth", 3);
    assertThatThrownBy(() -> Classifier.fromMap(more)).hasMessageContaining("depth");
    ClassifierTraining settings = ClassifierTraining.of(NETWORK, 1, 0, false, 1);
    assertThatThrownBy(() -> new ClassifierTrainer(settings, new float[72], new int[] {2}))
        .hasMessageContaining("label");
    assertThatThrownBy(() -> new ClassifierTrainer(settings, new float[71], new int[] {1}))
        .hasMessageContaining("images must have rows");
    assertThatThrownBy(() -> new ClassifierTraining(NETWORK, 1, 8, 0.1, 1, 0, false, 1))
        .hasMessageContaining("dropout");
  }
}
