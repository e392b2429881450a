package dev.langevin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.cli.MainTest.Said;
import dev.langevin.io.Hashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommandTest {
  private static final int SIDE = 8;

  @TempDir Path temp;

  /** Images that are bright on the left (class 0) or on the right (class 1), with noise. */
  private Path images(String name, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    ByteBuffer bytes = ByteBuffer.allocate(16 + rows * SIDE * SIDE);
    bytes.putInt(0x803).putInt(rows).putInt(SIDE).putInt(SIDE);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < SIDE * SIDE; k++) {
        boolean bright = (k % SIDE < SIDE / 2) == (i % 2 == 0);
        bytes.put((byte) (random.nextInt(100) + (bright ? 150 : 0)));
      }
    }
    return Files.write(temp.resolve(name), bytes.array());
  }

  private Path labels(String name, int rows) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + rows).putInt(0x801).putInt(rows);
    for (int i = 0; i < rows; i++) {
      bytes.put((byte) (i % 2));
    }
    return Files.write(temp.resolve(name), bytes.array());
  }

  @Test
  void a_network_is_trained_and_compares_images() throws IOException {
    Path train = images("train.idx", 400, 1);
    Path classes = labels("classes.idx", 400);
    Path test = images("test.idx", 100, 2);
    Path truth = labels("truth.idx", 100);
    Path network = temp.resolve("net");
    Said trained =
        MainTest.run(
            ("features %s --labels %s --test %s --test-labels %s --epochs 4 --shift 0 --threads 1"
                    + " --out %s")
                .formatted(train, classes, test, truth, network)
                .split(" "));
    assertThat(trained.err()).isEmpty();
    assertThat(trained.status()).isZero();
    assertThat(trained.out()).contains("Right about 100.00 % of 100 images", "Wrote " + network);
    assertThat(Files.readString(network.resolve("config.json")))
        .contains(
            "langevin features train.idx --labels classes.idx --test test.idx --test-labels"
                + " truth.idx --epochs 4 --shift 0 --seed 1",
            "\"data_labels\" : \"" + Hashes.sha256(classes),
            "\"test_labels\" : \"" + Hashes.sha256(truth));

    Path out = temp.resolve("figures.json");
    Said compared =
        MainTest.run(
            "evaluate %s --against %s --features %s --threads 1 --out %s"
                .formatted(test, train, network, out)
                .split(" "));
    assertThat(compared.status()).as(compared.err()).isZero();
    assertThat(compared.out())
        .contains("64 features of the network " + network, "No sign of copying");
    assertThat(Files.readString(out)).contains("frechet", "classes");
  }

  @Test
  void what_is_no_network_and_what_has_no_classes_is_refused_with_a_remedy() throws IOException {
    Path rows = images("rows.idx", 60, 3);
    Said none =
        MainTest.run(
            "evaluate %s --against %s --features %s".formatted(rows, rows, temp).split(" "));
    assertThat(none.status()).isNotZero();
    assertThat(none.err()).contains("is no feature network", "mnist, fashion", "langevin features");
    Said plain =
        MainTest.run("features %s --out %s".formatted(rows, temp.resolve("net")).split(" "));
    assertThat(plain.status()).isNotZero();
    assertThat(plain.err()).contains("has no classes", "--labels");
    assertThat(temp.resolve("net")).doesNotExist();
  }
}
