package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Model;
import dev.langevin.io.InputError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FittedEnergyTest {
  @TempDir Path folder;

  private static LearningSettings how(String objective, String precision) {
    return new LearningSettings(
        Optional.of(objective),
        Optional.empty(),
        Optional.empty(),
        LearningSettings.SPREAD,
        precision,
        1,
        false,
        OptionalDouble.empty(),
        NetworkChoice.SUITING,
        LearningSettings.CHECKPOINT_SECONDS);
  }

  private FitJob fit(DataSource data, String objective, long steps, Path out) {
    FitSettings settings = Toys.settings(steps).with(how(objective, LearningSettings.AUTO));
    return new FitJob(data, settings, 1, out, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit", "sliced", "cd"})
  void whatIsFittedIsSampledInTheColumnsOfTheData(String objective) throws IOException {
    Path model = folder.resolve("energy");
    Recorder console = new Recorder();
    assertThat(fit(Toys.source(Toys.table(folder)), objective, 30, model).run(console))
        .isEqualTo(Ending.FINISHED);
    assertThat(console.text()).contains("Next:  langevin sample " + model);
    Recorder sampling = new Recorder();
    SampleSettings settings = SampleSettings.of("mala", 3);
    new SampleJob(model.toString(), settings, 1, Optional.empty(), false, false).run(sampling);
    assertThat(sampling.text()).contains("d = 3").contains("count");
  }

  @Test
  void theReportIsTheDatasScaleAndTheGradientTheDensitys() throws IOException {
    Path model = folder.resolve("energy");
    fit(Toys.source(Toys.table(folder)), "sliced", 20, model).run(new Recorder());
    try (FittedEnergy energy = Objects.requireNonNull(FittedEnergy.open(model.toString()))) {
      Model density = energy.target().model().get();
      double[] reported = new double[3];
      density.report(new double[3], reported);
      assertThat(reported[0]).isBetween(97.0, 103.0); // the mean of the ring's first column
      double[] gradient = new double[3];
      double[] x = {0.3, -0.2, 0.4};
      density.logDensity(x, gradient);
      for (int j = 0; j < 3; j++) {
        double[] near = x.clone();
        near[j] += 0.01;
        double above = density.logDensity(near, new double[3]);
        near[j] -= 0.02;
        double slope = (above - density.logDensity(near, new double[3])) / 0.02;
        assertThat(slope).isCloseTo(gradient[j], within(2e-3));
      }
      assertThat(density.fork().name()).isEqualTo(density.name()).startsWith("energy@");
    }
  }

  @Test
  void anEnergyTakenUpHasTheSameWeightsToTheLastBit() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    fit(data, "sliced", 12, whole).run(new Recorder());
    assertThat(fit(data, "sliced", 12, stopped).run(new Recorder().stoppingAt(5)))
        .isEqualTo(Ending.STOPPED);
    fit(data, "sliced", 12, stopped).run(new Recorder());
    assertThat(stopped.resolve(ModelFolder.WEIGHTS))
        .hasSameBinaryContentAs(whole.resolve(ModelFolder.WEIGHTS));
  }

  @Test
  void theTwoDoorsRefuseEachOthersModelsAndNameTheRightOne() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path energy = folder.resolve("energy");
    Path denoiser = folder.resolve("denoiser");
    fit(data, "sliced", 2, energy).run(new Recorder());
    Toys.fit(data, 2, denoiser).run(new Recorder());
    assertThatThrownBy(() -> ModelSource.open(energy.toString()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("langevin sample " + energy);
    assertThatThrownBy(() -> FittedEnergy.open(denoiser.toString()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("langevin generate " + denoiser);
    assertThat(FittedEnergy.open("gaussian")).isNull();
    assertThat(FittedEnergy.open(folder.resolve("nothing").toString())).isNull();
  }

  @Test
  void whatCannotBeLearnedIsRefusedWithARemedy() throws IOException {
    assertThatThrownBy(
            () -> fit(Toys.images(folder), "sliced", 2, folder.resolve("a")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("holds images");
    Path wide =
        Files.writeString(
            folder.resolve("wide.csv"),
            "a,b,c,d,e,f,g,h,i\n" + "1,2,3,4,5,6,7,8,9\n2,3,4,5,6,7,8,9,1\n3,4,5,6,7,8,9,1,2\n");
    DataSource nine = DataSource.of(wide.toString());
    assertThatThrownBy(() -> fit(nine, "implicit", 2, folder.resolve("b")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("at most 8")
        .hasMessageContaining("--objective sliced");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> how("cd", "bf16"))
        .withMessageContaining("precision must be fp32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> how("sliced", LearningSettings.AUTO).withClasses(0.1))
        .withMessageContaining("labels must be left out");
  }
}
