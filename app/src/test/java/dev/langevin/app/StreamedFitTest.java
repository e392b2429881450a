package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.io.InputError;
import dev.langevin.io.ReadOptions;
import dev.langevin.io.RowFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamedFitTest {
  @TempDir Path folder;

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve(ModelFolder.WEIGHTS));
  }

  private static FitJob streamed(DataSource data, FitSettings settings, Path out) {
    return new FitJob(data, settings, 1, out, true, false);
  }

  /** An npy file of float32 or uint8, whose numbers begin behind an unpadded header. */
  private Path npy(String name, String type, String shape, int count) throws IOException {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s}\n".formatted(type, shape);
    int size = Integer.parseInt(type.substring(2));
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + size * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < count; i++) {
      int value = i * 7919 % 251;
      if (size == 4) {
        bytes.putFloat(value / 8f);
      } else {
        bytes.put((byte) value);
      }
    }
    return Files.write(folder.resolve(name), bytes.array());
  }

  private DataSource withClasses(DataSource data, int rows) throws IOException {
    StringBuilder labels = new StringBuilder("kind\n");
    for (int i = 0; i < rows; i++) {
      labels.append(i % 3).append('\n');
    }
    Path file = Files.writeString(folder.resolve("kinds.csv"), labels);
    return data.withLabels(file.toString());
  }

  @Test
  void theWeightsAreThoseOfTheRunInMemoryToTheLastBit() throws IOException {
    DataSource images = Toys.images(folder);
    DataSource points = DataSource.of(npy("points.npy", "<f4", "(50, 3)", 150).toString());
    for (DataSource data : new DataSource[] {images, points}) {
      Path place = Files.createTempDirectory(folder, "run");
      new FitJob(data, Toys.settings(6), 1, place.resolve("a"), false).run(new Recorder());
      streamed(data, Toys.settings(6), place.resolve("b")).run(new Recorder());
      assertThat(place.resolve("b").resolve(ModelFolder.CONFIG))
          .hasSameBinaryContentAs(place.resolve("a").resolve(ModelFolder.CONFIG));
      assertThat(weights(place.resolve("b"))).isEqualTo(weights(place.resolve("a")));
    }
  }

  @Test
  void soTheyAreWithClassesAfterARunThatWasKilledInEitherWayAndResumedInTheOther()
      throws IOException {
    DataSource data = withClasses(Toys.images(folder), 60);
    FitSettings classes = Toys.settings(7).with(LearningSettings.USUAL.withClasses(0.25));
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    new FitJob(data, classes, 1, whole, false).run(new Recorder());
    FitJob job = streamed(data, classes, killed);
    assertThatThrownBy(() -> Toys.learn(job, new Recorder().dyingAt(3)))
        .isInstanceOf(Recorder.Killed.class);
    FitJob inMemory = new FitJob(data, classes, 1, killed, false);
    assertThatThrownBy(() -> Toys.learn(inMemory, new Recorder().dyingAt(5)))
        .isInstanceOf(Recorder.Killed.class);
    Toys.learn(job, new Recorder());
    assertThat(weights(killed)).isEqualTo(weights(whole));
  }

  @Test
  void rowsOfEveryShapeAreThoseThatAreReadAtOnce() throws IOException {
    for (String shape : new String[] {"(120,)", "(40, 3)", "(4, 6, 5)", "(2, 5, 4, 3)"}) {
      for (String type : new String[] {"<f4", "|u1"}) {
        DataSource data = DataSource.of(npy("any.npy", type, shape, 120).toString());
        var whole = data.read();
        try (RowFile rows = data.open()) {
          assertThat(rows.shape()).isEqualTo(whole.shape());
          assertThat(rows.rows()).isEqualTo(whole.rows());
          double[] row = new double[rows.width()];
          for (int i = rows.rows() - 1; i >= 0; i--) {
            rows.read(i, row);
            int from = i * row.length;
            assertThat(row).isEqualTo(Arrays.copyOfRange(whole.values(), from, from + row.length));
          }
        }
      }
    }
  }

  @Test
  void aFileThatIsCutOffChangedOrGoneIsSaidSoAndCheckedOftenEnough() throws IOException {
    double[] row = new double[3];
    Path file = npy("points.npy", "<f4", "(50, 3)", 150);
    byte[] whole = Files.readAllBytes(file);
    try (RowFile rows = RowFile.open(file, ReadOptions.defaults())) {
      Files.write(file, Arrays.copyOf(whole, whole.length - 4));
      assertThatThrownBy(() -> rows.read(49, row)).isInstanceOf(InputError.class);
    }
    assertThatThrownBy(() -> RowFile.open(file, ReadOptions.defaults()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("its header promises");
    Files.write(file, whole);
    try (RowFile rows = RowFile.open(file, ReadOptions.defaults())) {
      rows.read(0, row);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
      assertThatThrownBy(() -> readMany(rows, row)).hasMessageContaining("was changed");
    }
    try (RowFile rows = RowFile.open(file, ReadOptions.defaults())) {
      rows.read(0, row);
      Files.delete(file);
      assertThatThrownBy(() -> readMany(rows, row)).hasMessageContaining("no such file");
    }
  }

  private static void readMany(RowFile rows, double[] row) {
    for (int i = 0; i < 64; i++) {
      rows.read(i % 50, row);
    }
  }

  /** A console that spoils the data after some steps, as another program might. */
  private static Recorder spoiling(Path file, int after) {
    return new Recorder() {
      private int asked;

      @Override
      public boolean cancelled() {
        if (asked++ == after) {
          try {
            Files.write(file, new byte[200]);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        }
        return super.cancelled();
      }
    };
  }

  @Test
  void aFileThatChangesWhileTrainingEndsTheRunAndItsLastCheckpointServesWhenItIsBack()
      throws IOException {
    DataSource data = Toys.images(folder);
    Path file = Path.of(data.name());
    byte[] kept = Files.readAllBytes(file);
    FitJob job = streamed(data, Toys.settings(12), folder.resolve("broken"));
    assertThatThrownBy(() -> Toys.learn(job, spoiling(file, 4)))
        .isInstanceOf(InputError.class)
        .hasMessageContaining(file.toString());
    Files.write(file, kept);
    Recorder console = new Recorder();
    assertThat(Toys.learn(job, console)).isEqualTo(Ending.FINISHED);
    assertThat(console.text()).contains("Resuming at step 4 of 12.");
    Toys.fit(data, 12, folder.resolve("whole")).run(new Recorder());
    assertThat(weights(folder.resolve("broken"))).isEqualTo(weights(folder.resolve("whole")));
  }

  @Test
  void whatCannotBeStreamedIsRefusedWithARemedy() throws IOException {
    Path zipped = folder.resolve("points.npy.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      Files.copy(npy("points.npy", "<f4", "(50, 3)", 150), out);
    }
    assertThatThrownBy(
            () ->
                streamed(DataSource.of(zipped.toString()), Toys.settings(1), folder.resolve("z"))
                    .run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("gunzip");
    for (DataSource data :
        new DataSource[] {
          DataSource.of(DataSource.DIGITS), Toys.source(Toys.table(folder)),
        }) {
      assertThatThrownBy(
              () -> streamed(data, Toys.settings(1), folder.resolve("d")).run(new Recorder()))
          .isInstanceOf(InputError.class)
          .hasMessageContaining("npy or IDX");
    }
    Path gap = npy("gap.npy", "<f4", "(50, 3)", 150);
    byte[] bytes = Files.readAllBytes(gap);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    Files.write(gap, bytes);
    try (RowFile rows = RowFile.open(gap, ReadOptions.defaults())) {
      assertThatThrownBy(() -> rows.read(49, new double[3]))
          .hasMessageContaining("gap.npy[49, 2]: is ");
    }
  }
}
