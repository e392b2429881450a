package dev.langevin.app;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A setting of an entry of a menu, a number.
 *
 * @param key as in {@code --set key=value}
 * @param meaning with the default
 */
record Setting(String key, String meaning) {
  /**
   * Refuses keys that are none of the settings.
   *
   * @param given what was set
   * @param owner whose settings these are, for the message
   */
  static void requireKnown(Set<String> given, String owner, List<Setting> settings) {
    for (String key : given) {
      if (settings.stream().noneMatch(setting -> setting.key().equals(key))) {
        String known =
            settings.isEmpty()
                ? "nothing"
                : settings.stream().map(Setting::key).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
            key + " must be left out with " + owner + ", whose settings are " + known);
      }
    }
  }

  /** The settings as a table of flags. */
  static Table table(List<Setting> settings) {
    return new Table(
        List.of("setting", "meaning"),
        settings.stream()
            .map(setting -> List.of("--set " + setting.key() + "=…", setting.meaning()))
            .toList());
  }
}
