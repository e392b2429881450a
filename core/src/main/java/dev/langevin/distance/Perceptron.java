package dev.langevin.distance;

import dev.langevin.random.AddressedRandom;
import java.util.Arrays;

/**
 * A classifier of one hidden layer, f(x) = v·relu(Wx + b) + c, trained on the logistic loss by AdamW (Kingma &amp; Ba 2015; Loshchilov &amp;
 * Hutter 2019) with a step size that falls linearly to zero. Deterministic: no threads, no transcendental function but {@link
 * StrictMath#exp}; the inner loops run over the hidden units, which lie side by side, so that the compiler can use vector
 * instructions without changing the order of any sum.
 *
 * <p>All parameters are in one array, W first (column by column of x), then b, v, c. Used by one thread.
 */
final class Perceptron {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;
  private static final double EPSILON = 1e-8;

  private final int inputs;
  private final int hidden;
  private final int biases;
  private final int outputs;
  private final double[] parameters;
  private final double[] gradient;
  private final double[] first;
  private final double[] second;
  private final double[] activation;
  private final double[] backward;

  /** Weights of variance 2/inputs (He et al. 2015) and 1/hidden, biases zero. */
  Perceptron(int inputs, int hidden, AddressedRandom random) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.biases = inputs * hidden;
    this.outputs = biases + hidden;
    int size = outputs + hidden + 1;
    parameters = new double[size];
    gradient = new double[size];
    first = new double[size];
    second = new double[size];
    activation = new double[hidden];
    backward = new double[hidden];
    fill(random, 0, biases, Math.sqrt(2.0 / inputs));
    fill(random, outputs, outputs + hidden, Math.sqrt(1.0 / hidden));
  }

  private void fill(AddressedRandom random, int from, int to, double sd) {
    random.fillGaussian(parameters, from, to);
    for (int i = from; i < to; i++) {
      parameters[i] *= sd;
    }
  }

  /** f at the row that starts at {@code x[at]}: positive says class 1. */
  double logit(double[] x, int at) {
    double[] p = parameters;
    double[] h = activation;
    int width = hidden;
    System.arraycopy(p, biases, h, 0, width);
    for (int i = 0; i < inputs; i++) {
      double xi = x[at + i];
      int base = i * width;
      for (int j = 0; j < width; j++) {
        h[j] += xi * p[base + j];
      }
    }
    double sum = p[outputs + width];
    for (int j = 0; j < width; j++) {
      h[j] = Math.max(h[j], 0);
      sum += h[j] * p[outputs + j];
    }
    return sum;
  }

  /**
   * How to train.
   *
   * @param epochs passes through the rows
   * @param batch rows per step
   * @param stepSize of the first step
   * @param decay of the weights, decoupled, in units of the step size
   */
  record Descent(int epochs, int batch, double stepSize, double decay) {}

  /**
   * Trains on some rows.
   *
   * @param x rows, row-major
   * @param target 0 or 1 for each row
   * @param weight of each class in the loss
   * @param rows which rows; shuffled in place before each epoch
   */
  void train(
      double[] x,
      byte[] target,
      double[] weight,
      int[] rows,
      Descent descent,
      AddressedRandom random) {
    int batches = (rows.length + descent.batch() - 1) / descent.batch();
    long steps = (long) batches * descent.epochs();
    double power1 = 1;
    double power2 = 1;
    long step = 0;
    for (int epoch = 0; epoch < descent.epochs(); epoch++) {
      Rows.shuffle(rows, random);
      for (int from = 0; from < rows.length; from += descent.batch()) {
        int to = Math.min(from + descent.batch(), rows.length);
        Arrays.fill(gradient, 0);
        for (int k = from; k < to; k++) {
          int row = rows[k];
          addGradient(x, row * inputs, target[row], weight[target[row]] / (to - from));
        }
        power1 *= BETA1;
        power2 *= BETA2;
        double rate = descent.stepSize() * (steps - step) / steps;
        update(rate / (1 - power1), 1 / (1 - power2), 1 - rate * descent.decay());
        step++;
      }
    }
  }

  /** Adds weight · ∇ log(1 + exp(-±f(x))). */
  private void addGradient(double[] x, int at, int target, double weight) {
    double error = weight * (1 / (1 + StrictMath.exp(-logit(x, at))) - target);
    double[] p = parameters;
    double[] g = gradient;
    double[] h = activation;
    double[] back = backward;
    int width = hidden;
    g[outputs + width] += error;
    for (int j = 0; j < width; j++) {
      g[outputs + j] += error * h[j];
      back[j] = h[j] > 0 ? error * p[outputs + j] : 0;
      g[biases + j] += back[j];
    }
    for (int i = 0; i < inputs; i++) {
      double xi = x[at + i];
      int base = i * width;
      for (int j = 0; j < width; j++) {
        g[base + j] += xi * back[j];
      }
    }
  }

  private void update(double rate, double unbias2, double shrink) {
    double[] p = parameters;
    double[] g = gradient;
    double[] m = first;
    double[] s = second;
    for (int i = 0; i < p.length; i++) {
      m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
      s[i] = BETA2 * s[i] + (1 - BETA2) * g[i] * g[i];
      p[i] = shrink * p[i] - rate * m[i] / (Math.sqrt(s[i] * unbias2) + EPSILON);
    }
  }
}
