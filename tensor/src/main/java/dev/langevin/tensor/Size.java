package dev.langevin.tensor;

import java.util.Locale;

/** Networks by name: how much is spent on them. */
public enum Size {
  /** For tests and quick tries. */
  TINY,
  /** For small images and a few hours on a few cores. */
  SMALL,
  /** As large as the networks of the first papers; trained for days on a few cores. */
  BASE;

  /**
   * By its name in small letters.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Size named(String name) {
    for (Size size : values()) {
      if (size.name().toLowerCase(Locale.ROOT).equals(name)) {
        return size;
      }
    }
    throw new IllegalArgumentException("size must be tiny, small or base, got " + name);
  }
}
