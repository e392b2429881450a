package dev.langevin.app;

import dev.langevin.chain.ChainListener;
import dev.langevin.chain.ChainRun;
import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Chains;
import dev.langevin.density.Model;
import dev.langevin.density.target.Gaussian;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Nuts;
import dev.langevin.random.Seed;
import dev.langevin.theory.Constant;
import dev.langevin.theory.Curvature;
import dev.langevin.theory.CurvatureEstimate;
import dev.langevin.theory.Divergence;
import dev.langevin.theory.Explanation;
import dev.langevin.theory.Start;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How close draws shall be to their target, and what the user knows of its shape.
 *
 * @param value the accuracy, positive
 * @param measure {@code w2}, {@code scaled-w2} (√m W2), {@code kl} or {@code tv}
 * @param convexity m with -log p m-strongly convex, if the user gives it
 * @param smoothness M, a Lipschitz constant of the gradient, if the user gives it
 * @param logSobolev α of a log-Sobolev inequality, if the user gives it
 */
public record Accuracy(
    double value,
    String measure,
    OptionalDouble convexity,
    OptionalDouble smoothness,
    OptionalDouble logSobolev) {
  private static final int PILOT_CHAINS = 4;
  private static final int PILOT_DRAWS = 250;

  public Accuracy {
    Check.positive("accuracy", value);
    Divergence.labelled(measure);
    convexity.ifPresent(m -> Check.positive("convexity", m));
    smoothness.ifPresent(m -> Check.positive("smoothness", m));
    logSobolev.ifPresent(m -> Check.positive("logSobolev", m));
  }

  /**
   * What theory says to it.
   *
   * @param start x₀, where a chain is to begin
   * @param curvature what was known, given or estimated
   */
  record Answer(double[] start, Curvature curvature, Explanation explanation) {}

  /** Asks theory; where the shape of the density is not known it is looked for along a short pilot run. */
  Answer ask(Model model, long seed, Console console) {
    Curvature curvature = given(Curvature.known(model));
    double[] start;
    if (model instanceof Gaussian gaussian) {
      start = gaussian.mean();
    } else {
      double[][] points = pilot(model, seed);
      start = best(model, points);
      if (curvature.smoothness().isEmpty() || curvature.isoperimetry().isEmpty()) {
        console.line(
            "The curvature of %s is not known; looking for it at %d points of a short run of NUTS."
                .formatted(model.name(), points.length));
        curvature = given(CurvatureEstimate.of(model.fork(), points, Seed.of(seed)).curvature());
      }
    }
    Divergence wanted = Divergence.labelled(measure);
    return new Answer(
        start, curvature, Explanation.of(curvature, Start.at(model.fork(), start), wanted, value));
  }

  private Curvature given(Curvature curvature) {
    Curvature found = curvature;
    if (smoothness.isPresent()) {
      found = found.withSmoothness(Constant.given(smoothness.getAsDouble()));
    }
    if (convexity.isPresent()) {
      found = found.withConvexity(Constant.given(convexity.getAsDouble()));
    }
    if (logSobolev.isPresent()) {
      found = found.withLogSobolev(Constant.given(logSobolev.getAsDouble()));
    }
    return found;
  }

  private static double[][] pilot(Model model, long seed) {
    ChainSettings settings =
        new ChainSettings(
            PILOT_CHAINS,
            500,
            PILOT_DRAWS,
            1,
            Double.NaN,
            ChainSettings.defaults(Seed.of(seed)).metric(),
            Seed.of(seed).child("pilot"));
    ChainRun run =
        Chains.run(Nuts.defaults(), model, settings, Runnable::run, ChainListener.silent());
    return Arrays.stream(run.points()).flatMap(Arrays::stream).toArray(double[][]::new);
  }

  /** The point with the largest density. */
  private static double[] best(Model model, double[][] points) {
    double[] best = points[0];
    double most = Double.NEGATIVE_INFINITY;
    Model own = model.fork();
    for (double[] point : points) {
      double value = own.logDensity(point);
      if (value > most) {
        most = value;
        best = point;
      }
    }
    return best.clone();
  }

  /** For the provenance. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("accuracy", value);
    map.put("in", measure);
    convexity.ifPresent(m -> map.put("convexity", m));
    smoothness.ifPresent(m -> map.put("smoothness", m));
    logSobolev.ifPresent(m -> map.put("log-sobolev", m));
    return map;
  }
}
