package dev.langevin.interchange;

import static dev.langevin.interchange.Compatibility.CORRECTED;
import static dev.langevin.interchange.Compatibility.DIFFUSERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.solver.Generation;
import dev.langevin.solver.SchedulerLoops;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Scheduler configs, read and run, give what diffusers' own loops give: 15 in full (scheduler_loops.json), the others by Σ|x| and two elements. */
class GoldenSchedulersTest {
  private static final double RELATIVE = 1e-5;

  @TestFactory
  List<DynamicTest> the_loops_of_diffusers_come_out_of_their_configs() {
    return SchedulerLoops.rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("scheduler") + " " + row.get("steps") + " " + row.get("config"),
                    () -> agrees(row)))
        .toList();
  }

  private static void agrees(Map<?, ?> row) {
    SchedulerConfig config =
        SchedulerConfig.of((String) Objects.requireNonNull(row.get("scheduler")));
    Map<?, ?> settings = (Map<?, ?>) Objects.requireNonNull(row.get("config"));
    for (Map.Entry<?, ?> one : settings.entrySet()) {
      config = config.with((String) one.getKey(), one.getValue());
    }
    SchedulerRun run = config.run(((Number) Objects.requireNonNull(row.get("steps"))).intValue());
    assertThat(run.notes()).isEmpty();
    sameTimesteps(run, SchedulerLoops.numbers(row, "timesteps"));
    double[] x = DummyLoop.run(run);
    same("sum", SchedulerLoops.sum(x), (Double) Objects.requireNonNull(row.get("sum_abs")));
    double[] last = SchedulerLoops.numbers(row, "final");
    for (int i = 0; i < last.length; i++) {
      same("element " + 37 * i, x[37 * i], last[i]);
    }
  }

  /** Heun's are named twice. */
  private static void sameTimesteps(SchedulerRun run, double[] theirs) {
    double[] ours = ((NamedTimesteps) run.call()).timesteps();
    int stride = theirs.length / ours.length + (theirs.length > ours.length ? 1 : 0);
    for (int k = 0; k < ours.length; k++) {
      double named = theirs[k == 0 ? 0 : stride * k - (stride - 1)];
      assertThat(ours[k]).isCloseTo(named, within(2.5e-4)); // 32-bit floats near 1000, and σ(1)
    }
  }

  /** A run of {@code steps}, ten unless said otherwise. */
  private record Row(String name, SchedulerRun run, double sum, double first, double last) {}

  private static SchedulerRun ten(String name, Object... settings) {
    return config(name, settings).run(10);
  }

  private static SchedulerConfig config(String name, Object... settings) {
    SchedulerConfig config = SchedulerConfig.of(name);
    for (int i = 0; i < settings.length; i += 2) {
      config = config.with((String) settings[i], settings[i + 1]);
    }
    return config;
  }

  private static List<Row> rows() {
    String ddim = "DDIMScheduler";
    String ddpm = "DDPMScheduler";
    String dpm = "DPMSolverMultistepScheduler";
    String euler = "EulerDiscreteScheduler";
    String unipc = "UniPCMultistepScheduler";
    SchedulerConfig open =
        config(
            ddim,
            "beta_schedule",
            "scaled_linear",
            "beta_start",
            0.00085,
            "beta_end",
            0.012,
            "steps_offset",
            1,
            "set_alpha_to_one",
            false,
            "clip_sample",
            false);
    SchedulerConfig linspace = config(ddim, "timestep_spacing", "linspace");
    return List.of(
        new Row("linspace", linspace.run(10, 0, DIFFUSERS), 191.2540, .002597431, .4980573),
        new Row(
            "cosine",
            ten(ddim, "beta_schedule", "squaredcos_cap_v2"),
            181.3678,
            .002463166,
            .4723120),
        new Row(
            "eta 1",
            SchedulerConfig.of(ddim).run(10, 1, CORRECTED),
            234.8298,
            -.04466436,
            -.0613706),
        new Row("open", open.run(10), 183.2582, .002488839, .4772351),
        new Row("ddpm", SchedulerConfig.of(ddpm).run(1000), 258.9606, -.4248993, -.01478602),
        new Row(
            "ddpm large",
            config(ddpm, "variance_type", "fixed_large").run(1000),
            261.2067,
            -.4304162,
            -.01006288),
        new Row("ddpm 50", SchedulerConfig.of(ddpm).run(50), 257.8712, .1986858, -.1371661),
        new Row(
            "3 as shipped",
            config(dpm, "solver_order", 3).run(10, 0, DIFFUSERS),
            187.5937,
            .00254772,
            .4885251),
        new Row("karras", ten(dpm, "use_karras_sigmas", true), 226.1858, .003071842, .5890258),
        new Row("lu", ten(dpm, "use_lu_lambdas", true), 208.9952, .002838375, .5442582),
        new Row(
            "sigma_min", ten(dpm, "final_sigmas_type", "sigma_min"), 187.5533, .00254717, .4884200),
        new Row(
            "sde", ten(dpm, "algorithm_type", "sde-dpmsolver++"), 278.8484, .1846792, .001405615),
        new Row(
            "euler trailing",
            ten(euler, "timestep_spacing", "trailing"),
            170.0316,
            .002309207,
            .4427905),
        new Row(
            "euler karras", ten(euler, "use_karras_sigmas", true), 160.3038, .002177094, .4174578),
        new Row(
            "ancestral", ten("EulerAncestralDiscreteScheduler"), 234.5906, -.0519705, -.06024175),
        new Row(
            "heun karras",
            config("HeunDiscreteScheduler", "beta_start", 1e-4, "beta_end", 0.02)
                .with("use_karras_sigmas", true)
                .run(10),
            237.6863,
            .003228029,
            .6189748),
        new Row("unipc 3", ten(unipc, "solver_order", 3), 187.5004, .002546454, .4882823),
        new Row(
            "unipc v",
            ten(unipc, "prediction_type", "v_prediction"),
            76.5825,
            .001040071,
            .1994336),
        new Row("edm", ten("EDMEulerScheduler"), 34.18554, -4.642755e-4, -.08902484),
        new Row(
            "pndm", ten("PNDMScheduler", "skip_prk_steps", true), 197.7155, .002685186, .5148842));
  }

  @TestFactory
  List<DynamicTest> further_runs_come_out() {
    return rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.name, () -> agrees(row)))
        .toList();
  }

  private static void agrees(Row row) {
    double[] x = DummyLoop.run(row.run);
    assertThat(SchedulerLoops.sum(x)).isCloseTo(row.sum, within(RELATIVE * row.sum));
    sameElement(row, x[1], row.first);
    sameElement(row, x[((3 * 3 + 2) * 8 + 7) * 8 + 7], row.last);
  }

  /** With noise, points as large as 4 are rounded to 32 bits after each of their N steps, which is a walk of N steps of 4 · 2⁻²⁴ at most. */
  private static void sameElement(Row row, double ours, double theirs) {
    Generation generation = row.run.generation();
    double walk = 4 * 0x1p-24 * Math.sqrt(generation.steps());
    double slack = generation.solver().stochastic() ? walk : 0;
    assertThat(ours).isCloseTo(theirs, within(RELATIVE * Math.abs(theirs) + slack));
  }

  private static void same(String what, double ours, double theirs) {
    assertThat(ours).as(what).isCloseTo(theirs, within(RELATIVE * Math.abs(theirs)));
  }
}
