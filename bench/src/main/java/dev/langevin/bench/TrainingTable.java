package dev.langevin.bench;

import dev.langevin.random.Seed;
import dev.langevin.tensor.Mlp;
import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingSettings;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Training steps a second of a perceptron on points of the plane, 512 rows a step: forward, backward, AdamW, moving average. Three loops, each to be run in a process of
 * its own, since LibTorch's and OpenBLAS's settings are the process's:
 *
 * <pre>
 *   java -cp … dev.langevin.bench.TrainingTable plain      2-256-256-256-2 and nothing else, straight on LibTorch, threads as they come
 *   java -cp … dev.langevin.bench.TrainingTable bare       the network of 'ours', straight on LibTorch, threads as they come
 *   java -cp … dev.langevin.bench.TrainingTable bare-one   the same with one thread in OpenBLAS
 *   java -cp … dev.langevin.bench.TrainingTable ours       our Trainer on a residual perceptron of width 256 and one block
 * </pre>
 *
 * <p>The network of 'ours' has 2.5 times the products of the plain one: it knows the noise level. A second argument is how many seconds each of five rounds takes (3).
 */
public final class TrainingTable {
  private static final int ROWS = 512;
  private static final int WIDTH = 256;
  private static final int FEATURES = 32;
  private static final int ROUNDS = 5;

  private TrainingTable() {}

  /** Prints steps per second of each round. */
  public static void main(String[] arguments) {
    String which = arguments.length > 0 ? arguments[0] : "ours";
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 3;
    switch (which) {
      case "ours" -> ours(seconds);
      case "plain" -> time(which, seconds, new BareLoop(false)::step);
      case "bare" -> time(which, seconds, new BareLoop(true)::step);
      case "bare-one" -> {
        openblas.blas_set_num_threads(1);
        time(which, seconds, new BareLoop(true)::step);
      }
      default -> throw new IllegalArgumentException("plain, bare, bare-one or ours, not " + which);
    }
  }

  private static void ours(double seconds) {
    RandomGenerator random = Seed.of(1).random();
    float[] data = new float[2 * 4096];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (0.5 * random.nextGaussian());
    }
    TrainingSettings settings =
        TrainingSettings.defaults(new Mlp(2, WIDTH, 1, 0), 1).withBatch(ROWS);
    try (Trainer trainer = new Trainer(settings, data, data.length / 2)) {
      time("ours", seconds, trainer::step);
    }
  }

  private static void time(String name, double seconds, Runnable step) {
    for (int i = 0; i < 20; i++) {
      step.run();
    }
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      int steps = 0;
      while (System.nanoTime() - start < 1e9 * seconds) {
        step.run();
        steps++;
      }
      double rate = steps / (1e-9 * (System.nanoTime() - start));
      System.out.printf(Locale.ROOT, "%-10s %.1f steps/s%n", name, rate);
    }
  }

  /** What one would write on the library itself. */
  private static final class BareLoop {
    private final boolean residual;
    private final LinearImpl level1 = new LinearImpl(FEATURES, WIDTH);
    private final LinearImpl level2 = new LinearImpl(WIDTH, WIDTH);
    private final LinearImpl modulation = new LinearImpl(WIDTH, 2 * WIDTH);
    private final LinearImpl first = new LinearImpl(2, WIDTH);
    private final LinearImpl second = new LinearImpl(WIDTH, WIDTH);
    private final LinearImpl third = new LinearImpl(WIDTH, WIDTH);
    private final LinearImpl last = new LinearImpl(WIDTH, 2);
    private final Tensor turns = torch.exp(torch.linspace(new Scalar(-1), new Scalar(3), 16));
    private final TensorVector weights = new TensorVector();
    private final Tensor[] averages;
    private final AdamW optimizer;

    BareLoop(boolean residual) {
      this.residual = residual;
      LinearImpl[] layers =
          residual
              ? new LinearImpl[] {level1, level2, modulation, first, second, third, last}
              : new LinearImpl[] {first, second, third, last};
      for (LinearImpl layer : layers) {
        weights.push_back(layer.weight());
        weights.push_back(layer.bias());
      }
      averages = new Tensor[(int) weights.size()];
      for (int i = 0; i < averages.length; i++) {
        averages[i] = weights.get(i).detach().clone();
      }
      optimizer = new AdamW(weights, new AdamWOptions(3e-3));
    }

    @SuppressWarnings("try") // the scope is there to be closed
    void step() {
      try (PointerScope scope = new PointerScope()) {
        Tensor clean = torch.randn(ROWS, 2).mul(new Scalar(0.5));
        Tensor level = torch.randn(ROWS, 1).mul(new Scalar(1.2)).sub(new Scalar(1.2));
        Tensor noised = clean.add(torch.randn(ROWS, 2).mul(torch.exp(level)));
        optimizer.zero_grad();
        Tensor loss = torch.mse_loss(forward(noised, level), clean);
        loss.backward();
        optimizer.step();
        average();
      }
    }

    private Tensor forward(Tensor x, Tensor level) {
      if (!residual) {
        Tensor h = torch.silu(second.forward(torch.silu(first.forward(x))));
        return last.forward(torch.silu(third.forward(h)));
      }
      Tensor angle = level.mul(turns);
      Tensor features = torch.cat(new TensorVector(torch.sin(angle), torch.cos(angle)), 1);
      Tensor told = torch.silu(level2.forward(torch.silu(level1.forward(features))));
      Tensor scaleAndShift = modulation.forward(told);
      Tensor h = first.forward(x);
      Tensor normed = torch.layer_norm(h, WIDTH);
      Tensor scale = scaleAndShift.narrow(1, 0, WIDTH).add(new Scalar(1));
      Tensor inner = normed.mul(scale).add(scaleAndShift.narrow(1, WIDTH, WIDTH));
      Tensor block = third.forward(torch.silu(second.forward(inner)));
      return last.forward(torch.silu(torch.layer_norm(h.add(block), WIDTH)));
    }

    private void average() {
      NoGradGuard still = new NoGradGuard();
      for (int i = 0; i < averages.length; i++) {
        averages[i].lerp_(weights.get(i), new Scalar(0.001));
      }
      still.close();
    }
  }
}
