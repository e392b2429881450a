package dev.langevin.app;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.solver.Consistency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The menu of spacings, as {@link SolverMenu}. No key of theirs is one of a solver, so {@code --set} serves both. */
final class SpacingMenu {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "karras",
              "equal steps of the rho-th root of the level",
              "Karras, Aittala, Aila & Laine 2022, eq. 5",
              List.of(new Setting("rho", "the larger, the more steps at low noise (7)")),
              values -> new Spacing.Karras(values.or("rho", 7))),
          new Entry(
              "log-snr",
              "equal steps of the level's logarithm",
              "Benton, De Bortoli, Doucet & Deligiannidis 2024",
              List.of(),
              values -> new Spacing.LogSnr()),
          new Entry(
              "uniform-t",
              "equal steps of the time of DDPM's linear schedule",
              "Ho, Jain & Abbeel 2020; Song et al. 2021",
              List.of(),
              values -> Spacing.UniformTime.linear()),
          new Entry(
              "quadratic-t",
              "equal steps of the root of that time",
              "Song, Meng & Ermon 2021, appendix D.2",
              List.of(),
              values -> Spacing.QuadraticTime.linear()),
          new Entry(
              "above-floor",
              "karras without the last level, where a consistency function has nothing to do",
              "Song, Dhariwal, Chen & Sutskever 2023, algorithm 1",
              List.of(new Setting("rho", "the larger, the more steps at low noise (7)")),
              values -> new Consistency.Levels(values.or("rho", 7))),
          timesteps("linspace", Timesteps.Rule.LINSPACE, "from the last to the first, equally"),
          timesteps(
              "leading", Timesteps.Rule.LEADING, "multiples of a whole number, from the first"),
          timesteps("trailing", Timesteps.Rule.TRAILING, "counted down from the last"));

  private SpacingMenu() {}

  /** N of the 1000 timesteps of DDPM's linear schedule, which has its own ends. */
  private static Entry timesteps(String name, Timesteps.Rule rule, String where) {
    boolean leading = rule == Timesteps.Rule.LEADING;
    return new Entry(
        name,
        "timesteps of DDPM's linear schedule, " + where + "; no --sigma-min, --sigma-max",
        "Lin, Liu, Li & Yang 2024, table 2",
        leading ? List.of(new Setting("offset", "added to every timestep (0)")) : List.of(),
        values ->
            new Timesteps(
                DiscreteSchedule.linear(),
                rule,
                values.whole("offset", 0),
                Timesteps.Between.ROUNDED,
                true));
  }

  /**
   * One spacing.
   *
   * @param name as in {@code --spacing}
   * @param purpose one line
   * @param source author, year, place
   * @param settings what may be set
   * @param recipe makes it
   */
  record Entry(
      String name,
      String purpose,
      String source,
      List<Setting> settings,
      Function<Values, Spacing> recipe) {
    boolean has(String key) {
      return settings.stream().anyMatch(setting -> setting.key().equals(key));
    }

    /** The recipe with these settings. */
    Spacing of(Map<String, Double> given) {
      Setting.requireKnown(given.keySet(), name, settings);
      return recipe.apply(new Values(given));
    }
  }

  /** All spacings. */
  static List<Entry> all() {
    return ENTRIES;
  }

  /** Whether one of them has such a setting. */
  static boolean knows(String key) {
    return ENTRIES.stream().anyMatch(entry -> entry.has(key));
  }

  /**
   * The spacing of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Entry named(String name) {
    return ENTRIES.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "spacing must be one of "
                        + ENTRIES.stream().map(Entry::name).collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }
}
