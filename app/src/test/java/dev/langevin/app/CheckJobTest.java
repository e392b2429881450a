package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.density.Density;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CheckJobTest {
  /** A density such as a user writes it. */
  public static final class Mine implements Density {
    /** Found by its name. */
    public Mine() {}

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      gradient[0] = -x[0];
      gradient[1] = -4 * x[1];
      return -0.5 * (x[0] * x[0] + 4 * x[1] * x[1]);
    }
  }

  /** The same with a sign that is wrong. */
  public static final class Wrong implements Density {
    /** Found by its name. */
    public Wrong() {}

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      gradient[0] = -x[0];
      gradient[1] = 4 * x[1];
      return -0.5 * (x[0] * x[0] + 4 * x[1] * x[1]);
    }
  }

  private static String named(Class<?> own) throws Exception {
    Path place = Path.of(own.getProtectionDomain().getCodeSource().getLocation().toURI());
    return place + "#" + own.getName();
  }

  @Test
  void aSoundDensityOfOnesOwnPasses() throws Exception {
    Recorder console = new Recorder();
    assertThat(App.run(new CheckJob(named(Mine.class), 1), console)).isZero();
    assertThat(console.text()).contains("OK: ");
  }

  @Test
  void aWrongGradientIsNamedWithItsCoordinate() throws Exception {
    Recorder console = new Recorder();
    assertThat(App.run(new CheckJob(named(Wrong.class), 1), console)).isEqualTo(3);
    assertThat(console.text()).contains("x[1]");
  }

  @Test
  void itCanBeSampledToo() throws Exception {
    Recorder console = new Recorder();
    SampleSettings settings =
        new SampleSettings(
            "nuts", Map.of(), 2, 100, 200, 1, OptionalDouble.empty(), Optional.empty(), 1);
    SampleJob job = new SampleJob(named(Mine.class), settings, 1, Optional.empty(), false, false);
    assertThat(App.run(job, console)).isZero();
    assertThat(console.text()).contains("x[1]", "x[2]", "OK: Draws and gradient belong together");
  }

  @Test
  void whatIsMissingIsNamed() {
    Recorder console = new Recorder();
    assertThat(App.run(new CheckJob("nowhere#Mine", 1), console)).isEqualTo(2);
    assertThat(console.errors.get(0)).contains("nowhere", "no such jar");
    Recorder other = new Recorder();
    assertThat(App.run(new CheckJob(".#Mine", 1), other)).isEqualTo(2);
    assertThat(other.errors.get(0)).contains("has no class Mine");
  }
}
