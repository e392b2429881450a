package dev.langevin.interchange;

import static dev.langevin.interchange.Compatibility.CORRECTED;
import static dev.langevin.interchange.Compatibility.DIFFUSERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Betas;
import dev.langevin.diffusion.Clipping;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.diffusion.Timesteps.Between;
import dev.langevin.diffusion.Timesteps.Rule;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.Preconditioning;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.ClippedDdim;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.DiffusersDdim;
import dev.langevin.solver.DpmSolverPlusPlus;
import dev.langevin.solver.Euler;
import dev.langevin.solver.EulerAncestral;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Plms;
import dev.langevin.solver.SdeDpmSolverPlusPlus;
import dev.langevin.solver.Solver;
import dev.langevin.solver.UniPc;
import dev.langevin.solver.UnitStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulerConfigTest {
  private static SchedulerConfig config(String name, @Nullable Object... settings) {
    SchedulerConfig config = SchedulerConfig.of(name + "Scheduler");
    for (int i = 0; i < settings.length; i += 2) {
      config = config.with((String) settings[i], settings[i + 1]);
    }
    return config;
  }

  private static Solver bare(SchedulerRun run) {
    return ((UnitStart) run.generation().solver()).solver();
  }

  static List<String> names() {
    return SchedulerConfig.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_class_runs_with_its_defaults_and_comes_back_from_its_map(String name) {
    SchedulerConfig config = SchedulerConfig.of(name);
    SchedulerRun run = config.run(20);
    assertThat(run.generation().grid().steps()).isBetween(19, 20);
    Map<String, @Nullable Object> map = config.toMap("0.40.0.dev0");
    assertThat(map.keySet()).startsWith("_class_name", "_diffusers_version");
    assertThat(SchedulerConfig.of(map)).isEqualTo(config);
  }

  @Test
  void settings_that_are_left_out_have_the_defaults_and_old_names_are_understood() {
    Map<String, Object> old =
        Map.of("_class_name", "DDPMScheduler", "_name_or_path", "x", "predict_epsilon", false);
    SchedulerConfig config = SchedulerConfig.of(old);
    assertThat(config.settings()).containsEntry("beta_end", 0.02).hasSize(15);
    assertThat(config.settings()).containsEntry("prediction_type", "sample");
    assertThat(config.unknown()).isEmpty();
    NamedTimesteps call = (NamedTimesteps) config.run(5).call();
    assertThat(call.chain().form()).isEqualTo(Prediction.DENOISED);
  }

  @Test
  void a_setting_of_another_class_is_noted() {
    Map<String, Object> map = new HashMap<>();
    map.put("_class_name", "EulerDiscreteScheduler");
    map.put("skip_prk_steps", true);
    map.put("clip_sample", null);
    assertThat(SchedulerConfig.of(map).run(5).notes())
        .containsExactly(
            "skip_prk_steps is no setting of EulerDiscreteScheduler and has no effect");
  }

  @ParameterizedTest
  @CsvSource({
    "DDPM, variance_type, learned",
    "DDPM, beta_schedule, quadratic",
    "DDPM, beta_start, 0",
    "DDPM, prediction_type, flow",
    "DDPM, clip_sample, yes",
    "DDPM, timestep_spacing, uniform",
    "DDIM, clip_sample_range, wide",
    "EulerDiscrete, timestep_type, continuous",
    "EulerDiscrete, interpolation_type, log_linear",
    "DPMSolverMultistep, algorithm_type, dpmsolver",
    "DPMSolverMultistep, solver_order, four",
    "DPMSolverMultistep, variance_type, learned",
    "DPMSolverMultistep, final_sigmas_type, one",
    "DPMSolverMultistep, use_flow_sigmas, true",
    "UniPCMultistep, solver_type, bh3",
    "UniPCMultistep, predict_x0, false",
    "UniPCMultistep, solver_p, x",
    "UniPCMultistep, disable_corrector, x",
    "EDMEuler, sigma_schedule, linear",
    "EDMEuler, prediction_type, sample",
    "ScoreSdeVe, snr, 2",
  })
  void what_is_not_supported_is_refused_by_name(String name, String key, String text) {
    Object value =
        text.matches("\\d+") ? (Object) Integer.valueOf(text) : text.equals("true") ? true : text;
    assertThatThrownBy(() -> config(name, key, value).run(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key + " must be");
  }

  @Test
  void unknown_classes_and_keys_are_refused() {
    assertThatThrownBy(() -> SchedulerConfig.of("LMSDiscreteScheduler"))
        .hasMessageStartingWith("_class_name must be one of DDPMScheduler, ")
        .hasMessageEndingWith("got LMSDiscreteScheduler");
    assertThatThrownBy(() -> SchedulerConfig.of(Map.of("beta_end", 1)))
        .hasMessage("_class_name must be a text, got null");
    assertThatThrownBy(() -> config("DDPM", "skip_prk_steps", true))
        .hasMessage("DDPMScheduler has no setting skip_prk_steps");
    assertThatThrownBy(() -> config("DDPM", "steps_offset", 1).run(1000))
        .hasMessage("timesteps must be below 1000, got 1000.0");
    assertThatThrownBy(
            () ->
                config("Heun" + "Discrete", "use_karras_sigmas", true, "use_beta_sigmas", true)
                    .run(9))
        .hasMessage("use_beta_sigmas must be false beside use_karras_sigmas");
  }

  /** The bugs of the other side, each with its two answers. */
  @Test
  void errors_are_made_only_if_asked_for_and_noted_either_way() {
    SchedulerConfig linspace = config("DDIM", "timestep_spacing", "linspace", "clip_sample", false);
    assertThat(bare(linspace.run(10))).isEqualTo(new Ddim());
    assertThat(linspace.run(10).notes())
        .singleElement()
        .asString()
        .endsWith("here each step leads to the next level");
    SchedulerRun there = linspace.run(10, 0.5, DIFFUSERS);
    assertThat(bare(there)).isEqualTo(new DiffusersDdim(DiscreteSchedule.linear(), 0.5));
    assertThat(there.notes()).singleElement().asString().endsWith("this is repeated, as asked");
    SchedulerConfig trailing = linspace.with("timestep_spacing", "trailing");
    assertThat(trailing.run(10).notes()).isEmpty();
    assertThat(trailing.run(30).notes()).hasSize(1);
    assertThatThrownBy(() -> linspace.with("set_alpha_to_one", false).run(9, 0, DIFFUSERS))
        .hasMessageStartingWith("set_alpha_to_one must be true");
    SchedulerConfig third = config("DPMSolverMultistep", "solver_order", 3);
    assertThat(bare(third.run(20)))
        .isEqualTo(new DpmSolverPlusPlus(3, DpmSolverPlusPlus.Rule.MIDPOINT, false, 15));
    assertThat(bare(third.run(20, 0, DIFFUSERS)))
        .isEqualTo(DpmSolverPlusPlus.diffusers(3, DpmSolverPlusPlus.Rule.MIDPOINT));
    assertThat(third.run(20).notes()).hasSize(1);
    assertThat(config("DDPM", "variance_type", "fixed_large_log").run(10).notes())
        .singleElement()
        .asString()
        .contains("NaN in diffusers");
    assertThat(config("DDPM", "variance_type", "fixed_large", "steps_offset", 1).run(10).notes())
        .singleElement()
        .asString()
        .contains("in the last step too");
  }

  @Test
  void clipping_goes_where_the_scheduler_has_it() {
    assertThat(config("DDPM").run(5).clipping()).contains(new Clipping.Clamp(1));
    SchedulerRun ddim = config("DDIM", "clip_sample_range", 2).run(5);
    assertThat(ddim.clipping()).isEmpty();
    assertThat(bare(ddim)).isEqualTo(new ClippedDdim(new Ddim(), new Clipping.Clamp(2)));
    SchedulerConfig dynamic =
        config("UniPCMultistep", "thresholding", true, "sample_max_value", 3.5);
    assertThat(dynamic.run(5).clipping()).contains(new Clipping.Dynamic(0.995, 3.5));
    assertThat(config("HeunDiscrete").run(5).clipping()).isEqualTo(Optional.empty());
  }

  @Test
  void ends_of_the_levels_are_as_set() {
    DiscreteSchedule linear = DiscreteSchedule.linear();
    TimeGrid zero = config("EulerDiscrete").run(10).generation().grid();
    assertThat(zero.time(10)).isZero();
    TimeGrid open =
        config("EulerDiscrete", "final_sigmas_type", "sigma_min").run(10).generation().grid();
    assertThat(open.steps()).isEqualTo(9); // from σ of timestep 0 to itself is no step
    assertThat(open.time(9)).isEqualTo(linear.sigma(1));
    TimeGrid dpm =
        config("DPMSolverMultistep", "final_sigmas_type", "sigma_min").run(10).generation().grid();
    assertThat(dpm.time(10)).isEqualTo(linear.sigma(1));
    TimeGrid own =
        config("EulerDiscrete", "use_karras_sigmas", true, "sigma_min", 0.1, "sigma_max", 5)
            .run(10)
            .generation()
            .grid();
    assertThat(own).isEqualTo(TimeGrid.karras(10, 0.1, 5, 7));
    TimeGrid beta = config("HeunDiscrete", "use_beta_sigmas", true).run(3).generation().grid();
    assertThat(beta.time(1)).isCloseTo((beta.time(0) + beta.time(2)) / 2, within(1e-9)); // a median
    TimeGrid clipped =
        config("DPMSolverMultistep", "lambda_min_clipped", -3.0).run(10).generation().grid();
    assertThat(clipped.time(0)).isBetween(0.95 * Math.exp(3), Math.exp(3));
  }

  @Test
  void starts_are_as_there() {
    double top = DiscreteSchedule.linear().sigma(1000);
    assertThat(start(config("EulerDiscrete"))).isEqualTo(top);
    SchedulerConfig leading = config("EulerDiscrete", "timestep_spacing", "leading");
    double sigma = leading.run(10).generation().grid().time(0);
    assertThat(start(leading)).isEqualTo(Math.sqrt(1 + sigma * sigma));
    assertThat(start(config("EDMEuler"))).isEqualTo(Math.sqrt(6401));
    assertThat(start(config("ScoreSdeVe"))).isEqualTo(1348);
  }

  private static double start(SchedulerConfig config) {
    SchedulerRun run = config.run(10);
    return run.generation().solver().startingScale(run.generation().grid().time(0));
  }

  @Test
  void networks_are_called_as_they_were_trained() {
    Preconditioning edm = config("EDMEuler", "prediction_type", "v_prediction").run(5).call();
    assertThat(edm.cIn(0.5)).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(edm.cNoise(0.5)).isEqualTo(Math.log(0.5) / 4);
    assertThat(edm.denoised(2, 3, 0.5)).isCloseTo(1.5 - 2 * 0.25 * Math.sqrt(2), within(1e-14));
    Preconditioning score = config("ScoreSdeVe").run(5).call();
    assertThat(score.cNoise(7)).isEqualTo(7);
    assertThat(score.denoised(-2, 3, 0.5)).isEqualTo(2.5);
    Preconditioning chain = config("DDPM", "prediction_type", "v_prediction").run(5).call();
    double sigma = DiscreteSchedule.linear().sigma(401);
    assertThat(chain.cNoise(sigma)).isEqualTo(400);
    assertThat(chain.cNoise(DiscreteSchedule.linear().sigma(300.5)))
        .isCloseTo(299.5, within(1e-9)); // not one of those visited
    double a = 1 / Math.hypot(1, sigma);
    assertThat(chain.denoised(0.3, 2, sigma)).isCloseTo(a * a * 2 - a * sigma * 0.3, within(1e-13));
  }

  static List<SchedulerConfig> exported() {
    DiscreteSchedule linear = DiscreteSchedule.linear();
    DiscreteSchedule scaled = new DiscreteSchedule(Betas.scaledLinear(500, 0.00085, 0.012));
    DiscreteSchedule cosine = new DiscreteSchedule(Betas.squaredCosine(100));
    DiscreteSchedule own = new DiscreteSchedule(new double[] {0.1, 0.3, 0.2, 0.5, 0.4});
    DpmSolverPlusPlus.Rule heun = DpmSolverPlusPlus.Rule.HEUN;
    Prediction noise = Prediction.NOISE;
    Prediction velocity = Prediction.VELOCITY;
    Timesteps leading = new Timesteps(linear, Rule.LEADING, 1, Between.ROUNDED, true);
    Timesteps trailing = new Timesteps(cosine, Rule.TRAILING);
    Timesteps between = new Timesteps(scaled, Rule.LINSPACE, 0, Between.SIGMA, true);
    Timesteps without = new Timesteps(linear, Rule.LINSPACE, 0, Between.ROUNDED, false);
    return List.of(
        SchedulerExport.of(new Ddpm(Ddpm.Variance.LARGE), trailing, velocity),
        SchedulerExport.of(new UnitStart(new Ddim()), leading, noise),
        SchedulerExport.of(new Plms(), leading, Prediction.DENOISED),
        SchedulerExport.of(new Euler(), between, noise),
        SchedulerExport.of(new EulerAncestral(), trailing, noise),
        SchedulerExport.of(new Heun(), between, velocity),
        SchedulerExport.of(new DpmSolverPlusPlus(2, heun, false, 0), without, noise),
        SchedulerExport.of(SdeDpmSolverPlusPlus.diffusers(2, heun), without, noise),
        SchedulerExport.of(UniPc.diffusers(3, UniPc.Scale.BH2), without, noise),
        SchedulerExport.of(new Ddpm(), new Timesteps(own, Rule.LEADING), noise),
        SchedulerExport.edm(new Euler(), new Spacing.Karras(5), 0.01, 50, 0.4),
        SchedulerExport.edm(new DpmSolverPlusPlus(2), new Spacing.LogSnr(), 0.01, 50, 0.4));
  }

  /** The solver and levels come back from the config: exporting what was read gives the config again. */
  @ParameterizedTest
  @MethodSource("exported")
  void what_is_exported_is_read_as_what_it_was(SchedulerConfig config) {
    SchedulerRun run = config.run(4);
    if (run.call() instanceof NamedTimesteps named) {
      String rule = String.valueOf(config.settings().get("timestep_spacing"));
      Rule read = Rule.valueOf(rule.toUpperCase(java.util.Locale.ROOT));
      int offset = (Integer) Objects.requireNonNull(config.settings().get("steps_offset"));
      String name = config.className();
      boolean first = !name.startsWith("DPM") && !name.startsWith("UniPC");
      Between between = read == Rule.LINSPACE && first ? Between.SIGMA : Between.ROUNDED;
      Timesteps spacing = new Timesteps(named.chain().schedule(), read, offset, between, first);
      assertThat(SchedulerExport.of(run.generation().solver(), spacing, named.chain().form()))
          .isEqualTo(config);
    } else {
      assertThat(run.generation().grid().time(0)).isEqualTo(50);
      assertThat(run.generation().grid().time(3)).isEqualTo(0.01);
      assertThat(((EdmObjective) run.call()).sigmaData()).isEqualTo(0.4);
    }
  }

  @Test
  void what_diffusers_cannot_do_is_not_exported() {
    Timesteps linspace = new Timesteps(DiscreteSchedule.linear(), Rule.LINSPACE);
    assertThatThrownBy(() -> SchedulerExport.of(new Ddim(), linspace, Prediction.NOISE))
        .hasMessageContaining("leading with ddim");
    assertThatThrownBy(() -> SchedulerExport.of(new Ddim(0.5), linspace, Prediction.NOISE))
        .hasMessageStartingWith("solver must be one that diffusers has");
    assertThatThrownBy(() -> SchedulerExport.of(new Euler(), linspace, Prediction.NOISE))
        .hasMessageStartingWith("between must be SIGMA");
    assertThatThrownBy(
            () -> SchedulerExport.of(new DpmSolverPlusPlus(3), linspace, Prediction.NOISE))
        .hasMessageContaining("halve");
    assertThatThrownBy(() -> SchedulerExport.of(new UniPc(2), linspace, Prediction.NOISE))
        .hasMessageStartingWith("spacing must not reach the first timestep");
    assertThatThrownBy(
            () -> SchedulerExport.of(new UniPc(2, UniPc.Scale.BH2, 7), linspace, Prediction.NOISE))
        .hasMessageStartingWith("lowerBelow must be 0 or");
    assertThatThrownBy(() -> SchedulerExport.of(new Ddpm(), linspace, Prediction.SCORE))
        .hasMessageContaining("SCORE");
  }

  /** Ten thousand configs with damaged values: a run or a refusal, never another exception. */
  @Test
  void damaged_settings_are_read_or_refused() {
    AddressedRandom random = Seed.of(3).random();
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      String name = names().get(random.nextInt(names().size()));
      Map<String, @Nullable Object> map = new HashMap<>(SchedulerConfig.of(name).toMap("0"));
      map.put("num_train_timesteps", 50);
      List<String> keys = new ArrayList<>(map.keySet());
      keys.sort(null);
      for (int wound = 0; wound < 3; wound++) {
        String key = keys.get(random.nextInt(keys.size()));
        map.put(key, WOUNDS.get(random.nextInt(WOUNDS.size())));
      }
      try {
        SchedulerConfig.of(map).run(1 + random.nextInt(6), random.nextDouble(), CORRECTED);
      } catch (IllegalArgumentException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(2_000, 9_900);
  }

  private static final List<@Nullable Object> WOUNDS = wounds();

  private static List<@Nullable Object> wounds() {
    List<@Nullable Object> wounds = new ArrayList<>();
    wounds.add(null);
    wounds.addAll(
        List.of(
            0,
            1,
            -1,
            3,
            2.5,
            0.5,
            1e-300,
            1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            true,
            false,
            "",
            "linear",
            "squaredcos_cap_v2",
            "trailing",
            "leading",
            "heun",
            "bh1",
            "sigma_min",
            "v_prediction",
            "fixed_large",
            "exponential",
            List.of(),
            List.of(0.1, 0.2),
            List.of("x"),
            List.of(0.5, 1.5),
            Map.of(),
            new java.math.BigInteger("9".repeat(400))));
    return wounds;
  }
}
