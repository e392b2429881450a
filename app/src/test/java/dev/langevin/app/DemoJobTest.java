package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.io.Datasets;
import dev.langevin.io.InputError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
              "hmc", Map.of(), 4, 60, 60, 1, OptionalDouble.empty(), Optional.empty(), 2));

  private static Ending run(Path out, Console console) throws IOException {
    return new Demo(new DemoJob(out, 2, 1), LITTLE).run(console);
  }

  @Test
  void writesEverythingAndTheSameSamplesTheSecondTime() throws IOException {
    Path out = folder.resolve("demo");
    Recorder console = new Recorder();
    assertThat(run(out, console)).isEqualTo(Ending.FINISHED);
    assertThat(console.text()).contains("report.html", "digits.png");
    assertThat(Datasets.read(out.resolve("samples.npy")).rows()).isEqualTo(40);
    String report = Files.readString(out.resolve("report.html")).replaceAll("base64,[^\"]*", "");
    assertThat(report)
        .contains("School A", "theta[1]", "Are they copies?", "langevin fit digits")
        .doesNotContain("<script", "src=\"http", "NaN");

    Path elsewhere = folder.resolve("first");
    Files.move(out, elsewhere);
    Files.createDirectory(out);
    Files.copy(elsewhere.resolve("demo.json"), out.resolve("demo.json")); // an earlier demo's
    assertThat(run(out, new Recorder())).isEqualTo(Ending.FINISHED);
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
      assertThat(out.resolve(name)).hasSameBinaryContentAs(elsewhere.resolve(name));
    }
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
