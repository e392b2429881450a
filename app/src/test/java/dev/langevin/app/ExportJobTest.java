package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.io.Datasets;
import dev.langevin.io.DiffusersFolder;
import dev.langevin.io.InputError;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.Objective;
import dev.langevin.solver.AddressedNoise;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Solver;
import dev.langevin.solver.UnitStart;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingSettings;
import dev.langevin.tensor.UNet2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportJobTest {
  @TempDir Path folder;

  private static UNet2D unet() {
    Map<String, Object> config = new HashMap<>();
    config.put("sample_size", 4);
    config.put("in_channels", 1);
    config.put("out_channels", 1);
    config.put("block_out_channels", List.of(8, 8));
    config.put("down_block_types", List.of("DownBlock2D", "AttnDownBlock2D"));
    config.put("up_block_types", List.of("AttnUpBlock2D", "UpBlock2D"));
    config.put("layers_per_block", 1);
    config.put("norm_num_groups", 4);
    return UNet2D.fromConfig(config);
  }

  /** A model of bars of 16 steps, as 'fit' leaves it. */
  private Path fitted(String objective) {
    DataSource source = Toys.images(folder);
    Dataset data = source.read();
    Objective asked =
        ObjectiveMenu.of(
            Optional.of(objective), Optional.empty(), Optional.empty(), new EdmObjective(), true);
    TrainingSettings training =
        TrainingSettings.defaults(unet(), 3).withObjective(asked).withBatch(8).withSteps(16);
    Scaling scaling = Scaling.of(data, training);
    ModelConfig config =
        new ModelConfig(
            "test",
            training,
            scaling,
            DataFacts.of(source, data),
            0,
            Budget.of(FitSettings.ofSteps(16, 3)),
            Optional.empty());
    float[] rows = scaling.toNetwork(data.values());
    Path model = folder.resolve(objective + ".model");
    try (Trainer trainer = new Trainer(training, rows, data.rows())) {
      for (int i = 0; i < 16; i++) {
        trainer.step();
      }
      new ModelFolder(model).create(config, trainer.checkpoint(), new History());
    }
    return model;
  }

  private Path exported(Path model, String solver, boolean raw) {
    Path out = folder.resolve("exported-" + raw);
    new ExportJob(model, out, solver, Map.of(), raw).run(new Recorder());
    return out;
  }

  /** What is drawn here of the same network, on the levels of the scheduler, from 0 for -1 to 255 for 1. */
  private static double[] drawn(Path model, Solver solver) {
    try (ModelSource source = ModelSource.open(model.toString())) {
      DiscreteSchedule chain = DiscreteSchedule.linear();
      Timesteps spacing = new Timesteps(chain, Timesteps.Rule.LEADING);
      assertThat(source.network()).isNotNull();
      double[] z =
          new Generation(new UnitStart(solver), spacing, 5, 0.002, 80)
              .sample(
                  source.denoiser(),
                  3,
                  new AddressedNoise(Generate.address(0)),
                  (done, total) -> true);
      return Arrays.stream(z).map(x -> Math.max(0, Math.min(255, 127.5 + 127.5 * x))).toArray();
    }
  }

  /** Barely trained networks, whose pictures differ in {@code least} numbers: half of one for the rounding to whole ones, and a little for that of the network's 32 bits. */
  @ParameterizedTest
  @CsvSource({"ddpm, ddim, 2", "v, ddpm, 20", "x0, ddim, 20"})
  void what_is_exported_draws_the_same_pictures(String objective, String solver, int least)
      throws IOException {
    Path model = fitted(objective);
    Path out = folder.resolve("again.npy");
    Path there = exported(model, solver, false);
    SolverSettings how = SolverSettings.of(SolverSettings.OWN, OptionalInt.of(5));
    new GenerateJob(there.toString(), 3, how, 3, 0, 1, List.of(out)).run(new Recorder());
    double[] again = Datasets.read(out).values();
    double[] expected = drawn(model, solver.equals("ddpm") ? new Ddpm() : new Ddim());
    for (int i = 0; i < again.length; i++) {
      assertThat(again[i]).as("number %d", i).isCloseTo(expected[i], within(0.51));
    }
    assertThat(Arrays.stream(again).distinct().count()).isGreaterThan(least);
  }

  @Test
  void the_folder_has_the_keys_the_shapes_and_the_configs_of_diffusers() {
    Path there = exported(fitted("v"), "ddpm", false);
    DiffusersFolder read = DiffusersFolder.read(there);
    assertThat(read.pipeline()).isEqualTo("DDPMPipeline");
    DiffusersFolder theirs = DiffusersFolder.read(DiffusersModelTest.pipeline());
    assertThat(read.network().keySet()).isEqualTo(theirs.network().keySet());
    assertThat(read.scheduler().keySet()).isEqualTo(theirs.scheduler().keySet());
    assertThat(read.scheduler())
        .containsEntry("prediction_type", "v_prediction")
        .containsEntry("clip_sample", false)
        .containsEntry("beta_schedule", "linear");
    assertThat(UNet2D.fromConfig(new HashMap<>(read.network()))).isEqualTo(unet());
    assertThat(read.weights().stream().map(a -> a.name()).sorted().toList())
        .isEqualTo(unet().weightNames().stream().sorted().toList());
  }

  @Test
  void raw_weights_are_others_than_their_average() {
    Path model = fitted("ddpm");
    DiffusersFolder average = DiffusersFolder.read(exported(model, "ddpm", false));
    DiffusersFolder raw = DiffusersFolder.read(exported(model, "ddpm", true));
    assertThat(raw.weights()).isNotEqualTo(average.weights());
    assertThat(raw.network()).isEqualTo(average.network());
  }

  @ParameterizedTest
  @ValueSource(strings = {"edm", "smld", "score"})
  void what_diffusers_cannot_express_is_refused_with_what_can_be(String objective) {
    Path model = fitted(objective);
    assertThatThrownBy(() -> exported(model, "ddpm", false))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("--objective ddpm");
  }

  @Test
  void networks_and_solvers_that_diffusers_has_not_are_refused() throws IOException {
    Path model = folder.resolve("bars.model");
    Toys.fit(Toys.images(folder), 4, model).run(new Recorder());
    assertThatThrownBy(() -> exported(model, "ddpm", false))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("its network is a UNet")
        .hasMessageContaining("--size small");
    Path good = fitted("ddpm");
    for (String solver : List.of("heun", "exponential", "dpm++")) {
      assertThatThrownBy(() -> exported(good, solver, false))
          .isInstanceOf(InputError.class)
          .hasMessageContaining("--solver")
          .hasMessageContaining("Choose ddpm, ddim, plms");
    }
    assertThatThrownBy(() -> new ExportJob(good, folder, "heum", Map.of(), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pixels_of_a_network_of_timesteps_lie_between_minus_one_and_one() {
    Dataset data = Toys.images(folder).read();
    TrainingSettings settings =
        TrainingSettings.defaults(unet(), 1)
            .withObjective(
                ObjectiveMenu.of(
                    Optional.of("v"),
                    Optional.empty(),
                    Optional.empty(),
                    new EdmObjective(),
                    true));
    float[] z = Scaling.of(data, settings).toNetwork(data.values());
    float low = 0;
    float high = 0;
    for (float value : z) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    assertThat(low).isEqualTo(-1);
    assertThat(high).isEqualTo(1);
  }
}
