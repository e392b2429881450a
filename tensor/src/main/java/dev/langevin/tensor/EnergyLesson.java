package dev.langevin.tensor;

import dev.langevin.objective.EnergyMatching;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The losses of {@link EnergyMatching} by automatic differentiation: second derivatives along directions v are gradients of vᵀ∇ log p, and the weights are
 * differentiated through them. One direction a row costs about one more pass back and forth; the implicit loss takes d of them.
 *
 * <p>Directions and chains are at addresses below the seed by step and row, drawn before the threads part.
 */
class EnergyLesson {
  private static final double STEP = 0.01; // of MALA, for rows of standard deviation ½
  private static final int ROWS = 512; // held-out rows that are looked at

  private final EnergyMatching recipe;
  private final Conservative architecture;
  private final ConservativeNetwork network;
  private final Seed seed;
  private final int d;
  private float[] directions = new float[0];
  private float[] chains = new float[0];

  /**
   * The lesson before its first step.
   *
   * @throws IllegalArgumentException if the network has no scalar, or the rows are too long for the loss
   */
  EnergyLesson(EnergyMatching recipe, Architecture architecture, Seed seed) {
    if (!(architecture instanceof Conservative scalar) || architecture.labels() > 0) {
      throw new IllegalArgumentException(
          "architecture must be Conservative, and have no labels, to learn an energy, got "
              + architecture);
    }
    recipe.check(architecture.dimension());
    this.recipe = recipe;
    this.architecture = scalar;
    this.seed = seed;
    network = new ConservativeNetwork(scalar);
    d = architecture.dimension();
  }

  /** Draws what a step needs: directions, or chains under {@code weights} from the batch's rows. */
  void fill(Batches batches, long step, Parameters weights) {
    switch (recipe.way()) {
      case IMPLICIT -> {}
      case SLICED -> directions = signs(seed.child(step), batches.inputs.length);
      case CONTRASTIVE -> chains = chains(seed.child(step), batches.inputs, weights);
    }
  }

  private static float[] signs(Seed address, int count) {
    float[] signs = new float[count];
    AddressedRandom random = address.random();
    for (int i = 0; i < count; i++) {
      signs[i] = random.nextBoolean() ? 1 : -1;
    }
    return signs;
  }

  /** The mean over some rows of a batch, as {@link EnergyMatching} has it. */
  Tensor loss(Parameters p, Tensor x, Condition condition, Dropout dropout, int from) {
    if (recipe.way() != EnergyMatching.Way.CONTRASTIVE) {
      return matching(p, x, condition, dropout, directions, from);
    }
    Tensor moved = Transfer.toNative(chains, from * d, new long[] {x.size(0), d});
    Tensor data = network.scalars(p, x, condition, dropout);
    return network.scalars(p, moved, condition, dropout).sub(data).mean();
  }

  /** ½‖s‖² + Σ_v vᵀ∇s v, over coordinate directions where none are given. */
  private Tensor matching(
      Parameters p, Tensor x, Condition condition, Dropout dropout, float[] signs, int from) {
    Tensor u = x.detach().set_requires_grad(true);
    double curvature = 1 / (recipe.envelope() * recipe.envelope());
    Tensor score = network.forward(p, u, condition, dropout).sub(u.mul(new Scalar(curvature)));
    Tensor loss = score.square().sum(1).mul(new Scalar(0.5));
    long[] shape = {x.size(0), d};
    if (signs.length > 0) {
      return loss.add(along(score, u, Transfer.toNative(signs, from * d, shape))).mean();
    }
    for (int j = 0; j < d; j++) {
      loss = loss.add(along(score, u, Transfer.toNative(axis(j, (int) shape[0]), 0, shape)));
    }
    return loss.mean();
  }

  private float[] axis(int j, int rows) {
    float[] axis = new float[rows * d];
    for (int r = 0; r < rows; r++) {
      axis[r * d + j] = 1;
    }
    return axis;
  }

  /** vᵀ∇s v of every row. */
  Tensor along(Tensor score, Tensor u, Tensor v) {
    TensorVector pulled =
        torch.grad(
            new TensorVector(score),
            new TensorVector(u),
            new TensorVector(v),
            new BoolOptional(true),
            true,
            false);
    return pulled.get(0).mul(v).sum(1);
  }

  /** The implicit loss on rows, exact in few dimensions and sliced, always by the same signs, in many; of the first {@value #ROWS} rows. */
  double heldOut(Parameters p, float[] rows) {
    int n = Math.min(ROWS, rows.length / d);
    Tensor x = Transfer.toNative(rows, 0, new long[] {n, d});
    float[] signs =
        d <= EnergyMatching.MOST_EXACT ? new float[0] : signs(seed.child("held out"), n * d);
    return matching(p, x, condition(n), Dropout.NONE, signs, 0).item_float();
  }

  private Condition condition(int rows) {
    float[] noise = new float[network.noiseColumns()];
    network.noise(recipe.cNoise(0), noise, 0);
    float[] all = new float[rows * noise.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = noise[i % noise.length];
    }
    return new Condition(Transfer.toNative(all, 0, new long[] {rows, noise.length}), null);
  }

  /** Where MALA leads from rows: x' = x + h s(x) + √(2h) z, taken with chance min(1, p(x') q(x|x')/p(x) q(x'|x)) (Roberts &amp; Tweedie 1996). */
  private float[] chains(Seed address, float[] rows, Parameters weights) {
    NetworkFunction function = new NetworkFunction(architecture, network, weights); // not ours
    Chains now = new Chains(function, rows.clone());
    for (int k = 0; k < EnergyMatching.CHAIN; k++) {
      now.step(address.child(k).random());
    }
    return now.x;
  }

  /** A batch of chains, one to a row. */
  private final class Chains {
    private final NetworkFunction function;
    private final NetworkFunction.Told told;
    private final int rows;
    private final float[] proposed;
    private final double[] logp;
    private final double[] logpThere;
    private final float[] score;
    private final float[] scoreThere;

    /** {@code rows × d}. */
    final float[] x;

    Chains(NetworkFunction function, float[] x) {
      this.function = function;
      this.x = x;
      rows = x.length / d;
      told = function.told(new double[] {recipe.cNoise(0)}, null);
      proposed = new float[x.length];
      logp = new double[rows];
      logpThere = new double[rows];
      score = new float[x.length];
      scoreThere = new float[x.length];
      evaluate(x, logp, score);
    }

    void step(AddressedRandom random) {
      double noise = Math.sqrt(2 * STEP);
      for (int i = 0; i < x.length; i++) {
        proposed[i] = (float) (x[i] + STEP * score[i] + noise * random.nextGaussian());
      }
      evaluate(proposed, logpThere, scoreThere);
      for (int r = 0; r < rows; r++) {
        double logRatio = logpThere[r] - logp[r] + back(r);
        if (StrictMath.log(1 - random.nextDouble()) < logRatio) {
          logp[r] = logpThere[r];
          System.arraycopy(proposed, r * d, x, r * d, d);
          System.arraycopy(scoreThere, r * d, score, r * d, d);
        }
      }
    }

    /** log q(x|x') - log q(x'|x). */
    private double back(int r) {
      double sum = 0;
      for (int i = r * d; i < (r + 1) * d; i++) {
        double forth = proposed[i] - x[i] - STEP * score[i];
        double back = x[i] - proposed[i] - STEP * scoreThere[i];
        sum += forth * forth - back * back;
      }
      return sum / (4 * STEP);
    }

    private void evaluate(float[] at, double[] value, float[] slope) {
      double curvature = 1 / (recipe.envelope() * recipe.envelope());
      function.pieces(
          rows,
          (from, count) -> {
            float[] u = Arrays.copyOfRange(at, from * d, (from + count) * d);
            float[] gradient = new float[u.length];
            double[] g = function.scalars(u, from, count, told, gradient);
            for (int i = 0; i < u.length; i++) {
              g[i / d] -= 0.5 * curvature * u[i] * u[i];
              slope[from * d + i] = (float) (gradient[i] - curvature * u[i]);
            }
            System.arraycopy(g, 0, value, from, count);
          });
    }
  }
}
