package dev.langevin.app;

import dev.langevin.io.Images;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Paints one picture of the mathematics of the second door. Equal settings give files with equal bytes on one Java; fonts differ from machine to machine.
 *
 * @param picture which
 * @param model a normal law or mixture of the catalogue, or data, as the picture asks
 * @param how solver and grid, as far as the picture listens to them
 * @param points how many points are simulated, at least 10
 * @param seed any number
 * @param out a file, {@code .png}
 */
public record ShowJob(
    Picture picture, String model, SolverSettings how, int points, long seed, Path out)
    implements Job {
  /** Points, unless said otherwise. */
  public static final int POINTS = 1000;

  public ShowJob {
    Check.between("points", points, 10, 1_000_000);
    picture.settings().require(how, picture.label());
    if (!out.toString().endsWith(".png")) {
      throw new IllegalArgumentException("out must end with .png, got " + out);
    }
  }

  /** Where all random numbers of the picture come from. */
  Seed address() {
    return Seed.of(seed).child("show");
  }

  @Override
  public Ending run(Console console) {
    RowsTarget.requireWritable(out);
    System.setProperty("java.awt.headless", "true");
    BufferedImage image;
    try {
      image = picture.paint(this, console);
    } catch (LinkageError | InternalError noFonts) {
      throw new InputError(
          "pictures",
          "this Java cannot draw text (" + noFonts.getClass().getSimpleName() + ")",
          "install a font and libfreetype",
          noFonts);
    }
    Images.writePng(out, image, provenance());
    console.line("Wrote " + out + ".");
    return Ending.FINISHED;
  }

  private Provenance provenance() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("picture", picture.label());
    settings.put("model", model);
    settings.put("points", points);
    settings.putAll(picture.settings().toMap(how));
    String command =
        "langevin show %s %s%s --points %d --seed %d"
            .formatted(picture.label(), model, picture.settings().flags(how), points, seed);
    return new Provenance(Version.current(), command, seed, settings, Map.of());
  }
}
