package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.io.InputError;
import dev.langevin.table.Dataset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingTest {
  private static final Dataset TABLE =
      new Dataset(
          "table",
          new int[] {3},
          List.of("height", "children", "always"),
          new double[] {1.5, 0, 7, 1.75, 2, 7, 2.25, 1, 7, 1.25, 5, 7},
          new int[0]);

  @Test
  void columnsOfATableGetMeanZeroAndTheStandardDeviationAskedFor() {
    Scaling scaling = Scaling.of(TABLE, 0.5);
    float[] z = scaling.toNetwork(TABLE.values());
    for (int c = 0; c < 2; c++) {
      double mean = 0;
      double square = 0;
      for (int r = 0; r < 4; r++) {
        mean += z[3 * r + c] / 4;
        square += z[3 * r + c] * z[3 * r + c] / 4;
      }
      assertThat(mean).isCloseTo(0, within(1e-6));
      assertThat(Math.sqrt(square)).isCloseTo(0.5, within(1e-6));
    }
  }

  @Test
  void imagesGetOneMapForAllPixels() {
    Dataset images =
        Dataset.of("images", new int[] {1, 2, 2}, new double[] {0, 16, 4, 4, 0, 0, 8, 0});
    Scaling scaling = Scaling.of(images, 0.5);
    assertThat(scaling.shift()).hasSize(1).containsExactly(4);
    assertThat(scaling.scale()[0]).isCloseTo(2 * Math.sqrt(28), within(1e-12));
  }

  @Test
  void theWayBackLeadsToTheData() {
    Scaling scaling = Scaling.of(TABLE, 0.5);
    float[] z = scaling.toNetwork(TABLE.values());
    double[] wide = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      wide[i] = z[i];
    }
    double[] back = scaling.toData(wide);
    for (int i = 0; i < back.length; i++) {
      assertThat(back[i]).isCloseTo(TABLE.values()[i], within(1e-6));
    }
  }

  @Test
  void wholeColumnsAreRoundedAndKeptInRangeAndOthersAreLeftFree() {
    Scaling scaling = Scaling.of(TABLE, 0.5);
    double[] far = scaling.toData(new double[] {40, 40, 0.2, -40, 0.013, -0.2});
    assertThat(far[0]).isGreaterThan(2.25);
    assertThat(far[1]).isEqualTo(5);
    assertThat(far[2]).isEqualTo(7);
    assertThat(far[3]).isLessThan(1.25);
    assertThat(far[4]).isEqualTo(2);
    assertThat(far[5]).isEqualTo(7);
  }

  @Test
  void pixelsAreKeptInTheRangeSeen() {
    Dataset images = Dataset.of("images", new int[] {1, 1, 2}, new double[] {0, 1, 0.25, 0.5});
    double[] back = Scaling.of(images, 0.5).toData(new double[] {9, -9});
    assertThat(back).containsExactly(1, 0);
  }

  @Test
  void aConstantColumnIsNamedAndDoesNotDivideByZero() {
    Scaling scaling = Scaling.of(TABLE, 0.5);
    assertThat(scaling.constantColumns()).containsExactly(2);
    assertThat(scaling.scale()[2]).isEqualTo(1);
    assertThat(scaling.toNetwork(TABLE.values())[2]).isZero();
  }

  @Test
  void comparisonsDivideColumnsByTheirDeviationAndLeavePixelsAlone() {
    Scaling columns = Scaling.of(TABLE, 1);
    assertThat(columns.toUnit(TABLE.values())[1 + 3])
        .isCloseTo(2 / columns.scale()[1], within(1e-12));
    Dataset images = Dataset.of("images", new int[] {1, 1, 2}, new double[] {0, 16, 3, 5});
    assertThat(Scaling.of(images, 1).toUnit(images.values())).containsExactly(0, 16, 3, 5);
  }

  @Test
  void survivesItsFile() {
    Scaling scaling = Scaling.of(TABLE, 0.5);
    assertThat(Scaling.from(new Fields("config.json", scaling.toMap()))).isEqualTo(scaling);
  }

  @Test
  void refusesAFileThatWasTamperedWith() {
    Map<String, Object> map = Scaling.of(TABLE, 0.5).toMap();
    map.put("scale", List.of(1.0, 0.0, 1.0));
    assertThatThrownBy(() -> Scaling.from(new Fields("config.json", map)))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining("scale must be positive");
    map.remove("scale");
    assertThatThrownBy(() -> Scaling.from(new Fields("config.json", map)))
        .hasMessageContaining("\"scale\" is missing");
  }
}
