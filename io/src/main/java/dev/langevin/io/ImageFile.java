package dev.langevin.io;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** One PNG or JPEG: its head without decoding, and its pixels as stored. */
final class ImageFile {
  /** Deflate shrinks 1032 times at most, JPEG's entropy coding less: a head that promises more lies. */
  private static final long LARGEST_RATIO = 1040;

  private static final String AGAIN = "open it in a viewer; copy it again or remove it";

  private ImageFile() {}

  /**
   * What a head says.
   *
   * @param width in pixels
   * @param height in pixels
   * @param channels 1 for grey, 3 for colour; transparency is none
   * @param bits 8 or 16 per channel
   */
  record Head(int width, int height, int channels, int bits) {}

  /** An action on an opened image. */
  private interface Use<T> {
    T on(ImageReader reader) throws IOException;
  }

  static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"));
  }

  static Head head(Path file) {
    return with(file, reader -> head(file, reader));
  }

  /**
   * Decodes an image into {@code out} from {@code to} on, channel by channel; a grey one into three equal channels if {@code
   * channels} is 3.
   */
  static void decode(Path file, int channels, double[] out, int to) {
    with(
        file,
        reader -> {
          Head head = head(file, reader);
          List<String> warnings = new ArrayList<>();
          reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
          BufferedImage image = reader.read(0);
          warnings.stream().filter(ImageFile::isHarm).findFirst().ifPresent(w -> fail(file, w));
          copy(file, image, head, channels, out, to);
          return head;
        });
  }

  private static <T> T with(Path file, Use<T> use) {
    if (!Files.isReadable(file)) {
      throw new InputError(file, "may not be read", "give yourself permission to read it");
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InputError(file, "is no PNG or JPEG image, whatever its name says", AGAIN);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return use.on(reader);
      } finally {
        reader.dispose();
      }
    } catch (InputError e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the decoders throw all sorts on damaged files
      throw new InputError(file.toString(), "is damaged (" + e.getMessage() + ")", AGAIN, e);
    }
  }

  private static Head head(Path file, ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    ImageTypeSpecifier type = reader.getImageTypes(0).next();
    ColorModel colours = type.getColorModel();
    long bytes = Math.multiplyExact((long) width * height, colours.getPixelSize()) / 8;
    if (bytes > LARGEST_RATIO * Files.size(file) + 4096) {
      throw new InputError(
          file,
          "promises " + width + "x" + height + " pixels but is too small to hold them",
          AGAIN);
    }
    boolean indexed = colours instanceof IndexColorModel;
    int bits = indexed ? 8 : colours.getComponentSize(0);
    if (bits != 8 && bits != 16) {
      throw new InputError(
          file, "has " + bits + " bits per channel", "save it with 8 or 16 bits per channel");
    }
    boolean colour =
        colours instanceof IndexColorModel palette
            ? !isGrey(palette)
            : colours.getNumColorComponents() > 1;
    return new Head(width, height, colour ? 3 : 1, bits);
  }

  private static boolean isGrey(IndexColorModel palette) {
    for (int i = 0; i < palette.getMapSize(); i++) {
      if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHarm(String warning) {
    String low = warning.toLowerCase(Locale.ROOT);
    return (low.contains("premature") || low.contains("truncated") || low.contains("corrupt"))
        && !low.contains("extraneous");
  }

  private static void fail(Path file, String warning) {
    throw new InputError(file, "is damaged (" + warning + ")", AGAIN);
  }

  private static void copy(
      Path file, BufferedImage image, Head head, int channels, double[] out, int to) {
    Raster raster = image.getRaster();
    int pixels = head.width() * head.height();
    requireOpaque(file, image);
    for (int c = 0; c < channels; c++) {
      int band = head.channels() == 1 ? 0 : c;
      for (int p = 0; p < pixels; p++) {
        int sample =
            raster.getSample(
                p % head.width(),
                p / head.width(),
                image.getColorModel() instanceof IndexColorModel ? 0 : band);
        out[to + c * pixels + p] =
            image.getColorModel() instanceof IndexColorModel palette
                ? component(palette, sample, band)
                : sample;
      }
    }
  }

  private static int component(IndexColorModel palette, int index, int band) {
    return band == 0
        ? palette.getRed(index)
        : band == 1 ? palette.getGreen(index) : palette.getBlue(index);
  }

  private static void requireOpaque(Path file, BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return;
    }
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) >>> 24 != 0xFF) {
          throw new InputError(
              file,
              "has transparent pixels, and what stands behind them is not said",
              "put it on a background: magick IN.png -background white -flatten OUT.png");
        }
      }
    }
  }
}
