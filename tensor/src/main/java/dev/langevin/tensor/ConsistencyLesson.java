package dev.langevin.tensor;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.ConsistencyPreconditioning;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.LevelLaw;
import dev.langevin.objective.Objective;
import dev.langevin.solver.ConsistencyDistillation;
import dev.langevin.solver.Solver;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What a network is to answer while it learns to be a consistency function (Song, Dhariwal, Chen &amp; Sutskever 2023, algorithm 2): for a noised row x at t_{n+1} the F with
 * c_skip x + c_out F = f⁻(x̂; t_n), x̂ the teacher's step from x, f⁻ the network with an average of its weights. The square error of F times c_out² is then the square
 * distance of f and f⁻, and everything else of a training step is as ever.
 */
final class ConsistencyLesson implements AutoCloseable {
  private static final String TARGET = "target.";

  private final ConsistencyDistillation recipe;
  private final TimeGrid grid;
  private final double targetDecay;
  private final Denoiser teacher;
  private final Network network;
  private final Objective form;
  private final Parameters averaged;
  private final NetworkDenoiser target;

  /**
   * The lesson before its first step.
   *
   * @param teacher called by several threads at a time
   * @param form of {@link #form}
   * @param start the weights that the student starts from
   */
  ConsistencyLesson(
      ConsistencyDistillation recipe,
      double targetDecay,
      Denoiser teacher,
      Objective form,
      Architecture architecture,
      Network network,
      float[] start) {
    this.recipe = recipe;
    this.targetDecay = targetDecay;
    this.teacher = teacher;
    this.form = form;
    this.network = network;
    grid = recipe.grid();
    averaged = Scope.call(() -> Parameters.fixed(network.layout(), start));
    target = new NetworkDenoiser(new NetworkFunction(architecture, network, averaged), form);
  }

  /** The consistency function around a network that was taught with {@code network}'s form, all upper levels as likely and weighing the same. */
  static Objective form(Objective network, ConsistencyDistillation recipe) {
    return new DenoisingObjective(
        new ConsistencyPreconditioning(network, recipe.sigmaMin()),
        sigma -> 1,
        new Upper(recipe.grid()));
  }

  /** t_2 … t_N, each as likely. */
  private record Upper(TimeGrid grid) implements LevelLaw {
    @Override
    public double quantile(double u) {
      int pairs = grid.steps() - 1;
      return grid.time(pairs - 1 - Math.min((int) (u * pairs), pairs - 1));
    }

    /** Refused: there is none. */
    @Override
    public double density(double sigma) {
      throw new UnsupportedOperationException("a grid of levels has no density");
    }
  }

  /** Rows of one level, which stand side by side because levels are spread over a batch in their order. */
  private record Group(int from, int rows, int pair) {}

  /** Replaces the targets of a batch. */
  void fill(Batches batches) {
    List<Group> groups = groups(batches.sigmas);
    Workers.run(groups.size(), i -> fill(batches, groups.get(i)));
  }

  private List<Group> groups(double[] sigmas) {
    List<Group> groups = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sigmas.length; i++) {
      if (i == sigmas.length || sigmas[i] != sigmas[from]) {
        groups.add(new Group(from, i - from, pair(sigmas[from])));
        from = i;
      }
    }
    return groups;
  }

  private int pair(double sigma) {
    int k = 0;
    while (grid.time(k) > sigma) {
      k++;
    }
    return k;
  }

  private void fill(Batches batches, Group group) {
    int d = teacher.dimension();
    int first = group.from() * d;
    int length = group.rows() * d;
    double upper = grid.time(group.pair());
    double scale = form.cIn(upper);
    double[] x = new double[length];
    for (int i = 0; i < length; i++) {
      x[i] = batches.inputs[first + i] / scale; // the row as the network sees it
    }
    double[] stepped = x.clone();
    Solver.Worker step = recipe.on(teacher, group.rows());
    step.step(group.pair(), stepped, group.rows(), new double[0]);
    double[] end = new double[length];
    target.denoise(stepped, group.rows(), grid.time(group.pair() + 1), end);
    double skip = form.cSkip(upper);
    double out = form.cOut(upper);
    for (int i = 0; i < length; i++) {
      batches.targets[first + i] = (float) ((end[i] - skip * x[i]) / out);
    }
  }

  /** The metric, of each row's square distance over the row's length. */
  Tensor metric(Tensor meanSquares) {
    if (recipe.metric() == ConsistencyDistillation.Metric.SQUARED) {
      return meanSquares;
    }
    double c = recipe.metric().corner();
    return meanSquares.add(new Scalar(c * c)).sqrt().sub(new Scalar(c));
  }

  /** Moves the averaged weights after those that have learned. To be called inside a scope. */
  void follow(Parameters weights) {
    averaged.flat().lerp_(weights.flat(), new Scalar(1 - targetDecay));
  }

  /** What a checkpoint keeps. To be called inside a scope. */
  List<NamedArray> arrays() {
    return network.layout().split(TARGET, averaged.values());
  }

  /** The weights that {@link #restore} takes. */
  float[] stored(List<NamedArray> arrays) {
    return network.layout().join(TARGET, arrays);
  }

  /** To be called inside a scope. */
  void restore(float[] stored) {
    averaged.values(stored);
  }

  @Override
  public void close() {
    target.close(); // and with it the averaged weights
  }
}
