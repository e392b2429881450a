package dev.langevin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.cli.MainTest.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the data door, from flags to files. */
class DataDoorTest {
  @TempDir Path folder;
  private String data = "";
  private String model = "";

  @BeforeEach
  void writeData() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("x,y,kind\n");
    for (int i = 0; i < 100; i++) {
      text.append(random.nextGaussian()).append(',').append(random.nextGaussian()).append(",a\n");
    }
    data = Files.writeString(folder.resolve("data.csv"), text).toString();
    model = folder.resolve("model").toString();
  }

  private String[] fit(String... more) {
    String[] first = {
      "fit",
      data,
      "--out",
      model,
      "--label",
      "kind",
      "--steps",
      "4",
      "--size",
      "8",
      "--batch",
      "16",
      "--threads",
      "1",
      "--learning-rate",
      "0.001",
      "--holdout",
      "0.25",
      "--seed",
      "3"
    };
    String[] all = new String[first.length + more.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  @Test
  void fitGenerateAndEvaluateFollowEachOther() throws IOException {
    Said fitted = MainTest.run(fit());
    assertThat(fitted.status()).isZero();
    assertThat(fitted.out()).contains("75 rows of 2, and 25 held out", "4 steps, seed 3");
    assertThat(Files.readString(Path.of(model, "config.json")))
        .contains("\"learning_rate\" : 0.001", "\"width\" : 8", "\"batch\" : 16");

    String csv = folder.resolve("fresh.csv").toString();
    String npy = folder.resolve("fresh.npy").toString();
    Said drawn =
        MainTest.run(
            "generate",
            model,
            "-n",
            "40",
            "--solver",
            "exponential",
            "--steps",
            "6",
            "--batch",
            "16",
            "--seed",
            "7",
            "--threads",
            "1",
            "--out",
            csv,
            "--out",
            npy);
    assertThat(drawn.status()).isZero();
    assertThat(drawn.out()).contains("exponential, 6 steps, seed 7");
    assertThat(Files.readString(Path.of(csv))).contains("x,y\n");
    assertThat(Path.of(npy)).isNotEmptyFile();

    String json = folder.resolve("figures.json").toString();
    Said judged =
        MainTest.run(
            "evaluate",
            csv,
            "--against",
            data,
            "--label",
            "kind",
            "--holdout",
            "0.25",
            "--rows",
            "60",
            "--seed",
            "2",
            "--out",
            json);
    assertThat(judged.status()).isZero();
    assertThat(judged.out()).contains("sliced Wasserstein", "Copies?");
    assertThat(Path.of(json)).isNotEmptyFile();
  }

  @Test
  void aFitThatIsStoppedEndsWith130AndTheSameCommandResumes() {
    AtomicInteger asked = new AtomicInteger();
    Said stopped = MainTest.run(() -> asked.incrementAndGet() > 3, fit());
    assertThat(stopped.status()).isEqualTo(130);
    assertThat(stopped.out()).contains("The same command resumes.");
    Said resumed = MainTest.run(fit());
    assertThat(resumed.status()).isZero();
    assertThat(resumed.out()).contains("Resuming at step");
    assertThat(MainTest.run(fit()).out()).contains("is finished");
    assertThat(MainTest.run(fit("--fresh")).out()).doesNotContain("Resuming", "is finished");
  }

  @Test
  void aRefusedSettingIsNamedAsTheFlagThatItCameFrom() {
    refuse("--steps: must be at least 1, got 0", "fit", data, "--out", model, "--steps", "0");
    refuse("--holdout: must be", "fit", data, "--out", model, "--holdout", "1.5");
    refuse("--minutes: must be positive", "fit", data, "--out", model, "--minutes", "0");
    refuse("--size: must be even", "fit", data, "--out", model, "--size", "9");
    refuse("--image: \"8y8\" is not a shape", "fit", data, "--out", model, "--image", "8y8");
    refuse("pass --label kind", "fit", data, "--out", model, "--steps", "2");
    refuse("--count: must be", "generate", "mixture", "-n", "0", "--out", "x.csv");
    refuse("--solver: must be one of", "generate", "mixture", "--solver", "no", "--out", "x.csv");
    refuse("--rows: must be", "evaluate", data, "--against", data, "--rows", "3");
    refuse("--threads: must be", "demo", "--threads", "0");
  }

  private static void refuse(String why, String... args) {
    Said said = MainTest.run(args);
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains(why).hasLineCount(1);
  }
}
