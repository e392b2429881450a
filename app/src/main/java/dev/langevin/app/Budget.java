package dev.langevin.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How much work was asked for: so many steps, or so many minutes; one of the two. */
record Budget(OptionalLong steps, OptionalDouble minutes) {
  static Budget of(FitSettings settings) {
    return new Budget(settings.steps(), settings.minutes());
  }

  double seconds() {
    return 60 * minutes.orElse(Double.POSITIVE_INFINITY);
  }

  /** As a JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    steps.ifPresent(value -> map.put("steps", value));
    minutes.ifPresent(value -> map.put("minutes", value));
    return map;
  }

  /** The inverse of {@link #toMap()}. */
  static Budget from(Fields fields) {
    return fields.has("steps")
        ? new Budget(OptionalLong.of(fields.whole("steps")), OptionalDouble.empty())
        : new Budget(OptionalLong.empty(), OptionalDouble.of(fields.number("minutes")));
  }

  /** As the flag that one would type. */
  String flag() {
    return steps.isPresent()
        ? "--steps " + steps.getAsLong()
        : "--minutes " + minutes.orElseThrow();
  }
}
