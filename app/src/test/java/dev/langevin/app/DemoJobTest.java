package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.io.Datasets;
import dev.langevin.io.InputError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoJobTest {
  @TempDir Path folder;

  private static final Demo.Effort LITTLE =
      new Demo.Effort(
          FitSettings.ofSteps(3, 2).withSize(8).withBatch(16),
          40,
          3,
          new SampleSettings(
              "hmc",
              OptionalDouble.empty(),
              OptionalInt.empty(),
              OptionalDouble.empty(),
              4,
              100,
              100,
              1,
              OptionalDouble.empty(),
              2));

  private static Ending run(Path out, Console console) throws IOException {
    return new Demo(new DemoJob(out, 2, 1), LITTLE).run(console);
  }

  @Test
  void writesEverythingAndTheSameSamplesTheSecondTime() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Recorder console = new Recorder();
    assertThat(run(first, console)).isEqualTo(Ending.FINISHED);
    assertThat(console.text()).contains("report.html", "digits.png");
    assertThat(run(second, new Recorder())).isEqualTo(Ending.FINISHED);
    assertThat(run(second, new Recorder())).isEqualTo(Ending.FINISHED); // over the one before
    for (String name :
        List.of(
            "digits.png",
            "digits.npy",
            "samples.npy",
            "real.png",
            "denoising.png",
            "evaluation.json",
            "demo.json",
            "model/weights.safetensors",
            "eight-schools/chain-1.csv",
            "eight-schools/summary.json")) {
      assertThat(first.resolve(name)).hasSameBinaryContentAs(second.resolve(name));
    }
    assertThat(Datasets.read(first.resolve("samples.npy")).rows()).isEqualTo(40);
    String report = Files.readString(first.resolve("report.html"));
    assertThat(report)
        .contains("School A", "theta[1]", "Are they copies?", "langevin fit digits")
        .doesNotContain("<script", "src=\"http", "NaN");
  }

  @Test
  void aDemoThatIsStoppedSaysSo() throws IOException {
    Recorder console = new Recorder().stoppingAt(2);
    Path out = folder.resolve("stopped");
    assertThat(run(out, console)).isEqualTo(Ending.STOPPED);
    assertThat(console.text()).contains("Stopped; what was finished is in");
    assertThat(out.resolve("report.html")).doesNotExist();
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Path thesis = Files.createDirectory(folder.resolve("thesis"));
    Files.writeString(thesis.resolve("digits.png"), "precious");
    assertThatThrownBy(() -> run(thesis, new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("holds something else");
    assertThat(thesis.resolve("digits.png")).hasContent("precious");
  }
}
