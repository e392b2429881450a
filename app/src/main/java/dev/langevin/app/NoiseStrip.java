package dev.langevin.app;

import dev.langevin.app.plot.Clouds;
import dev.langevin.app.plot.Densities;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.io.InputError;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.StepListener;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The way from data to noise, and back, as six pictures: of x_t = a x₀ + b z with a² = 1/(1 + r²), b = r a s, where r is the ratio of noise to signal and s the data's
 * standard deviation, so that all have the same spread whatever the solver's own process.
 */
final class NoiseStrip {
  private static final double[] RATIOS = {0, 0.1, 0.3, 0.7, 2, 10};
  private static final String RULE =
      "Points x = a x0 + b z of one standard deviation; noise is the ratio of those of b z and of a x0.";

  private final ShowJob job;
  private final ExactModel model;

  private record Stop(double ratio, double[] z) {}

  NoiseStrip(ShowJob job) {
    this.job = job;
    model = ExactModel.named(job.model());
    if (model.law().dimension() > 2) {
      throw new InputError(job.model(), "has more than two coordinates", "use ring, grid or line");
    }
  }

  /** Exact draws, with ever more of the same noise. */
  BufferedImage forward() {
    int d = model.law().dimension();
    double[] x = draws(model.scaled(), job.points(), job.address().child("data"));
    double[] noise = new double[x.length];
    job.address().child("noise").random().fillGaussian(noise, 0, noise.length);
    List<Stop> stops = new ArrayList<>();
    for (double ratio : RATIOS) {
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = x[i] + ExactModel.SD * ratio * noise[i];
      }
      stops.add(new Stop(ratio, y));
    }
    return paint(
        "Forward: noise turns any law into a normal one (" + job.model() + ", d = " + d + ")",
        stops);
  }

  /** A solver's run at the levels that are nearest to those of {@link #forward}. */
  BufferedImage reverse() {
    Map<Double, double[]> seen = new TreeMap<>();
    ListeningDenoiser denoiser =
        new ListeningDenoiser(
            model.denoiser(),
            (sigma, y, rows) -> seen.put(sigma, Arrays.copyOf(y, rows * model.law().dimension())));
    double[] end =
        job.how()
            .recipe()
            .sample(denoiser, job.points(), job.points(), job.address(), StepListener.NONE);
    List<Stop> stops = new ArrayList<>();
    for (int i = RATIOS.length - 1; i > 0; i--) {
      double wanted = RATIOS[i] * ExactModel.SD;
      Map.Entry<Double, double[]> nearest =
          seen.entrySet().stream()
              .min((s, t) -> Double.compare(gap(s.getKey(), wanted), gap(t.getKey(), wanted)))
              .orElseThrow();
      stops.add(new Stop(nearest.getKey() / ExactModel.SD, nearest.getValue()));
    }
    stops.add(new Stop(0, end));
    return paint(
        "Reverse: %s, %d steps, turns noise into %s"
            .formatted(job.how().solver(), job.how().recipe().steps(), job.model()),
        stops);
  }

  private static double gap(double sigma, double wanted) {
    return Math.abs(Math.log(sigma / wanted));
  }

  private BufferedImage paint(String title, List<Stop> stops) {
    double reach = reach();
    return model.law().dimension() == 2
        ? Clouds.of(
            title,
            RULE,
            stops.stream().map(s -> new Clouds.Panel(title(s), shown(s))).toList(),
            stops.size(),
            model.mean(),
            reach,
            List.of())
        : Densities.of(
            title,
            RULE,
            stops.stream().map(this::density).toList(),
            stops.size(),
            model.mean()[0] - reach,
            model.mean()[0] + reach,
            "exact density");
  }

  private static String title(Stop stop) {
    return stop.ratio() == 0
        ? "no noise"
        : "noise " + Numbers.fixed(stop.ratio(), stop.ratio() < 1 ? 1 : 0);
  }

  /** On the data's own scale. */
  private double[] shown(Stop stop) {
    double a = 1 / Math.sqrt(1 + stop.ratio() * stop.ratio());
    return model.scaling().toData(Arrays.stream(stop.z()).map(y -> a * y).toArray());
  }

  private Densities.Panel density(Stop stop) {
    double a = 1 / Math.sqrt(1 + stop.ratio() * stop.ratio());
    GaussianMixture law = model.scaled().noised(a, a * stop.ratio() * ExactModel.SD);
    double[] z = new double[1];
    return new Densities.Panel(
        title(stop),
        shown(stop),
        x -> {
          z[0] = (x - model.mean()[0]) / model.scale();
          return Math.exp(law.logDensity(z)) / model.scale();
        });
  }

  /** Three standard deviations of the whole, and all of the modes. */
  private double reach() {
    return Math.max(3 * ExactModel.SD * model.scale(), reach(model));
  }

  /** From the middle to the farthest mode, with four standard deviations of its own. */
  static double reach(ExactModel model) {
    double reach = 0;
    double[][] means = model.law().means();
    double[][][] covariances = model.law().covariances();
    for (int k = 0; k < means.length; k++) {
      for (int i = 0; i < means[k].length; i++) {
        double far = Math.abs(means[k][i] - model.mean()[i]) + 4 * Math.sqrt(covariances[k][i][i]);
        reach = Math.max(reach, far);
      }
    }
    return reach;
  }

  /** Exact draws of a law, {@code rows × d}, each at an address of its own. */
  static double[] draws(GaussianMixture law, int rows, Seed address) {
    int d = law.dimension();
    double[] all = new double[rows * d];
    double[] one = new double[d];
    AddressedRandom random = address.random();
    for (int r = 0; r < rows; r++) {
      random.moveTo(address.child(r));
      law.sample(random, one);
      System.arraycopy(one, 0, all, r * d, d);
    }
    return all;
  }
}
