package dev.langevin.bench;

import dev.langevin.objective.EdmObjective;
import dev.langevin.random.Seed;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Precision;
import dev.langevin.tensor.Size;
import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingOptions;
import dev.langevin.tensor.TrainingSettings;
import dev.langevin.tensor.UNet2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Images a second of a U-Net, 64 images of 1×32×32 a step, in training and in use: {@link BareUNet} beside this library's. LibTorch's and OpenBLAS's settings are the process's, so
 * every row of the table is a process of its own: {@code bench/unet-table.sh} runs them in turn and prints the table.
 *
 * <pre>
 *   bare-train | bare-infer   fp32|bf16   straight on LibTorch, all settings as they come
 *   tuned-train | tuned-infer fp32|bf16   the same with one thread in OpenBLAS and scopes around blocks
 *   train | infer             fp32|bf16   ours
 *   peak                      fp32|bf16   products of 2048×2048 matrices, GFLOP/s
 * </pre>
 */
public final class UNetTable {
  private static final int ROWS = 64;
  private static final double FORWARD = 2.89e9;

  private UNetTable() {}

  /** Prints images per second, GFLOP/s and the greatest resident memory. */
  public static void main(String[] arguments) throws IOException {
    String what = arguments[0];
    boolean bf16 = arguments[1].equals("bf16");
    double seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 20;
    switch (what) {
      case "bare-train" -> bareTrain(bf16, false, seconds);
      case "tuned-train" -> bareTrain(bf16, true, seconds);
      case "bare-infer" -> bareInfer(bf16, false, seconds);
      case "tuned-infer" -> bareInfer(bf16, true, seconds);
      case "train" -> train(bf16, seconds);
      case "infer" -> infer(bf16, seconds);
      case "peak" -> peak(bf16, seconds);
      default -> throw new IllegalArgumentException("no such row: " + what);
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static void bareTrain(boolean bf16, boolean tuned, double seconds) throws IOException {
    if (tuned) {
      openblas.blas_set_num_threads(1);
    }
    try (PointerScope scope = new PointerScope()) {
      BareUNet network = new BareUNet(tuned);
      BareUNet.Training training = new BareUNet.Training(network, bf16, ROWS);
      time(training::step, seconds, 3 * FORWARD);
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static void bareInfer(boolean bf16, boolean tuned, double seconds) throws IOException {
    if (tuned) {
      openblas.blas_set_num_threads(1);
    }
    try (PointerScope scope = new PointerScope()) {
      BareUNet network = new BareUNet(tuned);
      time(() -> network.infer(ROWS, bf16), seconds, FORWARD);
    }
  }

  private static void train(boolean bf16, double seconds) throws IOException {
    UNet2D network = UNet2D.sized(Size.SMALL, 1, 32, 32);
    float[] data = new float[512 * 1024];
    RandomGenerator random = Seed.of(1).random();
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (0.5 * random.nextGaussian());
    }
    TrainingSettings settings =
        TrainingSettings.defaults(network, 1)
            .withBatch(ROWS)
            .withObjective(new EdmObjective())
            .withOptions(
                TrainingOptions.USUAL.withPrecision(bf16 ? Precision.BF16 : Precision.FP32));
    try (Trainer trainer = new Trainer(settings, data, 512)) {
      time(trainer::step, seconds, 3 * FORWARD);
    }
  }

  private static void infer(boolean bf16, double seconds) throws IOException {
    UNet2D network = UNet2D.sized(Size.SMALL, 1, 32, 32);
    try (NetworkDenoiser denoiser =
        new NetworkDenoiser(network, new EdmObjective(), network.torchStart(1))
            .in(bf16 ? Precision.BF16 : Precision.FP32)) {
      double[] x = new double[ROWS * 1024];
      double[] out = new double[x.length];
      time(() -> denoiser.denoise(x, ROWS, 1, out), seconds, FORWARD);
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private static void peak(boolean bf16, double seconds) throws IOException {
    int n = 2048;
    torch.ScalarType type = bf16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
    try (PointerScope scope = new PointerScope()) {
      Tensor a = torch.randn(n, n).to(type);
      Tensor b = torch.randn(n, n).to(type);
      time(
          () -> {
            try (PointerScope inner = new PointerScope()) {
              a.matmul(b);
            }
          },
          seconds,
          2.0 * n * n * n / ROWS);
    }
  }

  private static void time(Runnable step, double seconds, double flop) throws IOException {
    step.run();
    step.run();
    long start = System.nanoTime();
    int steps = 0;
    double best = Double.POSITIVE_INFINITY;
    while (System.nanoTime() - start < 1e9 * seconds) {
      long began = System.nanoTime();
      step.run();
      best = Math.min(best, 1e-9 * (System.nanoTime() - began));
      steps++;
    }
    double rate = ROWS * steps / (1e-9 * (System.nanoTime() - start));
    System.out.printf(
        Locale.ROOT,
        "%8.1f images/s (best step %.1f), %6.0f GFLOP/s, peak %.2f GB%n",
        rate,
        ROWS / best,
        1e-9 * flop * rate,
        peakMemory());
  }

  private static double peakMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1e6;
      }
    }
    return Double.NaN;
  }
}
