package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.chain.Checkpoint;
import dev.langevin.chain.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  static final Checkpoint CHECKPOINT =
      new Checkpoint(
          1300,
          1200,
          new double[] {1, -2},
          new double[] {0.1, Double.MIN_VALUE},
          new double[] {3},
          new double[] {0.5, 1, 1, 1},
          4711,
          99,
          2);

  private static final RunFolder.Shape SHAPE = new RunFolder.Shape(2, 3, 2);
  private static final Map<String, Object> FACTS = Map.of("target", "banana", "seed", 7L);

  @TempDir Path temp;

  private RunFolder open(Map<String, Object> facts) {
    return RunFolder.at(temp.resolve("run"), SHAPE, facts, 3, 0);
  }

  /** Rows {@code from … to - 1} of a chain, and the points that belong to them. */
  private static void fill(RunFolder folder, int chain, int from, int to) {
    for (int i = from; i < to; i++) {
      folder.draw(chain, new double[] {i, chain}, new double[] {0.5 * i});
      if (i % 3 == 0) {
        folder.point(chain, new double[] {i, -i});
      }
    }
  }

  private static Checkpoint at(int draws) {
    return new Checkpoint(
        draws + 100, draws, new double[2], new double[2], new double[0], new double[0], 1, 2, 3);
  }

  @Test
  void whatCameInCanBeReadColumnByColumn() {
    try (RunFolder folder = open(FACTS)) {
      fill(folder, 0, 0, 1300);
      fill(folder, 1, 0, 1200);
      Draws draws = folder.draws(List.of("a", "b"), List.of("lp__"), 1200);
      assertThat(draws.series("a")[1][1199]).isEqualTo(1199);
      assertThat(draws.series("b")[1][600]).isEqualTo(1);
      assertThat(draws.statistic("lp__")[0]).hasSize(1200).endsWith(599.5);
      double[] some = new double[3];
      draws.read(0, 2, 511, 3, some);
      assertThat(some).containsExactly(255.5, 256, 256.5);
      assertThat(draws.every(7).series("a")[0]).hasSize(172).startsWith(0, 7, 14);
      assertThat(folder.points()).hasDimensions(2, 400);
      assertThat(folder.points()[1][399]).containsExactly(1197, -1197);
    }
  }

  @Test
  void whatCameAfterTheCheckpointIsForgotten() {
    try (RunFolder folder = open(FACTS)) {
      assertThat(folder.isEmpty()).isTrue();
      assertThat(folder.resume(0)).isEmpty();
      fill(folder, 0, 0, 700);
      folder.checkpoint(0, at(700));
      fill(folder, 0, 700, 900); // lost, as after a kill
      assertThat(folder.isEmpty()).isFalse();
    }
    try (RunFolder folder = open(FACTS)) {
      assertThat(folder.resume(0)).contains(at(700));
      assertThat(folder.resume(1)).isEmpty();
      assertThat(folder.restored()).isEqualTo(700);
      fill(folder, 0, 700, 1100);
      Draws draws = folder.draws(List.of("a", "b"), List.of("lp__"), 1100);
      double[] series = new double[1100];
      draws.read(0, 0, 0, 1100, series);
      for (int i = 0; i < 1100; i++) {
        assertThat(series[i]).isEqualTo(i);
      }
    }
  }

  @Test
  void anotherRunIsRefusedByName() {
    open(FACTS).close();
    assertThatThrownBy(() -> open(Map.of("target", "banana", "seed", 8L)))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("holds a run with seed 7, not 8");
  }

  @Test
  void twoProcessesDoNotShareAFolder() {
    try (RunFolder first = open(FACTS)) {
      assertThat(first.restored()).isZero();
      assertThatThrownBy(() -> open(FACTS))
          .isInstanceOf(InputError.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void rowsThatAreMissingAreNoticed() throws IOException {
    try (RunFolder folder = open(FACTS)) {
      fill(folder, 0, 0, 700);
      folder.checkpoint(0, at(700));
    }
    Files.write(temp.resolve("run/chain-1.draws"), new byte[100]);
    assertThatThrownBy(() -> open(FACTS))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("fewer rows");
  }

  @Test
  void aDamagedCheckpointIsNoticed() throws IOException {
    Path file = temp.resolve("c");
    CheckpointFile.write(file, CHECKPOINT);
    assertThat(CheckpointFile.read(file)).isEqualTo(CHECKPOINT);
    byte[] bytes = Files.readAllBytes(file);
    bytes[50] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> CheckpointFile.read(file)).hasMessageContaining("damaged");
  }

  @Test
  void aFinishedRunLeavesNothing() {
    RunFolder folder = open(FACTS);
    fill(folder, 0, 0, 3);
    folder.delete();
    assertThat(temp.resolve("run")).doesNotExist();
  }
}
