package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Betas;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.diffusion.Timesteps.Between;
import dev.langevin.diffusion.Timesteps.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The results of diffusers' own loops, to 1e-5; see the README beside scheduler_loops.json. The stochastic ones with the very noise of torch, draw for draw.
 *
 * <p>Left out: {@code algorithm_type="dpmsolver"}, the older form that extrapolates the noise in λ, is no solver of ours; DPM-Solver++ took its place. DDIM with η = 1 and clipping: diffusers clips x₀ and
 * keeps the noise of the unclipped prediction, so that the two do not belong to one point, which no denoiser can say; without clipping it is the Euler-ancestral loop in other variables.
 */
class GoldenLoopsTest {
  private static final double RELATIVE = 1e-5;
  private static final DiscreteSchedule LINEAR = DiscreteSchedule.linear();
  private static final DiscreteSchedule COSINE = new DiscreteSchedule(Betas.squaredCosine(1000));
  private static final DiscreteSchedule HEUN = linear(0.00085, 0.012);
  private static final DpmSolverPlusPlus.Rule MIDPOINT = DpmSolverPlusPlus.Rule.MIDPOINT;

  private static DiscreteSchedule linear(double first, double last) {
    return new DiscreteSchedule(Betas.linear(1000, first, last));
  }

  /**
   * A scheduler's set-up in our terms.
   *
   * @param scale of the start, in the variables of the solver
   * @param timestep what the network is told at a level σ
   */
  record Loop(
      Solver solver,
      DiscreteSchedule schedule,
      TimeGrid grid,
      double scale,
      DoubleUnaryOperator timestep,
      Prediction form,
      Reading reading) {
    static Loop of(Solver solver, DiscreteSchedule schedule, TimeGrid grid) {
      double scale = Math.hypot(1, grid.time(0)); // N(0, 1) in the preserving variables
      DoubleUnaryOperator timestep = sigma -> schedule.time(sigma) - 1;
      return new Loop(solver, schedule, grid, scale, timestep, Prediction.NOISE, Reading.PLAIN);
    }

    Loop startingAt(double newScale) {
      return new Loop(solver, schedule, grid, newScale, timestep, form, reading);
    }

    Loop rounding() {
      return new Loop(
          solver, schedule, grid, scale, s -> Math.rint(timestep.applyAsDouble(s)), form, reading);
    }

    Loop predicting(Prediction newForm) {
      return new Loop(solver, schedule, grid, scale, timestep, newForm, reading);
    }

    Loop clipping() {
      return new Loop(solver, schedule, grid, scale, timestep, form, Reading.CLIPPED);
    }

    Loop preconditioned() {
      DoubleUnaryOperator noise = sigma -> Math.log(sigma) / 4;
      return new Loop(solver, schedule, grid, scale, noise, form, Reading.PRECONDITIONED);
    }

    /** The result in the preserving variables. */
    double[] run() {
      double[] x = SchedulerLoops.dummy();
      for (int i = 0; i < x.length; i++) {
        x[i] *= scale;
      }
      Solver.Worker worker = solver.on(new Network(this), grid, 1);
      NoiseSource.Reader normals = new TorchNoise(0).reader(768, 1);
      normals.begin(0, 1);
      double[] z = new double[768];
      for (int k = 0; k < grid.steps(); k++) {
        if (solver.stochastic()) {
          normals.fill(k + 1, 1, z);
        }
        worker.step(k, x, 1, z);
      }
      double a = 1 / Math.hypot(1, grid.time(grid.steps()));
      for (int i = 0; i < x.length; i++) {
        x[i] *= a;
      }
      return x;
    }
  }

  /** What becomes of the network's answer. */
  enum Reading {
    PLAIN,
    CLIPPED,
    PRECONDITIONED
  }

  /** model(x, t) = x t/(t + 1), read as noise or velocity. */
  private record Network(Loop loop) implements Denoiser {
    @Override
    public int dimension() {
      return 768;
    }

    @Override
    public void denoise(double[] y, int rows, double sigma, double[] out) {
      double t = loop.timestep.applyAsDouble(sigma);
      double a = 1 / Math.hypot(1, sigma);
      for (int i = 0; i < 768; i++) {
        if (loop.reading == Reading.PRECONDITIONED) {
          double total = sigma * sigma + 0.25;
          double answer = y[i] / Math.sqrt(total) * t / (t + 1);
          out[i] = 0.25 / total * y[i] + sigma * 0.5 / Math.sqrt(total) * answer;
          continue;
        }
        double x = a * y[i];
        out[i] = loop.form.toDenoised(x * t / (t + 1), x, a, a * sigma);
        if (loop.reading == Reading.CLIPPED) {
          out[i] = Math.max(-1, Math.min(1, out[i]));
        }
      }
    }
  }

  @TestFactory
  List<DynamicTest> the_loops_of_diffusers_come_out() {
    return SchedulerLoops.rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("scheduler") + " " + row.get("steps") + " " + row.get("config"),
                    () -> agrees(row)))
        .toList();
  }

  @Test
  void there_are_fifteen() {
    assertThat(SchedulerLoops.rows()).hasSize(15);
  }

  private static void agrees(Map<?, ?> row) {
    int steps = ((Double) Objects.requireNonNull(row.get("steps"))).intValue();
    Map<?, ?> config = (Map<?, ?>) Objects.requireNonNull(row.get("config"));
    Loop loop = loop((String) Objects.requireNonNull(row.get("scheduler")), steps, config);
    sameTimesteps(loop, SchedulerLoops.numbers(row, "timesteps"));
    double[] x = loop.run();
    same("sum", SchedulerLoops.sum(x), (Double) Objects.requireNonNull(row.get("sum_abs")));
    double[] last = SchedulerLoops.numbers(row, "final");
    for (int i = 0; i < last.length; i++) {
      same("element " + 37 * i, x[37 * i], last[i]);
    }
  }

  /** Heun's are named twice. */
  private static void sameTimesteps(Loop loop, double[] theirs) {
    int stride = loop.solver instanceof Heun ? 2 : 1;
    assertThat(theirs).hasSize(stride * loop.grid.steps() - (stride - 1));
    for (int k = 0; k < loop.grid.steps(); k++) {
      double ours = loop.timestep.applyAsDouble(loop.grid.time(k));
      double named = theirs[k == 0 ? 0 : stride * k - (stride - 1)];
      assertThat(ours).isCloseTo(named, within(2.5e-4)); // 32-bit floats near 1000, and σ(1)
    }
  }

  private static Loop loop(String scheduler, int steps, Map<?, ?> config) {
    boolean karras = config.containsKey("use_karras_sigmas");
    Loop loop =
        switch (scheduler) {
          case "DDIMScheduler" ->
              ddim(
                  config.containsKey("beta_schedule") ? COSINE : LINEAR,
                  config.containsKey("timestep_spacing") ? Rule.TRAILING : Rule.LEADING,
                  steps);
          case "EulerDiscreteScheduler" -> sigmas(new Euler(), LINEAR, steps, karras);
          case "HeunDiscreteScheduler" -> sigmas(new Heun(), HEUN, steps, karras);
          case "DPMSolverMultistepScheduler" ->
              multistep(
                  DpmSolverPlusPlus.diffusers(
                      order(config),
                      config.containsKey("solver_type")
                          ? DpmSolverPlusPlus.Rule.HEUN
                          : DpmSolverPlusPlus.Rule.MIDPOINT),
                  steps,
                  karras);
          case "UniPCMultistepScheduler" ->
              multistep(UniPc.diffusers(order(config), UniPc.Scale.BH2), steps, karras);
          default -> throw new IllegalStateException(scheduler);
        };
    return config.containsKey("prediction_type") ? loop.predicting(Prediction.VELOCITY) : loop;
  }

  private static int order(Map<?, ?> config) {
    return config.get("solver_order") instanceof Double order ? order.intValue() : 2;
  }

  private static Loop ddim(DiscreteSchedule schedule, Rule rule, int steps) {
    return Loop.of(new Ddim(), schedule, new Timesteps(schedule, rule).levels(steps));
  }

  private static Loop multistep(Solver solver, int steps, boolean karras) {
    TimeGrid grid =
        karras
            ? TimeGrid.karras(steps, lowest(LINEAR), LINEAR.sigma(1000), 7)
            : new Timesteps(LINEAR, Rule.LINSPACE, 0, Between.ROUNDED, false).levels(steps);
    return Loop.of(solver, LINEAR, grid).rounding();
  }

  /**
   * σ(1) as diffusers has it: 1 - ᾱ of a 32-bit ᾱ near 1 is off by up to 3·10⁻⁴ of itself, which moves all of a Karras grid, and its timesteps by 6·10⁻⁴ at the upper
   * end.
   */
  private static double lowest(DiscreteSchedule schedule) {
    double alphaBar = 1 - (float) schedule.betas()[0]; // exact in double; the float is next
    float rounded = (float) alphaBar;
    return Math.sqrt((1.0 - rounded) / rounded);
  }

  /** Start N(0, σ²). */
  private static Loop sigmas(Solver solver, DiscreteSchedule schedule, int steps, boolean karras) {
    TimeGrid grid =
        karras
            ? TimeGrid.karras(steps, lowest(schedule), schedule.sigma(1000), 7)
            : new Timesteps(schedule, Rule.LINSPACE, 0, Between.SIGMA, true).levels(steps);
    return Loop.of(solver, schedule, grid).startingAt(grid.time(0));
  }

  /** Σ|x|, x[0,0,0,1] and x[3,2,7,7] of further runs of ten steps, measured with diffusers; five digits or more are given. */
  record Row(String name, Loop loop, double sum, double first, double last) {}

  private static List<Row> rows() {
    DpmSolverPlusPlus two = DpmSolverPlusPlus.diffusers(2, MIDPOINT);
    TimeGrid linspace = multistep(two, 10, false).grid;
    Loop leadingEuler = sigmas(new Euler(), LINEAR, 10, false);
    TimeGrid trailing = new Timesteps(LINEAR, Rule.TRAILING).levels(10);
    return List.of(
        new Row("ddim", ddim(LINEAR, Rule.LEADING, 10), 172.0067, .002336032, .4479341),
        new Row("ddim linspace", linspaceDdim(), 191.2540, .002597431, .4980573),
        new Row("ddim trailing", ddim(LINEAR, Rule.TRAILING, 10), 170.0350, .002309255, .4427995),
        new Row("ddim cosine", ddim(COSINE, Rule.LEADING, 10), 181.3678, .002463166, .4723120),
        new Row("ddim to the first level", openDdim(), 183.2582, .002488839, .4772351),
        new Row(
            "dpm++ 3",
            multistep(DpmSolverPlusPlus.diffusers(3, MIDPOINT), 10, false),
            187.5937,
            .00254772,
            .4885251),
        new Row("dpm++ karras", multistep(two, 10, true), 226.1858, .003071842, .5890258),
        new Row("dpm++ lu", lu(two), 208.9952, .002838375, .5442582),
        new Row("dpm++ sigma_min", open(two, linspace), 187.5533, .00254717, .4884200),
        new Row("euler", leadingEuler, 169.4608, .002301457, .4413042),
        new Row(
            "euler trailing",
            Loop.of(new Euler(), LINEAR, trailing).startingAt(trailing.time(0)),
            170.0316,
            .002309207,
            .4427905),
        new Row(
            "euler karras", sigmas(new Euler(), LINEAR, 10, true), 160.3038, .002177094, .4174578),
        new Row(
            "dpm++ heun",
            multistep(DpmSolverPlusPlus.diffusers(2, DpmSolverPlusPlus.Rule.HEUN), 10, false),
            186.7469,
            .00253622,
            .4863203),
        new Row("edm euler", edm(), 34.18554, -4.642755e-4, -.08902484),
        new Row("pndm", pndm(), 197.7155, .002685186, .5148842),
        new Row("ddpm", ddpm(new Ddpm(), 1000), 258.9606, -.4248993, -.01478602),
        new Row(
            "ddpm large",
            ddpm(new Ddpm(Ddpm.Variance.LARGE), 1000),
            261.2067,
            -.4304162,
            -.01006288),
        new Row("ddpm 50", ddpm(new Ddpm(), 50), 257.8712, .1986858, -.1371661),
        new Row(
            "euler ancestral",
            sigmas(new EulerAncestral(), LINEAR, 10, false),
            234.5906,
            -.0519705,
            -.06024175),
        new Row(
            "sde-dpm++",
            multistep(SdeDpmSolverPlusPlus.diffusers(2, MIDPOINT), 10, false),
            278.8484,
            .1846792,
            .001405615),
        new Row("heun", sigmas(new Heun(), LINEAR, 10, false), 241.8155, .003284109, .6297276),
        new Row(
            "heun karras", sigmas(new Heun(), LINEAR, 10, true), 237.6863, .003228029, .6189748),
        new Row(
            "unipc 3",
            multistep(UniPc.diffusers(3, UniPc.Scale.BH2), 10, false),
            187.5004,
            .002546454,
            .4882823),
        new Row(
            "unipc v",
            multistep(UniPc.diffusers(2, UniPc.Scale.BH2), 10, false)
                .predicting(Prediction.VELOCITY),
            76.5825,
            .001040071,
            .1994336));
  }

  /** With {@code clip_sample}: x₀ within [-1, 1]. */
  private static Loop ddpm(Ddpm solver, int steps) {
    return Loop.of(solver, LINEAR, new Timesteps(LINEAR, Rule.LEADING).levels(steps)).clipping();
  }

  /** Ten timesteps and no step from the last: {@code set_alpha_to_one=false} goes from timestep 0 to the level of timestep 0. Its eleven evaluations, one of them for nothing, are our ten. */
  private static Loop pndm() {
    TimeGrid levels = new Timesteps(LINEAR, Rule.LEADING).levels(10);
    return Loop.of(new Plms(), LINEAR, new TimeGrid(Arrays.copyOf(levels.times(), 10)));
  }

  /** D = c_skip x + c_out F(c_in x, ¼ ln σ) with σ_data = ½ (Karras et al. 2022, table 1). */
  private static Loop edm() {
    TimeGrid grid = TimeGrid.karras(10, 0.002, 80, 7);
    return Loop.of(new Euler(), LINEAR, grid).preconditioned();
  }

  private static Loop linspaceDdim() {
    TimeGrid grid = new Timesteps(LINEAR, Rule.LINSPACE).levels(10);
    return Loop.of(new DiffusersDdim(LINEAR, 0), LINEAR, grid);
  }

  private static Loop openDdim() {
    DiscreteSchedule schedule = new DiscreteSchedule(Betas.scaledLinear(1000, 0.00085, 0.012));
    Timesteps spacing = new Timesteps(schedule, Rule.LEADING, 1, Between.ROUNDED, true);
    return openTo(Loop.of(new Ddim(), schedule, spacing.levels(10)));
  }

  private static Loop open(Solver solver, TimeGrid grid) {
    return openTo(Loop.of(solver, LINEAR, grid));
  }

  /** The last level is that of timestep 0, not 0. */
  private static Loop openTo(Loop loop) {
    double[] times = loop.grid.times();
    times[times.length - 1] = loop.schedule.sigma(1);
    return Loop.of(loop.solver, loop.schedule, new TimeGrid(times));
  }

  private static Loop lu(Solver solver) {
    TimeGrid grid = TimeGrid.exponential(10, LINEAR.sigma(1), LINEAR.sigma(1000));
    return Loop.of(solver, LINEAR, grid).rounding();
  }

  @TestFactory
  List<DynamicTest> further_runs_come_out() {
    return rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.name, () -> agrees(row)))
        .toList();
  }

  private static void agrees(Row row) {
    double[] x = row.loop.run();
    same("sum", SchedulerLoops.sum(x), row.sum);
    // noises are of size 1, and so is then what a 32-bit float's rounding is relative to
    double floor = row.loop.solver.stochastic() ? 1 : 0;
    same("first", x[1], row.first, floor);
    same("last", x[((3 * 3 + 2) * 8 + 7) * 8 + 7], row.last, floor);
  }

  private static void same(String what, double ours, double theirs) {
    same(what, ours, theirs, 0);
  }

  private static void same(String what, double ours, double theirs, double floor) {
    double size = Math.max(floor, Math.abs(theirs));
    assertThat(ours).as(what).isCloseTo(theirs, within(RELATIVE * size));
  }
}
