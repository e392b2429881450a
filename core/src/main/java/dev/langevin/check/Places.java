package dev.langevin.check;

import dev.langevin.density.Density;
import dev.langevin.density.Model;
import java.util.Locale;

/** Names for places, in findings. */
final class Places {
  private static final int SHOWN = 6;

  private Places() {}

  static String coordinate(Density density, int index) {
    return density instanceof Model model ? model.coordinate(index) : "x[" + index + "]";
  }

  /** {@code x[0] = 1.25, tau = -0.3}, the first six coordinates. */
  static String point(Density density, double[] x) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(SHOWN, x.length); i++) {
      text.append(i == 0 ? "" : ", ").append(text("%s = %.6g", coordinate(density, i), x[i]));
    }
    return x.length > SHOWN ? text.append(", …").toString() : text.toString();
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
