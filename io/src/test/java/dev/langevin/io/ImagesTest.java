package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.table.Dataset;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
  @TempDir Path folder;

  private static BufferedImage picture(int type, int width, int height, int... samples) {
    BufferedImage picture = new BufferedImage(width, height, type);
    int bands = picture.getRaster().getNumBands();
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / bands;
      picture.getRaster().setSample(pixel % width, pixel / width, i % bands, samples[i]);
    }
    return picture;
  }

  private Path save(String name, BufferedImage picture) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(picture, format, file.toFile())).isTrue();
    return file;
  }

  @Test
  void greyImagesComeInTheOrderOfTheirNamesWithValuesAsStored() throws IOException {
    save("b.png", picture(BufferedImage.TYPE_BYTE_GRAY, 3, 2, 10, 20, 30, 40, 50, 60));
    save("a.PNG", picture(BufferedImage.TYPE_BYTE_GRAY, 3, 2, 0, 1, 2, 3, 4, 255));
    Files.writeString(folder.resolve("notes.txt"), "ignored");
    Dataset data = Datasets.read(folder);
    assertThat(data.shape()).containsExactly(1, 2, 3);
    assertThat(data.values()).containsExactly(0, 1, 2, 3, 4, 255, 10, 20, 30, 40, 50, 60);
    assertThat(data.labels()).isEmpty();
  }

  @Test
  void oneColourImageMakesAllOfThemThreeChannels() throws IOException {
    save("a.png", picture(BufferedImage.TYPE_BYTE_GRAY, 2, 1, 7, 8));
    save("b.png", picture(BufferedImage.TYPE_3BYTE_BGR, 2, 1, 1, 2, 3, 4, 5, 6));
    Dataset data = Datasets.read(folder);
    assertThat(data.shape()).containsExactly(3, 1, 2);
    assertThat(data.values()).containsExactly(7, 8, 7, 8, 7, 8, 1, 4, 2, 5, 3, 6);
  }

  @Test
  void sixteenBitsPalettesAndOpaqueTransparencyAreRead() throws IOException {
    save("16/a.png", picture(BufferedImage.TYPE_USHORT_GRAY, 2, 1, 65535, 256));
    assertThat(Datasets.read(folder.resolve("16")).values()).containsExactly(65535, 256);
    byte[] ramp = {0, 100, (byte) 200, (byte) 255};
    IndexColorModel grey = new IndexColorModel(2, 4, ramp, ramp, ramp);
    BufferedImage indexed = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, grey);
    indexed.getRaster().setSample(0, 0, 0, 2);
    indexed.getRaster().setSample(1, 0, 0, 1);
    save("palette/a.png", indexed);
    assertThat(Datasets.read(folder.resolve("palette")).values()).containsExactly(200, 100);
    byte[] other = {9, 8, 7, 6};
    IndexColorModel colours = new IndexColorModel(2, 4, ramp, other, ramp);
    save("colours/a.png", new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY, colours));
    assertThat(Datasets.read(folder.resolve("colours")).values()).containsExactly(0, 9, 0);
    save("opaque/a.png", picture(BufferedImage.TYPE_4BYTE_ABGR, 1, 1, 1, 2, 3, 255));
    assertThat(Datasets.read(folder.resolve("opaque")).values()).containsExactly(1, 2, 3);
    save("bits/a.png", picture(BufferedImage.TYPE_BYTE_BINARY, 2, 1, 1, 0));
    assertThat(Datasets.read(folder.resolve("bits")).values()).containsExactly(255, 0);
  }

  @Test
  void jpegsAreRead() throws IOException {
    int[] flat = new int[16 * 16];
    Arrays.fill(flat, 77);
    save("a.jpg", picture(BufferedImage.TYPE_BYTE_GRAY, 16, 16, flat));
    Dataset data = Datasets.read(folder);
    assertThat(data.shape()).containsExactly(1, 16, 16);
    assertThat(data.values()).containsOnly(77);
  }

  @Test
  void subfoldersAreClasses() throws IOException {
    save("dog/1.png", picture(BufferedImage.TYPE_BYTE_GRAY, 1, 1, 1));
    save("cat/2.png", picture(BufferedImage.TYPE_BYTE_GRAY, 1, 1, 2));
    save("cat/1.png", picture(BufferedImage.TYPE_BYTE_GRAY, 1, 1, 3));
    Dataset data = Datasets.read(folder);
    assertThat(data.values()).containsExactly(3, 2, 1);
    assertThat(data.labels()).containsExactly(0, 0, 1);
    save("0.png", picture(BufferedImage.TYPE_BYTE_GRAY, 1, 1, 1));
    assertThatThrownBy(() -> Datasets.read(folder))
        .hasMessageStartingWith(
            folder.resolve("cat") + ": holds images, and so does the folder above");
  }

  @Test
  void theFirstImageOfAnotherSizeIsNamed() throws IOException {
    save("a.png", picture(BufferedImage.TYPE_BYTE_GRAY, 28, 28));
    save("b.png", picture(BufferedImage.TYPE_BYTE_GRAY, 32, 40));
    assertThatThrownBy(() -> Datasets.read(folder))
        .hasMessage(
            folder.resolve("b.png")
                + ": is 32x40 pixels, but a.png is 28x28. Bring all to one size, for example: magick"
                + " mogrify -path resized -resize '28x28!' *.png.");
  }

  @Test
  void foldersWithoutImagesTransparencyAndWrongShapesAreNamed() throws IOException {
    assertThatThrownBy(() -> Datasets.read(folder))
        .hasMessage(
            folder
                + ": holds no PNG or JPEG images. Name a folder with .png, .jpg or .jpeg files.");
    save("a.png", picture(BufferedImage.TYPE_4BYTE_ABGR, 1, 1, 1, 2, 3, 128));
    assertThatThrownBy(() -> Datasets.read(folder)).hasMessageContaining("has transparent pixels");
    save("a.png", picture(BufferedImage.TYPE_BYTE_GRAY, 2, 2));
    assertThatThrownBy(() -> Datasets.read(folder, ReadOptions.defaults().withShape(8, 8)))
        .hasMessageContaining("has rows of 4 numbers, but the shape 8x8 needs 64");
    assertThatThrownBy(() -> Datasets.read(folder.resolve("a.png")))
        .hasMessageContaining("is a single image");
  }

  @Test
  void damagedImagesAreNamed() throws IOException {
    int[] noise = new int[64 * 64];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = i * 7919 % 251;
    }
    for (String name : new String[] {"a.png", "a.jpg"}) {
      Path file = save(name, picture(BufferedImage.TYPE_BYTE_GRAY, 64, 64, noise));
      byte[] all = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(all, all.length / 2));
      assertThatThrownBy(() -> Datasets.read(folder))
          .as(name)
          .isInstanceOf(InputError.class)
          .hasMessageContaining("is damaged");
      Files.delete(file);
    }
    Files.writeString(folder.resolve("a.png"), "no image at all");
    assertThatThrownBy(() -> Datasets.read(folder)).hasMessageContaining("is no PNG or JPEG image");
  }

  @Test
  void aHeadThatPromisesMorePixelsThanTheFileCanHoldIsRefusedBeforeDecoding() throws IOException {
    Path file = save("a.png", picture(BufferedImage.TYPE_BYTE_GRAY, 4, 4));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000);
    Files.write(file, bytes);
    assertThatThrownBy(() -> Datasets.read(folder))
        .hasMessageContaining("promises 60000x60000 pixels but is too small to hold them");
  }

  @Test
  void aFolderThatWasWrittenIsReadBack() {
    double[] values = {0, 51, 102, 153, 204, 255, 300, -5, 10, 20, 30, 40};
    Path out = folder.resolve("out");
    Images.writeFolder(out, Dataset.of("x", new int[] {3, 1, 2}, values), 0, 255, Origins.ALL);
    assertThat(out.resolve("0001.png")).exists();
    Dataset back = Datasets.read(out);
    assertThat(back.shape()).containsExactly(3, 1, 2);
    assertThat(back.values()).containsExactly(0, 51, 102, 153, 204, 255, 255, 0, 10, 20, 30, 40);
  }

  @Test
  void aGridShowsEveryImageEnlargedBetweenGreyLines() throws IOException {
    Path out = folder.resolve("grid.png");
    double[] values = {0, 16, 8, 4, 16, 0, 0, 16, 2, 2, 2, 2};
    Dataset three = Dataset.of("x", new int[] {1, 2, 2}, values);
    Images.writeGrid(out, three, 0, 16, new Images.Grid(2, 3, 1), Origins.ALL);
    BufferedImage grid = ImageIO.read(out.toFile());
    assertThat(grid.getWidth()).isEqualTo(1 + 2 * (6 + 1));
    assertThat(grid.getHeight()).isEqualTo(1 + 2 * (6 + 1));
    assertThat(at(grid, 0, 0)).isEqualTo(128);
    assertThat(at(grid, 1, 1)).isEqualTo(0);
    assertThat(at(grid, 3, 3)).isEqualTo(0);
    assertThat(at(grid, 4, 1)).isEqualTo(255);
    assertThat(at(grid, 1, 4)).isEqualTo(128); // 8 of 16 is 127.5, to even
    assertThat(at(grid, 4, 4)).isEqualTo(64);
    assertThat(at(grid, 7, 1)).isEqualTo(128);
    assertThat(at(grid, 8, 1)).isEqualTo(255);
    assertThat(at(grid, 1, 8)).isEqualTo(32);
    assertThat(at(grid, 8, 8)).isEqualTo(128); // no fourth image
  }

  private static int at(BufferedImage grid, int x, int y) {
    return grid.getRaster().getSample(x, y, 0);
  }

  @Test
  void theDefaultGridIsSquareAndLargeEnoughToSee() {
    assertThat(Images.Grid.fitting(100, 8, 8)).isEqualTo(new Images.Grid(10, 8, 2));
    assertThat(Images.Grid.fitting(100, 28, 28)).isEqualTo(new Images.Grid(10, 2, 1));
    assertThat(Images.Grid.fitting(3, 256, 256)).isEqualTo(new Images.Grid(2, 1, 1));
    assertThat(Images.Grid.fitting(10_000, 32, 32).scale()).isEqualTo(1);
  }

  @Test
  void rowsThatAreNoPicturesAreNamed() {
    Path out = folder.resolve("x.png");
    assertThatThrownBy(
            () ->
                Images.writeGrid(
                    out, Dataset.of("x", new int[] {2}, new double[2]), 0, 1, Origins.ALL))
        .hasMessageContaining("its rows are points of 2 numbers, not images");
    assertThatThrownBy(
            () ->
                Images.writeGrid(
                    out, Dataset.of("x", new int[] {2, 1, 1}, new double[2]), 0, 1, Origins.ALL))
        .hasMessageContaining("its images have 2 channels");
    assertThatThrownBy(
            () ->
                Images.writeGrid(
                    out, Dataset.of("x", new int[] {1, 1, 1}, new double[2]), 1, 1, Origins.ALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out).doesNotExist();
  }
}
