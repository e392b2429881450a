package dev.langevin.app.plot;

import java.awt.Color;

/** Colours that people with any kind of colour vision can tell apart (Okabe and Ito 2008). */
public final class Palette {
  /** Marks what is wrong; no series has it. */
  public static final Color TROUBLE = new Color(0xD55E00);

  /** Text. */
  public static final Color INK = new Color(0x222222);

  /** Axes and notes. */
  public static final Color FAINT = new Color(0x777777);

  /** Grid lines and bands. */
  public static final Color GRID = new Color(0xE4E4E4);

  private static final Color[] SERIES = {
    new Color(0x0072B2),
    new Color(0xE69F00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0x8C6D1F),
    new Color(0x666666)
  };

  private Palette() {}

  /** The colour of series {@code index}; after seven they come again. */
  public static Color series(int index) {
    return SERIES[Math.floorMod(index, SERIES.length)];
  }

  /** The same colour, seen through. */
  public static Color faded(Color color, double opacity) {
    int alpha = (int) Math.rint(255 * opacity);
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }
}
