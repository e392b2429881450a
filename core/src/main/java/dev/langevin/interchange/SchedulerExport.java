package dev.langevin.interchange;

import dev.langevin.diffusion.Betas;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.diffusion.Timesteps.Between;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.DpmSolverPlusPlus;
import dev.langevin.solver.Euler;
import dev.langevin.solver.EulerAncestral;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Plms;
import dev.langevin.solver.SdeDpmSolverPlusPlus;
import dev.langevin.solver.Solver;
import dev.langevin.solver.UniPc;
import dev.langevin.solver.UnitStart;
import java.util.Arrays;
import java.util.Locale;

/** Scheduler configs for diffusers from recipes of this library: the way back. */
public final class SchedulerExport {
  private static final int SHORT = 15;

  private SchedulerExport() {}

  /**
   * The scheduler that does what a solver does on timesteps of a chain, without clipping.
   *
   * @param solver DDPM, DDIM with η = 0, PLMS, Euler, Euler-ancestral, Heun, DPM-Solver++, its SDE form or UniPC, on a {@link UnitStart} or not
   * @param spacing the chain and its timesteps
   * @param form what the network predicts
   * @throws IllegalArgumentException if there is no scheduler of diffusers that does this; it says why
   */
  public static SchedulerConfig of(Solver solver, Timesteps spacing, Prediction form) {
    Solver bare = solver instanceof UnitStart started ? started.solver() : solver;
    SchedulerConfig config = withChain(scheduler(bare), spacing.schedule(), form);
    boolean first =
        !(bare instanceof DpmSolverPlusPlus
            || bare instanceof SdeDpmSolverPlusPlus
            || bare instanceof UniPc);
    if (spacing.first() != first && spacing.rule() != Timesteps.Rule.TRAILING) {
      throw new IllegalArgumentException(
          "spacing must " + (first ? "" : "not ") + "reach the first timestep with " + bare.name());
    }
    requireSame(bare, spacing);
    return config
        .with("timestep_spacing", spacing.rule().name().toLowerCase(Locale.ROOT))
        .with("steps_offset", spacing.offset());
  }

  /**
   * The scheduler of networks with EDM's preconditioning.
   *
   * @param solver Euler or DPM-Solver++
   * @param spacing Karras's levels or log-uniform ones
   * @param sigmaMin the last level above 0
   * @param sigmaMax the first
   * @param sigmaData σ_data
   */
  public static SchedulerConfig edm(
      Solver solver, Spacing spacing, double sigmaMin, double sigmaMax, double sigmaData) {
    Solver bare = solver instanceof UnitStart started ? started.solver() : solver;
    SchedulerConfig config;
    if (bare instanceof Euler) {
      config = SchedulerConfig.of(SchedulerDefaults.EDM_EULER);
    } else if (bare instanceof DpmSolverPlusPlus plus) {
      config = withDpm(SchedulerConfig.of(SchedulerDefaults.EDM_DPM), plus);
    } else {
      throw new IllegalArgumentException("solver must be Euler or DPM-Solver++, got " + bare);
    }
    if (spacing instanceof Spacing.Karras karras) {
      config = config.with("rho", karras.rho());
    } else if (spacing instanceof Spacing.LogSnr) {
      config = config.with("sigma_schedule", "exponential");
    } else {
      throw new IllegalArgumentException("spacing must be Karras's or log-SNR, got " + spacing);
    }
    return config
        .with("sigma_min", sigmaMin)
        .with("sigma_max", sigmaMax)
        .with("sigma_data", sigmaData);
  }

  private static SchedulerConfig scheduler(Solver solver) {
    if (solver instanceof Ddpm ddpm) {
      return SchedulerConfig.of(SchedulerDefaults.DDPM)
          .with("clip_sample", false)
          .with(
              "variance_type",
              ddpm.variance() == Ddpm.Variance.LARGE ? "fixed_large" : "fixed_small");
    }
    if (solver instanceof Ddim ddim && ddim.eta() == 0) {
      return SchedulerConfig.of(SchedulerDefaults.DDIM).with("clip_sample", false);
    }
    if (solver instanceof Plms plms && plms.blend() == 4) {
      return SchedulerConfig.of(SchedulerDefaults.PNDM)
          .with("skip_prk_steps", true)
          .with("set_alpha_to_one", true);
    }
    if (solver instanceof Euler) {
      return SchedulerConfig.of(SchedulerDefaults.EULER);
    }
    if (solver instanceof EulerAncestral) {
      return SchedulerConfig.of(SchedulerDefaults.ANCESTRAL);
    }
    return solver instanceof Heun ? SchedulerConfig.of(SchedulerDefaults.HEUN) : multistep(solver);
  }

  private static SchedulerConfig multistep(Solver solver) {
    if (solver instanceof DpmSolverPlusPlus plus) {
      return withDpm(SchedulerConfig.of(SchedulerDefaults.DPM), plus);
    }
    if (solver instanceof SdeDpmSolverPlusPlus sde) {
      return SchedulerConfig.of(SchedulerDefaults.DPM)
          .with("algorithm_type", "sde-dpmsolver++")
          .with("solver_order", sde.order())
          .with("solver_type", sde.rule().name().toLowerCase(Locale.ROOT))
          .with("lower_order_final", lowered(sde.lowerBelow(), SHORT));
    }
    if (solver instanceof UniPc unipc) {
      return SchedulerConfig.of(SchedulerDefaults.UNIPC)
          .with("solver_order", unipc.order())
          .with("solver_type", unipc.scale().name().toLowerCase(Locale.ROOT))
          .with("lower_order_final", lowered(unipc.lowerBelow(), Integer.MAX_VALUE));
    }
    throw new IllegalArgumentException("solver must be one that diffusers has, got " + solver);
  }

  private static SchedulerConfig withDpm(SchedulerConfig config, DpmSolverPlusPlus plus) {
    if (plus.order() == 3 && !plus.halved()) {
      throw new IllegalArgumentException(
          "solver must halve its second difference at order 3, as diffusers does, got " + plus);
    }
    return config
        .with("solver_order", plus.order())
        .with("solver_type", plus.rule().name().toLowerCase(Locale.ROOT))
        .with("lower_order_final", lowered(plus.lowerBelow(), SHORT));
  }

  private static boolean lowered(int below, int theirs) {
    if (below != 0 && below != theirs) {
      throw new IllegalArgumentException(
          "lowerBelow must be 0 or " + theirs + " for diffusers, got " + below);
    }
    return below != 0;
  }

  /** diffusers' DDIM and PNDM step right on {@code leading} timesteps only; its Euler and Heun interpolate σ. */
  private static void requireSame(Solver solver, Timesteps spacing) {
    boolean leading = spacing.rule() == Timesteps.Rule.LEADING;
    if ((solver instanceof Ddim || solver instanceof Plms) && !leading) {
      throw new IllegalArgumentException(
          "spacing must be leading with "
              + solver.name()
              + ", since diffusers steps to other levels with "
              + spacing.name());
    }
    boolean sigmas =
        solver instanceof Euler || solver instanceof EulerAncestral || solver instanceof Heun;
    Between theirs = sigmas ? Between.SIGMA : Between.ROUNDED;
    if (spacing.rule() == Timesteps.Rule.LINSPACE && spacing.between() != theirs) {
      throw new IllegalArgumentException(
          "between must be " + theirs + " with " + solver.name() + ", got " + spacing.between());
    }
  }

  private static SchedulerConfig withChain(
      SchedulerConfig config, DiscreteSchedule schedule, Prediction form) {
    SchedulerConfig named = config.with("prediction_type", SchedulerReading.name(form));
    double[] betas = schedule.betas();
    int steps = betas.length;
    named = named.with("num_train_timesteps", steps);
    if (Arrays.equals(betas, Betas.squaredCosine(steps))) {
      return named.with("beta_schedule", "squaredcos_cap_v2");
    }
    for (String name : new String[] {"linear", "scaled_linear"}) {
      double first = rounded(betas[0]);
      double last = rounded(betas[steps - 1]);
      if (close(betas, ChainSettings.betas(name, steps, first, last))) {
        return named.with("beta_schedule", name).with("beta_start", first).with("beta_end", last);
      }
    }
    return named.with("trained_betas", Arrays.stream(betas).boxed().toList());
  }

  /** Twelve digits: an end that went through a root and a square comes back as it was given. */
  private static double rounded(double beta) {
    return new java.math.BigDecimal(beta).round(new java.math.MathContext(12)).doubleValue();
  }

  private static boolean close(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-11 * a[i]) {
        return false;
      }
    }
    return true;
  }
}
