package dev.langevin.app;

import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.chain.ChainSettings;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Sampler;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How to sample: which sampler, how many chains, how long. What is left empty is the sampler's own default.
 *
 * @param sampler one of the menu ({@code langevin samplers}), or {@link #AUTO}
 * @param parameters the sampler's own settings by name, for example {@code step-size}
 * @param chains how many chains run side by side, at least 1
 * @param warmup draws of each chain that serve to adapt, and are not kept; at least 0
 * @param draws draws that are kept of each chain, at least 1
 * @param thin one draw in so many is kept, at least 1
 * @param targetAcceptance which mean acceptance warm-up aims at, strictly between 0 and 1
 * @param metric how warm-up learns the metric, for samplers that have one: the {@code flag} of a {@link MetricAdaptation}
 * @param accuracy how close to the target every draw's law shall be, by theory; then the unadjusted Langevin algorithm runs as theory says, each draw by itself
 * @param seed any number; equal seeds give equal draws
 */
public record SampleSettings(
    String sampler,
    Map<String, Double> parameters,
    int chains,
    int warmup,
    int draws,
    int thin,
    OptionalDouble targetAcceptance,
    Optional<String> metric,
    Optional<Accuracy> accuracy,
    long seed) {
  /** Leaves the choice of the sampler to us. */
  public static final String AUTO = "auto";

  /** What we choose for a density with a gradient. */
  static final String CHOICE = "nuts";

  /** Chains, unless said otherwise. */
  public static final int CHAINS = 4;

  /** Warm-up draws of each chain, unless said otherwise. */
  public static final int WARMUP = 1000;

  /** Draws of each chain, unless said otherwise. */
  public static final int DRAWS = 1000;

  /** Every draw is kept, unless said otherwise. */
  public static final int THIN = 1;

  public SampleSettings {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    Check.between("chains", chains, 1, 1000);
    Check.between("warmup", warmup, 0, 100_000_000);
    Check.between("draws", draws, 1, 100_000_000);
    Check.between("thin", thin, 1, 1_000_000);
    targetAcceptance.ifPresent(value -> Check.inside("targetAcceptance", value, 0, 1));
    metric.ifPresent(SampleSettings::metricNamed);
    if (accuracy.isPresent() && !(sampler.equals(AUTO) || sampler.equals("ula"))) {
      throw new IllegalArgumentException(
          "sampler must be ula, or left out, where an accuracy is asked for, got " + sampler);
    }
    if (accuracy.isPresent() && !parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "set must be left out where an accuracy is asked for, got " + parameters.keySet());
    }
    SamplerMenu.named(sampler.equals(AUTO) ? CHOICE : sampler).of(parameters);
  }

  /** Without an accuracy to reach. */
  public SampleSettings(
      String sampler,
      Map<String, Double> parameters,
      int chains,
      int warmup,
      int draws,
      int thin,
      OptionalDouble targetAcceptance,
      Optional<String> metric,
      long seed) {
    this(
        sampler,
        parameters,
        chains,
        warmup,
        draws,
        thin,
        targetAcceptance,
        metric,
        Optional.empty(),
        seed);
  }

  private static MetricAdaptation metricNamed(String name) {
    return Arrays.stream(MetricAdaptation.values())
        .filter(one -> one.flag().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "metric must be one of " + String.join(", ", metrics()) + ", got " + name));
  }

  /** What {@code --metric} may be. */
  public static List<String> metrics() {
    return Arrays.stream(MetricAdaptation.values()).map(MetricAdaptation::flag).toList();
  }

  /** Four chains of 1000 draws after 1000 of warm-up, by a sampler that we choose. */
  public static SampleSettings defaults(long seed) {
    return of(AUTO, seed);
  }

  /** Four chains of 1000 draws after 1000 of warm-up. */
  public static SampleSettings of(String sampler, long seed) {
    return new SampleSettings(
        sampler,
        Map.of(),
        CHAINS,
        warmupOf(sampler),
        DRAWS,
        THIN,
        OptionalDouble.empty(),
        Optional.empty(),
        seed);
  }

  /** Warm-up draws of each chain by this sampler, unless said otherwise. */
  public static int warmupOf(String sampler) {
    return sampler.equals(AUTO) ? WARMUP : SamplerMenu.named(sampler).warmup();
  }

  /** The same by another sampler. */
  SampleSettings with(String other) {
    return new SampleSettings(
        other, parameters, chains, warmup, draws, thin, targetAcceptance, metric, accuracy, seed);
  }

  /** The same with draws that are independent, so that there is nothing to warm up. */
  SampleSettings withoutWarmup(String other) {
    return new SampleSettings(
        other, parameters, chains, 0, draws, 1, targetAcceptance, metric, accuracy, seed);
  }

  /** The recipe that these settings ask for. */
  Sampler recipe() {
    return SamplerMenu.named(sampler).of(parameters);
  }

  /** What the chains need to know. */
  ChainSettings forChains() {
    return new ChainSettings(
        chains,
        warmup,
        draws,
        thin,
        targetAcceptance.orElse(Double.NaN),
        metric
            .map(SampleSettings::metricNamed)
            .orElseGet(() -> SamplerMenu.named(sampler).metric()),
        Seed.of(seed));
  }

  /** The command that asks for these draws of {@code target}: what they depend on and nothing else. */
  public String command(String target) {
    StringBuilder command = new StringBuilder("langevin sample ").append(target);
    flags().forEach((flag, value) -> command.append(" --").append(flag).append(' ').append(value));
    parameters.forEach(
        (key, value) -> command.append(" --set ").append(key).append('=').append(text(value)));
    return command.append(" --seed ").append(seed).toString();
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private Map<String, Object> flags() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("sampler", sampler);
    flags.put("chains", chains);
    flags.put("warmup", warmup);
    flags.put("draws", draws);
    flags.put("thin", thin);
    targetAcceptance.ifPresent(value -> flags.put("target-acceptance", value));
    metric.ifPresent(value -> flags.put("metric", value));
    accuracy.ifPresent(value -> flags.putAll(value.toMap()));
    return flags;
  }

  /** All settings by name, with the recipe that was used. */
  public Map<String, Object> toMap(String target, Sampler recipe) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("target", target);
    map.putAll(flags());
    map.putAll(parameters);
    double acceptance = targetAcceptance.orElse(recipe.targetAcceptance());
    if (!Double.isNaN(acceptance)) {
      map.put("target-acceptance", acceptance);
    }
    map.put("recipe", recipe.toString());
    map.put("seed", seed);
    return map;
  }
}
