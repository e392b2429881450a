package dev.langevin.app.target;

import dev.langevin.app.target.Reference.Quantity;
import dev.langevin.density.target.Banana;
import dev.langevin.density.target.Funnel;
import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import java.util.ArrayList;
import java.util.List;

/** Moments that need no draws. */
final class ClosedForms {
  private static final double Z95 = 1.6448536269514722; // 95 % quantile of N(0, 1)

  private ClosedForms() {}

  /** Every coordinate is N(μ_i, Σ_ii). */
  static List<Quantity> of(Gaussian gaussian) {
    double[] mean = gaussian.mean();
    double[][] covariance = gaussian.covariance();
    List<Quantity> known = new ArrayList<>();
    for (int i = 0; i < mean.length; i++) {
      known.add(normal(gaussian.outputs().get(i), mean[i], Math.sqrt(covariance[i][i])));
    }
    return known;
  }

  /** Mean and covariance of the whole; its quantiles have no closed form. */
  static List<Quantity> of(GaussianMixture mixture) {
    double[] mean = mixture.mean();
    double[][] covariance = mixture.covariance();
    List<Quantity> known = new ArrayList<>();
    for (int i = 0; i < mean.length; i++) {
      double sd = Math.sqrt(covariance[i][i]);
      known.add(moments(mixture.outputs().get(i), mean[i], sd, Double.NaN));
    }
    return known;
  }

  /** x_1 ~ N(0, s²); x_2 has mean 0 and variance 1 + 2b²s⁴; the others are standard normal. */
  static List<Quantity> of(Banana banana) {
    List<String> names = banana.outputs();
    double bend = banana.bend();
    double variance = banana.sd() * banana.sd();
    List<Quantity> known = new ArrayList<>();
    known.add(normal(names.get(0), 0, banana.sd()));
    double sd = Math.sqrt(1 + 2 * bend * bend * variance * variance);
    known.add(moments(names.get(1), 0, sd, Double.NaN));
    names.stream().skip(2).forEach(name -> known.add(normal(name, 0, 1)));
    return known;
  }

  /** v ~ N(0, s²); the others are symmetric about 0 with variance E e^v = e^(s²/2). */
  static List<Quantity> of(Funnel funnel) {
    List<String> names = funnel.outputs();
    double sd = StrictMath.exp(0.25 * funnel.sd() * funnel.sd());
    List<Quantity> known = new ArrayList<>();
    known.add(normal(names.get(0), 0, funnel.sd()));
    names.stream().skip(1).forEach(name -> known.add(moments(name, 0, sd, 0)));
    return known;
  }

  private static Quantity normal(String name, double mean, double sd) {
    return new Quantity(
        name, mean, sd, 0, mean * mean + sd * sd, 0, mean - Z95 * sd, mean, mean + Z95 * sd);
  }

  private static Quantity moments(String name, double mean, double sd, double median) {
    return new Quantity(
        name, mean, sd, 0, mean * mean + sd * sd, 0, Double.NaN, median, Double.NaN);
  }
}
