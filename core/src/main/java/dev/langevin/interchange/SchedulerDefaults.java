package dev.langevin.interchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of diffusers' schedulers and their defaults (0.40); null is Python's None. */
final class SchedulerDefaults {
  static final String DDPM = "DDPMScheduler";
  static final String DDIM = "DDIMScheduler";
  static final String PNDM = "PNDMScheduler";
  static final String EULER = "EulerDiscreteScheduler";
  static final String ANCESTRAL = "EulerAncestralDiscreteScheduler";
  static final String HEUN = "HeunDiscreteScheduler";
  static final String DPM = "DPMSolverMultistepScheduler";
  static final String UNIPC = "UniPCMultistepScheduler";
  static final String EDM_EULER = "EDMEulerScheduler";
  static final String EDM_DPM = "EDMDPMSolverMultistepScheduler";
  static final String SCORE_SDE_VE = "ScoreSdeVeScheduler";

  private static final Map<String, Map<String, @Nullable Object>> TABLE = new LinkedHashMap<>();

  static {
    TABLE.put(DDPM, of(chain("leading"), clip(true), thresholding(), ddpm()));
    TABLE.put(DDIM, of(chain("leading"), clip(true), thresholding(), ddim()));
    TABLE.put(PNDM, of(chain("leading"), pndm()));
    TABLE.put(EULER, of(chain("linspace"), shapes(), euler()));
    TABLE.put(ANCESTRAL, of(chain("linspace"), List.of("rescale_betas_zero_snr", false)));
    TABLE.put(HEUN, of(chain("linspace"), clip(false), shapes(), heun()));
    TABLE.put(DPM, of(chain("linspace"), thresholding(), shapes(), flow(), dpm()));
    TABLE.put(UNIPC, of(chain("linspace"), thresholding(), shapes(), flow(), unipc()));
    TABLE.put(EDM_EULER, of(edm()));
    TABLE.put(EDM_DPM, of(edm(), thresholding(), multistep()));
    TABLE.put(SCORE_SDE_VE, of(scoreSde()));
    pin(DPM, "lambda_min_clipped", Double.NEGATIVE_INFINITY);
    pin(DPM, "variance_type", null);
    pin(UNIPC, "solver_p", null);
    for (String name : List.of(DDPM, DDIM, PNDM, EULER, ANCESTRAL, HEUN, DPM, UNIPC)) {
      pin(name, "trained_betas", null);
    }
    pin(EULER, "sigma_min", null);
    pin(EULER, "sigma_max", null);
  }

  private SchedulerDefaults() {}

  private static void pin(String name, String key, @Nullable Object value) {
    Map<String, @Nullable Object> map = new TreeMap<>(TABLE.get(name));
    map.put(key, value);
    TABLE.put(name, Collections.unmodifiableMap(map));
  }

  /** The classes that are known. */
  static List<String> names() {
    return List.copyOf(TABLE.keySet());
  }

  /** The settings of a class by name, sorted; null if it is not known. */
  static @Nullable Map<String, @Nullable Object> of(String name) {
    return TABLE.get(name);
  }

  @SafeVarargs
  private static Map<String, @Nullable Object> of(List<Object>... parts) {
    Map<String, @Nullable Object> map = new TreeMap<>();
    for (List<Object> part : parts) {
      for (int i = 0; i < part.size(); i += 2) {
        map.put((String) part.get(i), part.get(i + 1));
      }
    }
    return map;
  }

  private static List<Object> chain(String spacing) {
    return List.of(
        "num_train_timesteps",
        1000,
        "beta_start",
        0.0001,
        "beta_end",
        0.02,
        "beta_schedule",
        "linear",
        "prediction_type",
        "epsilon",
        "timestep_spacing",
        spacing,
        "steps_offset",
        0);
  }

  private static List<Object> clip(boolean usual) {
    return List.of("clip_sample", usual, "clip_sample_range", 1.0);
  }

  private static List<Object> thresholding() {
    return List.of(
        "thresholding", false, "dynamic_thresholding_ratio", 0.995, "sample_max_value", 1.0);
  }

  private static List<Object> shapes() {
    return List.of(
        "use_karras_sigmas", false, "use_exponential_sigmas", false, "use_beta_sigmas", false);
  }

  private static List<Object> flow() {
    return List.of(
        "use_flow_sigmas",
        false,
        "flow_shift",
        1.0,
        "use_dynamic_shifting",
        false,
        "time_shift_type",
        "exponential",
        "rescale_betas_zero_snr",
        false);
  }

  private static List<Object> ddpm() {
    return List.of("variance_type", "fixed_small", "rescale_betas_zero_snr", false);
  }

  private static List<Object> ddim() {
    return List.of("set_alpha_to_one", true, "rescale_betas_zero_snr", false);
  }

  private static List<Object> pndm() {
    return List.of("skip_prk_steps", false, "set_alpha_to_one", false);
  }

  private static List<Object> euler() {
    return List.of(
        "interpolation_type",
        "linear",
        "timestep_type",
        "discrete",
        "rescale_betas_zero_snr",
        false,
        "final_sigmas_type",
        "zero");
  }

  private static List<Object> heun() {
    return List.of("beta_start", 0.00085, "beta_end", 0.012);
  }

  private static List<Object> multistep() {
    return List.of(
        "solver_order",
        2,
        "algorithm_type",
        "dpmsolver++",
        "solver_type",
        "midpoint",
        "lower_order_final",
        true,
        "euler_at_final",
        false,
        "final_sigmas_type",
        "zero");
  }

  private static List<Object> dpm() {
    List<Object> all = new java.util.ArrayList<>(multistep());
    all.addAll(List.of("use_lu_lambdas", false));
    return all;
  }

  private static List<Object> unipc() {
    return List.of(
        "solver_order",
        2,
        "predict_x0",
        true,
        "solver_type",
        "bh2",
        "lower_order_final",
        true,
        "disable_corrector",
        List.of(),
        "final_sigmas_type",
        "zero");
  }

  private static List<Object> edm() {
    return List.of(
        "sigma_min",
        0.002,
        "sigma_max",
        80.0,
        "sigma_data",
        0.5,
        "sigma_schedule",
        "karras",
        "num_train_timesteps",
        1000,
        "prediction_type",
        "epsilon",
        "rho",
        7.0,
        "final_sigmas_type",
        "zero");
  }

  private static List<Object> scoreSde() {
    return List.of(
        "num_train_timesteps",
        2000,
        "snr",
        0.15,
        "sigma_min",
        0.01,
        "sigma_max",
        1348.0,
        "sampling_eps",
        1e-5,
        "correct_steps",
        1);
  }
}
