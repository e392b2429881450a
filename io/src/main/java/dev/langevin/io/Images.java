package dev.langevin.io;

import dev.langevin.math.Check;
import dev.langevin.table.Dataset;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * PNG pictures: a grid of small images, a folder with one file per image, or any picture. Each holds its {@link Provenance} as a
 * {@code tEXt} chunk of the keyword {@code provenance} ({@code exiftool}, {@code magick identify -verbose} and Pillow's {@code
 * image.text} show it).
 */
public final class Images {
  private static final String METADATA = "javax_imageio_png_1.0";
  private static final int COMFORTABLE = 64; // pixels on screen for one small image
  private static final int WIDEST = 4096;
  private static final long MOST_PIXELS = 1L << 28;
  private static final int GREY = 128;

  private Images() {}

  /**
   * How images are laid out in a grid, row by row.
   *
   * @param columns images side by side; at least 1
   * @param scale how many pixels of the picture, in each direction, show one pixel of an image; at least 1
   * @param gap pixels of grey between images and around them; not negative
   */
  public record Grid(int columns, int scale, int gap) {
    public Grid {
      Check.atLeast("columns", columns, 1);
      Check.atLeast("scale", scale, 1);
      Check.atLeast("gap", gap, 0);
    }

    /** About as many columns as rows; small images enlarged to about 64 pixels, many of them to less. */
    public static Grid fitting(int rows, int height, int width) {
      int columns = Math.max(1, (int) Math.ceil(Math.sqrt(rows)));
      int comfortable = COMFORTABLE / Math.max(height, width);
      int scale = Math.max(1, Math.min(comfortable, WIDEST / Math.max(1, columns * width)));
      return new Grid(columns, scale, Math.max(1, scale / 4));
    }
  }

  /**
   * Writes all images as one PNG.
   *
   * @param images rows of shape {@code [channels, height, width]} with 1 or 3 channels
   * @param low the value shown as black; what is below is black too
   * @param high the value shown as white; what is above is white too
   * @throws InputError if the rows are no such images, or it cannot be written
   */
  public static void writeGrid(
      Path target, Dataset images, double low, double high, Provenance provenance) {
    writePng(target, grid(target, images, low, high), provenance);
  }

  /** The same, laid out as told. */
  public static void writeGrid(
      Path target, Dataset images, double low, double high, Grid grid, Provenance provenance) {
    writePng(target, grid(target, images, low, high, grid), provenance);
  }

  /** All images as one picture, laid out to fit. */
  static BufferedImage grid(Path target, Dataset images, double low, double high) {
    int[] shape = imageShape(target, images);
    return grid(target, images, low, high, Grid.fitting(images.rows(), shape[1], shape[2]));
  }

  private static BufferedImage grid(
      Path target, Dataset images, double low, double high, Grid grid) {
    int[] shape = imageShape(target, images);
    requireRange(low, high);
    int columns = Math.min(grid.columns(), images.rows());
    int lines = (images.rows() + columns - 1) / columns;
    long width = grid.gap() + columns * ((long) shape[2] * grid.scale() + grid.gap());
    long height = grid.gap() + lines * ((long) shape[1] * grid.scale() + grid.gap());
    if (width * height > MOST_PIXELS) {
      throw new InputError(
          target,
          "would be a picture of " + width + "x" + height + " pixels",
          "write fewer images, a folder of images, or .npy");
    }
    BufferedImage picture = blank(shape[0], (int) width, (int) height);
    for (int i = 0; i < images.rows(); i++) {
      int x = grid.gap() + i % columns * (shape[2] * grid.scale() + grid.gap());
      int y = grid.gap() + i / columns * (shape[1] * grid.scale() + grid.gap());
      draw(picture.getRaster(), x, y, grid.scale(), images, i, low, high);
    }
    return picture;
  }

  /**
   * Writes a folder with one PNG per row, pixel for pixel: {@code 0000.png}, {@code 0001.png}, …; {@link Datasets#read} reads it
   * back in this order.
   *
   * @param low the value shown as black; what is below is black too
   * @param high the value shown as white; what is above is white too
   */
  public static void writeFolder(
      Path target, Dataset images, double low, double high, Provenance provenance) {
    int[] shape = imageShape(target, images);
    requireRange(low, high);
    int digits = Math.max(4, String.valueOf(images.rows() - 1).length());
    AtomicFolder.write(
        target,
        folder -> {
          for (int i = 0; i < images.rows(); i++) {
            BufferedImage picture = blank(shape[0], shape[2], shape[1]);
            draw(picture.getRaster(), 0, 0, 1, images, i, low, high);
            String number = String.valueOf(i);
            String name = "0".repeat(digits - number.length()) + number + ".png";
            try (OutputStream out =
                new BufferedOutputStream(new FileOutputStream(folder.resolve(name).toFile()))) {
              encode(picture, provenance, out);
            }
          }
        });
  }

  /** Writes any picture, a plot for example, as PNG. */
  public static void writePng(Path target, BufferedImage picture, Provenance provenance) {
    AtomicFile.write(target, out -> encode(picture, provenance, out));
  }

  /**
   * Reads one PNG or JPEG, as one row of shape {@code [channels, height, width]}, 1 channel if it is grey and 3 if it has colour: 0 is black, 1 the brightest that the file can say.
   *
   * @throws InputError if it is none, is damaged, or has transparent pixels
   */
  public static Dataset read(Path file) {
    ImageFile.Head head = ImageFile.head(file);
    int[] shape = {head.channels(), head.height(), head.width()};
    long[] all = {shape[0], shape[1], shape[2]};
    double[] values = new double[(int) Elements.count(file.toString(), all)];
    ImageFile.decode(file, head.channels(), values, 0);
    double brightest = (1 << head.bits()) - 1;
    for (int i = 0; i < values.length; i++) {
      values[i] /= brightest;
    }
    return Dataset.of(String.valueOf(file.getFileName()), shape, values);
  }

  private static int[] imageShape(Path target, Dataset images) {
    int[] shape = images.shape();
    if (shape.length != 3) {
      throw new InputError(
          target,
          "its rows are points of " + images.width() + " numbers, not images",
          "give the shape of one image, for example --image 8x8, or write .csv or .npy");
    }
    if (shape[0] != 1 && shape[0] != 3) {
      throw new InputError(
          target,
          "its images have " + shape[0] + " channels, but a PNG shows 1 or 3",
          "write .npy");
    }
    return shape;
  }

  private static void requireRange(double low, double high) {
    Check.finite("low", low);
    Check.finite("high", high);
    Check.positive("high - low", high - low);
  }

  private static BufferedImage blank(int channels, int width, int height) {
    BufferedImage picture =
        new BufferedImage(
            width,
            height,
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    int[] line = new int[width];
    Arrays.fill(line, GREY);
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        picture.getRaster().setSamples(0, y, width, 1, c, line);
      }
    }
    return picture;
  }

  private static void draw(
      WritableRaster raster,
      int left,
      int top,
      int scale,
      Dataset images,
      int row,
      double low,
      double high) {
    int[] shape = images.shape();
    int at = row * images.width();
    for (int c = 0; c < shape[0]; c++) {
      for (int y = 0; y < shape[1] * scale; y++) {
        for (int x = 0; x < shape[2] * scale; x++) {
          double value = images.values()[at + (c * shape[1] + y / scale) * shape[2] + x / scale];
          raster.setSample(left + x, top + y, c, level(value, low, high));
        }
      }
    }
  }

  private static int level(double value, double low, double high) {
    return (int) Math.rint(255 * Math.max(0, Math.min(1, (value - low) / (high - low))));
  }

  static void encode(BufferedImage picture, Provenance provenance, OutputStream out)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(picture), parameters);
      metadata.mergeTree(METADATA, text(provenance));
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, metadata), parameters);
    } finally {
      writer.dispose();
    }
  }

  private static IIOMetadataNode text(Provenance provenance) {
    IIOMetadataNode text = new IIOMetadataNode("tEXt");
    text.appendChild(entry("Software", "Langevin " + provenance.version()));
    text.appendChild(entry(Provenance.KEY, provenance.line()));
    IIOMetadataNode root = new IIOMetadataNode(METADATA);
    root.appendChild(text);
    return root;
  }

  private static IIOMetadataNode entry(String keyword, String value) {
    IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
    entry.setAttribute("keyword", keyword);
    entry.setAttribute("value", value);
    return entry;
  }
}
