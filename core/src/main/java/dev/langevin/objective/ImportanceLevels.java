package dev.langevin.objective;

import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Noise levels drawn more often where the loss is large, with weights that undo it (Nichol &amp; Dhariwal 2021, section 3.3, eq. 18): the law is cut into classes of
 * equal probability, and class k is drawn with
 *
 * <p>p_k = (1 - uniform) √E[L_k²]/Σ_j √E[L_j²] + uniform/classes,
 *
 * <p>E[L_k²] over the last few losses seen there. That choice makes the variance of the weighted loss least. Until every class has a full history all are
 * equally likely. A level has the weight 1/(classes · p_k), so that the expected weighted loss is that of the law, whatever the history.
 *
 * @param law the law whose expected loss is meant
 * @param classes number of classes, at least 1
 * @param history losses remembered per class, at least 1; 10 in the paper
 * @param uniform share drawn without regard to the loss, strictly between 0 and 1; 0.001 in the authors' program
 */
public record ImportanceLevels(LevelLaw law, int classes, int history, double uniform) {
  public ImportanceLevels {
    Check.atLeast("classes", classes, 1);
    Check.atLeast("history", history, 1);
    Check.inside("uniform", uniform, 0, 1);
  }

  /** The paper's settings: 10 losses per class, a thousandth uniform. */
  public ImportanceLevels(LevelLaw law, int classes) {
    this(law, classes, 10, 0.001);
  }

  /** A sampler that remembers nothing yet. */
  public Worker start() {
    return new Worker(this);
  }

  /** Draws levels and remembers losses; one per training run, of one thread. */
  public static final class Worker {
    private final ImportanceLevels recipe;
    private final double[] squares; // classes × history, a ring per class
    private final long[] seen;
    private final double[] probabilities;
    private final double[] within; // where in its class a level lies, 0 … 1

    private Worker(ImportanceLevels recipe) {
      this.recipe = recipe;
      squares = new double[recipe.classes * recipe.history];
      seen = new long[recipe.classes];
      probabilities = new double[recipe.classes];
      within = new double[1];
    }

    /**
     * Fills a batch's levels, spread evenly over their present law. Draws one number whatever the batch.
     *
     * @param sigmas the levels, overwritten
     * @param drawn each level's class, overwritten; for {@link #observe}
     * @param weights what each level's loss is to be multiplied with, overwritten
     */
    public void draw(RandomGenerator random, double[] sigmas, int[] drawn, double[] weights) {
      renew();
      double shift = random.nextDouble();
      int n = sigmas.length;
      for (int i = 0; i < n; i++) {
        double p = (double) i / n + shift;
        int k = find(p - Math.floor(p));
        double u = (k + within[0]) / recipe.classes;
        sigmas[i] = recipe.law.quantile(Math.min(Math.max(u, 0x1p-54), 1 - 0x1p-53));
        drawn[i] = k;
        weights[i] = 1 / (recipe.classes * probabilities[k]);
      }
    }

    /**
     * Remembers a loss; not multiplied with the weight that {@link #draw} told.
     *
     * @param drawn the class of its level
     * @param loss finite
     */
    public void observe(int drawn, double loss) {
      Check.finite("loss", loss);
      int slot = (int) (seen[drawn]++ % recipe.history);
      squares[drawn * recipe.history + slot] = loss * loss;
    }

    /**
     * All that it remembers, a copy, for {@link #restore}: the squares of the losses, {@code classes × history} with a ring per class, and then how many losses each
     * class has seen.
     */
    public double[] memory() {
      double[] memory = Arrays.copyOf(squares, squares.length + seen.length);
      for (int k = 0; k < seen.length; k++) {
        memory[squares.length + k] = seen[k];
      }
      return memory;
    }

    /**
     * Remembers what another of this recipe did.
     *
     * @param memory what {@link #memory} gave
     */
    public void restore(double[] memory) {
      if (memory.length != squares.length + seen.length) {
        throw new IllegalArgumentException(
            "memory must have "
                + (squares.length + seen.length)
                + " numbers, got "
                + memory.length);
      }
      System.arraycopy(memory, 0, squares, 0, squares.length);
      for (int k = 0; k < seen.length; k++) {
        seen[k] = (long) memory[squares.length + k];
      }
    }

    /** p_k of the next draw, a copy. */
    public double[] probabilities() {
      renew();
      return probabilities.clone();
    }

    private void renew() {
      double sum = 0;
      boolean full = true;
      for (int k = 0; k < recipe.classes; k++) {
        probabilities[k] = rootMeanSquare(k);
        sum += probabilities[k];
        full &= seen[k] >= recipe.history;
      }
      if (!full || !(sum > 0)) {
        Arrays.fill(probabilities, 1.0 / recipe.classes);
        return;
      }
      for (int k = 0; k < recipe.classes; k++) {
        double share = probabilities[k] / sum;
        probabilities[k] = (1 - recipe.uniform) * share + recipe.uniform / recipe.classes;
      }
    }

    private double rootMeanSquare(int k) {
      double sum = 0;
      for (int i = 0; i < recipe.history; i++) {
        sum += squares[k * recipe.history + i];
      }
      return Math.sqrt(sum / recipe.history);
    }

    /** The class at cumulative probability p; sets {@link #within}. */
    private int find(double p) {
      double below = 0;
      int k = 0;
      while (k < recipe.classes - 1 && p >= below + probabilities[k]) {
        below += probabilities[k++];
      }
      within[0] = Math.min(Math.max((p - below) / probabilities[k], 0), 1);
      return k;
    }
  }
}
