package dev.langevin.app;

import dev.langevin.math.Check;
import dev.langevin.mcmc.Sampler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How to sample: which sampler, how many chains, how long. What is left empty is the sampler's own default.
 *
 * @param sampler one of {@code hmc}, {@code mala}, {@code ula}, {@code rwm} (random-walk Metropolis)
 * @param stepSize where the step size starts; warm-up adapts it, and without warm-up it stays
 * @param steps leapfrog steps for each draw, {@code hmc} only
 * @param trajectory length of the path for each draw, {@code hmc} only; instead of {@code steps}
 * @param chains how many chains run side by side, at least 1
 * @param warmup draws of each chain that serve to adapt, and are not kept; at least 0
 * @param draws draws that are kept of each chain, at least 1
 * @param thin one draw in so many is kept, at least 1
 * @param targetAcceptance which mean acceptance warm-up aims at, strictly between 0 and 1
 * @param seed any number; equal seeds give equal draws
 */
public record SampleSettings(
    String sampler,
    OptionalDouble stepSize,
    OptionalInt steps,
    OptionalDouble trajectory,
    int chains,
    int warmup,
    int draws,
    int thin,
    OptionalDouble targetAcceptance,
    long seed) {
  /** The sampler that is used when none is named. */
  public static final String SAMPLER = "hmc";

  /** Chains, unless said otherwise. */
  public static final int CHAINS = 4;

  /** Warm-up draws of each chain, unless said otherwise. */
  public static final int WARMUP = 1000;

  /** Draws of each chain, unless said otherwise. */
  public static final int DRAWS = 1000;

  /** Every draw is kept, unless said otherwise. */
  public static final int THIN = 1;

  public SampleSettings {
    stepSize.ifPresent(value -> Check.positive("stepSize", value));
    steps.ifPresent(value -> Check.atLeast("steps", value, 1));
    trajectory.ifPresent(value -> Check.positive("trajectory", value));
    Check.between("chains", chains, 1, 1000);
    Check.between("warmup", warmup, 0, 100_000_000);
    Check.between("draws", draws, 1, 100_000_000);
    Check.between("thin", thin, 1, 1_000_000);
    targetAcceptance.ifPresent(value -> Check.inside("targetAcceptance", value, 0, 1));
    Samplers.requireFitting(sampler, steps.isPresent(), trajectory.isPresent());
  }

  /** Four chains of 1000 draws after 1000 of warm-up, by HMC. */
  public static SampleSettings defaults(long seed) {
    return new SampleSettings(
        SAMPLER,
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        CHAINS,
        WARMUP,
        DRAWS,
        THIN,
        OptionalDouble.empty(),
        seed);
  }

  /** The command that asks for these draws of {@code target}: what they depend on and nothing else. */
  public String command(String target) {
    StringBuilder command = new StringBuilder("langevin sample ").append(target);
    flags().forEach((flag, value) -> command.append(" --").append(flag).append(' ').append(value));
    return command.toString();
  }

  private Map<String, Object> flags() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("sampler", sampler);
    flags.put("chains", chains);
    flags.put("warmup", warmup);
    flags.put("draws", draws);
    flags.put("thin", thin);
    stepSize.ifPresent(value -> flags.put("step-size", value));
    steps.ifPresent(value -> flags.put("steps", value));
    trajectory.ifPresent(value -> flags.put("trajectory", value));
    targetAcceptance.ifPresent(value -> flags.put("target-acceptance", value));
    flags.put("seed", seed);
    return flags;
  }

  /** All settings by name, with the recipe that was used. */
  public Map<String, Object> toMap(String target, Sampler recipe) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("target", target);
    map.putAll(flags());
    map.put("target-acceptance", targetAcceptance.orElse(recipe.targetAcceptance()));
    map.put("recipe", recipe.toString());
    return map;
  }
}
