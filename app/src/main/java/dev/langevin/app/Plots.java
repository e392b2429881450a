package dev.langevin.app;

import dev.langevin.app.plot.PairsPlot;
import dev.langevin.app.plot.RankPlot;
import dev.langevin.app.plot.TracePlot;
import dev.langevin.chain.Draws;
import dev.langevin.io.Images;
import dev.langevin.io.Provenance;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** Writes the pictures of draws. */
final class Plots {
  /** More than these cannot be read at a glance. */
  static final int MOST_QUANTITIES = 6;

  private record Kind(String file, BiFunction<Draws, List<String>, BufferedImage> painter) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("trace.png", TracePlot::of),
          new Kind("rank.png", RankPlot::of),
          new Kind("pairs.png", PairsPlot::of));

  private Plots() {}

  /** Which quantities are in the pictures, where not all are. */
  static String chosen(DrawsReport report) {
    int all = report.summaries().size();
    return all <= MOST_QUANTITIES
        ? ""
        : " (%d of %d quantities, the most doubtful first)".formatted(MOST_QUANTITIES, all);
  }

  /**
   * Writes {@code trace.png}, {@code rank.png} and {@code pairs.png} of the (at most six) most doubtful quantities into an existing
   * folder. Where pictures cannot be drawn at all, because the machine has no font, warns and writes none: draws matter more.
   */
  static List<Path> write(Path folder, DrawsReport report, Provenance provenance, Console console) {
    System.setProperty("java.awt.headless", "true");
    List<String> names = report.shown(MOST_QUANTITIES);
    try {
      for (Kind kind : KINDS) {
        BufferedImage picture = kind.painter.apply(report.draws(), names);
        Images.writePng(folder.resolve(kind.file), picture, provenance);
      }
    } catch (LinkageError | InternalError noFonts) {
      console.warn(
          "no plots: this Java cannot draw text ("
              + noFonts.getClass().getSimpleName()
              + "). Install a font and libfreetype, or say --no-plots.");
      return List.of();
    }
    return KINDS.stream().map(kind -> folder.resolve(kind.file)).toList();
  }
}
