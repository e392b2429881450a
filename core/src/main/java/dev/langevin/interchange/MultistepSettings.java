package dev.langevin.interchange;

import dev.langevin.solver.DpmSolverPlusPlus;
import dev.langevin.solver.SdeDpmSolverPlusPlus;
import dev.langevin.solver.Solver;
import dev.langevin.solver.UniPc;
import java.util.List;

/** The settings of DPM-Solver++ and UniPC, on a chain or not. */
final class MultistepSettings {
  private static final int SHORT = 15; // grids on which lower_order_final counts

  private final SchedulerConfig config;
  private final int steps;
  private final boolean asThere;
  private final List<String> notes;

  MultistepSettings(SchedulerConfig config, int steps, boolean asThere, List<String> notes) {
    this.config = config;
    this.steps = steps;
    this.asThere = asThere;
    this.notes = notes;
  }

  private boolean endsAtZero() {
    return new ChainSettings(config, notes).endsAtZero();
  }

  void refuseFlow() {
    config.require("use_flow_sigmas", false, "flow matching has another noising");
    config.require("use_dynamic_shifting", false, "flow matching has another noising");
  }

  Solver dpm() {
    String algorithm = config.text("algorithm_type", "dpmsolver++", "sde-dpmsolver++", "deis");
    boolean stochastic = algorithm.startsWith("sde");
    int order = config.whole("solver_order", 1, stochastic ? 2 : 3);
    String type = config.text("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2");
    if (algorithm.equals("deis")) {
      notes.add("algorithm_type deis is read as dpmsolver++, as in diffusers");
    }
    if (!type.equals("midpoint") && !type.equals("heun")) {
      notes.add("solver_type " + type + " is read as midpoint, as in diffusers");
    }
    DpmSolverPlusPlus.Rule rule =
        type.equals("heun") ? DpmSolverPlusPlus.Rule.HEUN : DpmSolverPlusPlus.Rule.MIDPOINT;
    int lowerBelow = config.flag("lower_order_final") ? SHORT : 0;
    requireFinalEuler(lowerBelow);
    return stochastic
        ? new SdeDpmSolverPlusPlus(order, rule, lowerBelow)
        : new DpmSolverPlusPlus(order, rule, halved(order), lowerBelow);
  }

  /** A last step to 0 is Euler's anyway. */
  private void requireFinalEuler(int lowerBelow) {
    if (config.flag("euler_at_final") && !endsAtZero() && steps >= lowerBelow) {
      throw config.wrong("euler_at_final", "false with final_sigmas_type sigma_min");
    }
  }

  private boolean halved(int order) {
    if (order < 3) {
      return false;
    }
    notes.add(
        "solver_order 3: diffusers gives the second difference half its weight, and the third order is lost; "
            + (asThere ? "this is repeated, as asked" : "here it has its weight"));
    return asThere;
  }

  Solver unipc() {
    refuseFlow();
    config.require("predict_x0", true, "the noise form is not there");
    config.require("disable_corrector", List.of(), "the corrector runs at every step");
    if (config.value("solver_p") != null) {
      throw config.wrong("solver_p", "null");
    }
    int order = config.whole("solver_order", 1, 3);
    String type = config.text("solver_type", "bh1", "bh2", "midpoint", "heun", "logrho");
    UniPc.Scale scale = type.equals("bh1") ? UniPc.Scale.BH1 : UniPc.Scale.BH2;
    if (!type.startsWith("bh")) {
      notes.add("solver_type " + type + " is read as bh2, as in diffusers");
    }
    if (scale == UniPc.Scale.BH1 && endsAtZero()) {
      notes.add(
          "solver_type bh1: diffusers may return NaN in the step to 0; here it returns the posterior mean");
    }
    int lowerBelow = config.flag("lower_order_final") ? Integer.MAX_VALUE : 0;
    return new UniPc(order, scale, lowerBelow);
  }
}
