package dev.langevin.bench;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.distance.SlicedWasserstein;
import dev.langevin.random.Seed;
import dev.langevin.solver.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One judgement of fresh rows of a mixture: {@value #PAIRS} pairs of real samples of {@value #ROWS} rows say how far apart real rows are, the floor; fresh samples are held against the first
 * of each pair. Everything is drawn at addresses of the seed, so that trials of other seeds share nothing.
 */
final class SolverTrial {
  static final int ROWS = 2000;
  static final int PAIRS = 8;
  private static final SlicedWasserstein DISTANCE = new SlicedWasserstein(16);

  private final GaussianMixture law;
  private final Denoiser denoiser;
  private final int d;
  private final Seed seed;
  private final List<double[]> real = new ArrayList<>();
  private final double[] floor = new double[PAIRS];
  private long asked;

  /** Draws the real rows. */
  SolverTrial(GaussianMixture law, Seed seed) {
    this.law = law;
    this.seed = seed;
    d = law.dimension();
    denoiser = new GaussianMixtureDenoiser(law);
    for (int i = 0; i < PAIRS; i++) {
      real.add(draws(seed.child("real").child(i)));
      floor[i] = distance(draws(seed.child("other").child(i)), real.get(i));
    }
  }

  private double[] draws(Seed address) {
    double[] rows = new double[d * ROWS];
    double[] row = new double[d];
    for (int r = 0; r < ROWS; r++) {
      law.sample(address.child(r).random(), row);
      System.arraycopy(row, 0, rows, d * r, d);
    }
    return rows;
  }

  private double distance(double[] one, double[] other) {
    return DISTANCE.between(one, ROWS, other, ROWS, d, Seed.of(3)).value();
  }

  /** The distances of real rows from real rows. */
  double[] floor() {
    return floor.clone();
  }

  /** The mean number of evaluations of a row in the last run. */
  double evaluations() {
    return (double) asked / ROWS;
  }

  /** Whether the first pair alone is four scatters above the floor, so that the others need not be looked at. */
  boolean hopeless(Generation recipe) {
    return distance(rows(recipe, 0), real.get(0)) > average(floor) + 4 * Math.sqrt(scatter(floor));
  }

  /** The distances of fresh rows from the real ones. */
  double[] distances(Generation recipe) {
    double[] distances = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      distances[i] = distance(rows(recipe, i), real.get(i));
    }
    return distances;
  }

  private double[] rows(Generation recipe, int pair) {
    Seed address = seed.child("fresh").child(pair);
    return recipe.sample(
        denoiser,
        ROWS,
        ROWS,
        address,
        (done, total) -> {
          asked = done;
          return true;
        });
  }

  /** The same of exact draws: what a perfect solver would have. */
  double[] exact() {
    double[] distances = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      distances[i] = distance(draws(seed.child("exact").child(i)), real.get(i));
    }
    return distances;
  }

  /** By how many standard errors of the difference the mean of distances is above that of a floor; as many of both. */
  static double excess(double[] distances, double[] floor) {
    double error = Math.sqrt((scatter(floor) + scatter(distances)) / floor.length);
    return (average(distances) - average(floor)) / error;
  }

  static double average(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  /** The variance. */
  static double scatter(double[] values) {
    double mean = average(values);
    return DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
