package dev.langevin.interchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler of diffusers: its class and all its settings, as in {@code scheduler_config.json}. Settings that the file leaves out have the class's default.
 *
 * @param className for example {@code DDPMScheduler}; one of {@link #names()}
 * @param settings by name, sorted: the class's own, and those of the file that the class does not know. Values are numbers, texts, booleans, lists of numbers, or null
 */
public record SchedulerConfig(String className, Map<String, @Nullable Object> settings) {
  private static final String CLASS = "_class_name";
  private static final String VERSION = "_diffusers_version";

  public SchedulerConfig {
    Map<String, @Nullable Object> all = new TreeMap<>(defaults(className));
    all.putAll(settings);
    settings = Collections.unmodifiableMap(all);
  }

  /** The classes that are known. */
  public static List<String> names() {
    return SchedulerDefaults.names();
  }

  /** A class with its defaults. */
  public static SchedulerConfig of(String className) {
    return new SchedulerConfig(className, Map.of());
  }

  /**
   * The content of a {@code scheduler_config.json}.
   *
   * @throws IllegalArgumentException if it names no class, or one that is not known
   */
  public static SchedulerConfig of(Map<String, ? extends @Nullable Object> json) {
    if (!(json.get(CLASS) instanceof String name)) {
      throw new IllegalArgumentException(CLASS + " must be a text, got " + json.get(CLASS));
    }
    Map<String, @Nullable Object> own = new TreeMap<>();
    json.forEach(
        (key, value) -> {
          if (!key.startsWith("_")) { // remarks of diffusers on where the file comes from
            own.put(key, value);
          }
        });
    if (own.containsKey("predict_epsilon")) { // before diffusers 0.10
      Object old = own.remove("predict_epsilon");
      own.putIfAbsent("prediction_type", Boolean.FALSE.equals(old) ? "sample" : "epsilon");
    }
    return new SchedulerConfig(name, own);
  }

  private static Map<String, @Nullable Object> defaults(String className) {
    Map<String, @Nullable Object> known = SchedulerDefaults.of(className);
    if (known == null) {
      throw new IllegalArgumentException(
          CLASS + " must be one of " + String.join(", ", names()) + ", got " + className);
    }
    return known;
  }

  /**
   * With another value of one setting.
   *
   * @throws IllegalArgumentException if the class has no such setting
   */
  public SchedulerConfig with(String key, @Nullable Object value) {
    if (!defaults(className).containsKey(key)) {
      throw new IllegalArgumentException(className + " has no setting " + key);
    }
    Map<String, @Nullable Object> all = new TreeMap<>(settings);
    all.put(key, value);
    return new SchedulerConfig(className, all);
  }

  /** The names of settings that the class does not know, and that are not null. */
  public List<String> unknown() {
    List<String> unknown = new ArrayList<>();
    settings.forEach(
        (key, value) -> {
          if (value != null && !defaults(className).containsKey(key)) {
            unknown.add(key);
          }
        });
    return unknown;
  }

  /** As diffusers writes it: class and version first, then the settings in the order of their names. */
  public Map<String, @Nullable Object> toMap(String diffusersVersion) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(CLASS, className);
    map.put(VERSION, diffusersVersion);
    map.putAll(settings);
    return map;
  }

  /**
   * What this scheduler does in so many steps.
   *
   * @param steps {@code num_inference_steps}, at least 1
   * @param eta DDIM's η, which is no setting but an argument there (0 unless said otherwise); others ignore it
   * @param compatibility what to do where diffusers errs
   * @throws IllegalArgumentException if a setting has no such value, or one that is not supported; it names the setting
   */
  public SchedulerRun run(int steps, double eta, Compatibility compatibility) {
    return new SchedulerReading(this, steps, eta, compatibility).run();
  }

  /** With η = 0 and without errors made on purpose. */
  public SchedulerRun run(int steps) {
    return run(steps, 0, Compatibility.CORRECTED);
  }

  @Nullable Object value(String key) {
    return settings.get(key);
  }

  double number(String key) {
    if (!(value(key) instanceof Number number) || Double.isNaN(number.doubleValue())) {
      throw wrong(key, "a number");
    }
    return number.doubleValue();
  }

  int whole(String key, int low, int high) {
    double number = number(key);
    if (number != Math.rint(number) || number < low || number > high) {
      throw wrong(key, "a whole number between " + low + " and " + high);
    }
    return (int) number;
  }

  /** Null counts as false, as in Python. */
  boolean flag(String key) {
    Object value = value(key);
    if (value != null && !(value instanceof Boolean)) {
      throw wrong(key, "true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  /** One of these. */
  String text(String key, String... known) {
    if (value(key) instanceof String text && List.of(known).contains(text)) {
      return text;
    }
    throw wrong(key, known.length == 1 ? known[0] : "one of " + String.join(", ", known));
  }

  /** Refuses another value than this one. */
  void require(String key, Object only, String why) {
    if (!only.equals(value(key))) {
      throw wrong(key, only + " (" + why + ")");
    }
  }

  double[] numbers(String key) {
    if (!(value(key) instanceof List<?> list)) {
      throw wrong(key, "a list of numbers");
    }
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        throw wrong(key, "a list of numbers");
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
  }

  IllegalArgumentException wrong(String key, String constraint) {
    String value = String.valueOf(value(key));
    String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
    return new IllegalArgumentException(key + " must be " + constraint + ", got " + shown);
  }
}
