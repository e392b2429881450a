package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that diffusers gave some weights before 2023: attention's maps, and a second name of the time's frequencies. */
final class OldNames {
  private static final Pattern ATTENTION =
      Pattern.compile("(.*\\.attentions\\.\\d+\\.)(query|key|value|proj_attn)(\\.weight|\\.bias)");
  private static final Map<String, String> NOW =
      Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");
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
        renamed.add(named(array, current(array.name())));
      } else if (!names.contains(FREQUENCIES)) {
        renamed.add(named(array, FREQUENCIES));
      }
    }
    return renamed;
  }

  private static NamedArray named(NamedArray array, String name) {
    return name.equals(array.name()) ? array : new NamedArray(name, array.shape(), array.values());
  }

  private static String current(String name) {
    Matcher old = ATTENTION.matcher(name);
    return old.matches() ? old.group(1) + NOW.get(old.group(2)) + old.group(3) : name;
  }
}
