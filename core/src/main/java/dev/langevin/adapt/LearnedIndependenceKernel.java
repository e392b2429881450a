package dev.langevin.adapt;

import dev.langevin.density.LogDensity;
import dev.langevin.density.target.StudentT;
import dev.langevin.math.Check;
import dev.langevin.mcmc.IndependenceMetropolis;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.SelfTuningKernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The worker of {@link LearnedIndependence}. */
final class LearnedIndependenceKernel implements SelfTuningKernel {
  private final LearnedIndependence recipe;
  private final LogDensity density;
  private double[] location;
  private double[][] scale;
  private Kernel kernel;
  private @Nullable Learning learning;
  private final Outcome outcome = new Outcome();

  LearnedIndependenceKernel(LearnedIndependence recipe, LogDensity density) {
    int d = density.dimension();
    this.recipe = recipe;
    this.density = density;
    this.location = new double[d];
    this.scale = new double[d][d];
    for (int i = 0; i < d; i++) {
      scale[i][i] = 1;
    }
    this.kernel = place(location, scale);
  }

  private Kernel place(double[] location, double[][] scale) {
    StudentT law = StudentT.of(recipe.degreesOfFreedom(), location, scale);
    return new IndependenceMetropolis(law).on(density);
  }

  private void propose(double[] newLocation, double[][] newScale) {
    kernel = place(newLocation, newScale);
    location = newLocation;
    scale = newScale;
  }

  @Override
  public int dimension() {
    return location.length;
  }

  @Override
  public State start(double[] x) {
    return kernel.start(x);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    return kernel.step(state, random);
  }

  @Override
  public void beginWarmup(int iterations, double targetAcceptance) {
    learning = new Learning(Check.atLeast("iterations", iterations, 1));
  }

  /** What is gathered in a warm-up. */
  private final class Learning {
    private final int iterations;
    private final TunableKernel walk;
    private final Warmup warmup;
    private final RunningCovariance seen = new RunningCovariance(location.length);
    private int done;
    private boolean proposes;

    Learning(int iterations) {
      RandomWalkMetropolis recipe = RandomWalkMetropolis.defaults();
      this.iterations = iterations;
      this.walk = recipe.on(density);
      this.warmup = Warmup.of(walk, iterations, recipe.targetAcceptance(), MetricAdaptation.DENSE);
    }

    Outcome learn(State state, RandomGenerator random) {
      long before = warmup.evaluations();
      if (done == 0) {
        warmup.begin(state, random);
      }
      Outcome last = walk.step(state, random);
      warmup.learn(state, last, random);
      boolean moved = last.moved();
      int evaluations = last.evaluations() + (int) (warmup.evaluations() - before);
      if (proposes) {
        last = kernel.step(state, random);
        moved |= last.moved();
        evaluations += last.evaluations();
      }
      seen.add(state.position());
      done++;
      renew();
      Arrays.fill(state.memory(), 0); // the weights of proposals that are being learned say nothing
      return moved
          ? outcome.moved(last.acceptance(), Double.NaN, evaluations)
          : outcome.stayed(last.acceptance(), Double.NaN, evaluations);
    }

    private void renew() {
      boolean due = done == iterations / 8 || done == iterations / 4 || done == iterations / 2;
      if ((due || done == iterations) && seen.count() > location.length) {
        propose(seen.mean(), seen.regularised());
        seen.restart();
        proposes = true;
      }
    }
  }

  @Override
  public Outcome learn(State state, RandomGenerator random) {
    Learning begun = learning;
    if (begun == null || begun.done == begun.iterations) {
      throw new IllegalStateException("no warm-up is under way");
    }
    return begun.learn(state, random);
  }

  /** Location, then the rows of the scale matrix. */
  @Override
  public double[] tuned() {
    int d = location.length;
    double[] tuned = Arrays.copyOf(location, d + d * d);
    for (int i = 0; i < d; i++) {
      System.arraycopy(scale[i], 0, tuned, d + i * d, d);
    }
    return tuned;
  }

  @Override
  public void retune(double[] tuned) {
    int d = location.length;
    Check.length("tuned", tuned, d + d * d);
    double[][] rows = new double[d][];
    for (int i = 0; i < d; i++) {
      rows[i] = Arrays.copyOfRange(tuned, d + i * d, d + (i + 1) * d);
    }
    propose(Arrays.copyOf(tuned, d), rows);
  }

  @Override
  public Map<String, Double> figures(State state) {
    return kernel.figures(state);
  }
}
