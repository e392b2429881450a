package dev.langevin.tensor;

import dev.langevin.interchange.DiffusersNames;
import dev.langevin.math.NamedArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names that diffusers gave some weights before 2023: attention's maps, and a second name of the time's frequencies. */
final class OldNames {
  private static final String FREQUENCIES = "time_proj.weight";
  private static final String OLD_FREQUENCIES = "time_proj.W";

  private OldNames() {}

  /** The same arrays under today's names. */
  static List<NamedArray> renamed(List<NamedArray> arrays) {
    Set<String> names = new HashSet<>();
    arrays.forEach(array -> names.add(array.name()));
    List<NamedArray> renamed = new ArrayList<>();
    for (NamedArray array : arrays) {
      if (!array.name().equals(OLD_FREQUENCIES)) {
        renamed.add(named(array, DiffusersNames.array(array.name())));
      } else if (!names.contains(FREQUENCIES)) {
        renamed.add(named(array, FREQUENCIES));
      }
    }
    return renamed;
  }

  private static NamedArray named(NamedArray array, String name) {
    return name.equals(array.name()) ? array : new NamedArray(name, array.shape(), array.values());
  }
}
