package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/**
 * The native library behind the networks, LibTorch by way of JavaCPP. Loaded once per process, when the first network is used and
 * not before: the first time on a machine unpacks 380 MB (about 3 s), later ones take 1 s.
 *
 * <p>What is set for the whole process on loading, and why:
 *
 * <ul>
 *   <li>One operation runs on one thread, in LibTorch and in OpenBLAS. Work is spread over threads by rows instead ({@link
 *       #threads}): small networks scale better that way, results do not depend on the number of threads, and the two libraries'
 *       own threads, which spin while they wait, cannot fight (a small perceptron's step took 58 ms instead of 5, and up to ten
 *       times as long on a busy machine).
 *   <li>Deterministic kernels where there is a choice.
 *   <li>JavaCPP's limit on resident memory is lifted unless {@code org.bytedeco.javacpp.maxphysicalbytes} says otherwise: its
 *       default is twice the Java heap, which has nothing to do with what a network needs.
 * </ul>
 *
 * <p>Unpacked libraries go where JavaCPP puts them: {@code ~/.javacpp/cache}, shared with other programs that use it, or the
 * folder that the system property {@code org.bytedeco.javacpp.cachedir} names; a lock file there makes two processes that start
 * at once wait for each other.
 */
public final class Backend {
  private static final String MAX_PHYSICAL = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final ThreadLocal<Boolean> SINGLE = ThreadLocal.withInitial(() -> false);
  private static volatile boolean loaded;
  private static volatile boolean careful; // with oneDNN's convolutions
  private static volatile int threads = Runtime.getRuntime().availableProcessors();

  private Backend() {}

  /**
   * Sets how many threads the process uses for networks; by default, all processors. It decides about speed only: results are the
   * same to the last bit for every count. Loads nothing.
   */
  public static void threads(int count) {
    threads = Check.atLeast("count", count, 1);
  }

  /** How many threads the process uses for networks. */
  public static int threads() {
    return threads;
  }

  /** Whether the native library for this platform is here and loads. Loads it. */
  public static boolean available() {
    try {
      load();
      return true;
    } catch (BackendUnavailable missing) {
      return false;
    }
  }

  /**
   * Version, processor abilities, threads and cache folder, one line each. Loads the library.
   *
   * @throws BackendUnavailable if there is none for this platform
   */
  public static String describe() {
    enter();
    return String.join(
        System.lineSeparator(),
        "LibTorch " + version() + " on " + Loader.getPlatform(),
        "processor abilities used: " + torch.get_cpu_capability().getString(),
        "threads: " + threads,
        "natives unpacked to " + cacheFolder());
  }

  /** To be called by every thread that does native work: loads the library, and keeps operations on this thread. */
  static void enter() {
    load();
    if (!SINGLE.get()) {
      torch.set_num_threads(1); // OpenMP keeps the count per calling thread
      SINGLE.set(true);
    }
  }

  /**
   * Whether the processor multiplies 16-bit floats in hardware (AVX-512 BF16 or AMX), by what Linux says of it; false where that is not known. Loads nothing.
   */
  public static boolean multipliesBf16() {
    return cpuInfo(line -> line.contains(" avx512_bf16") || line.contains(" amx_bf16"));
  }

  /**
   * Whether LibTorch's own convolution has to be asked for by name, because oneDNN would be taken and cannot be trusted: see {@link #vendorIsAmd}.
   */
  static boolean avoidsOneDnn(int inputs, int outputs, int kernel) {
    return careful && kernel > 1 && (inputs % 16 != 0 || outputs % 16 != 0);
  }

  private static void load() {
    if (!loaded) {
      loadOnce();
    }
  }

  private static synchronized void loadOnce() {
    if (loaded) {
      return;
    }
    if (System.getProperty(MAX_PHYSICAL) == null) {
      System.setProperty(MAX_PHYSICAL, "0");
    }
    try {
      Loader.load(torch.class);
      openblas.blas_set_num_threads(1);
    } catch (LinkageError broken) {
      throw new BackendUnavailable(Loader.getPlatform(), broken);
    }
    Context context = torch.globalContext();
    context.setDeterministicAlgorithms(true, false);
    context.setDeterministicFillUninitializedMemory(false); // would write every new tensor twice
    context.setDeterministicMkldnn(true);
    careful = vendorIsAmd();
    context.setUserEnabledNNPACK(
        false); // would be tried where oneDNN is avoided, and warn that it cannot
    loaded = true;
  }

  /**
   * On AMD processors with AVX-512, oneDNN's 3×3 convolutions (that of LibTorch 2.10) read memory that nobody has written, forward or backward, unless both numbers of channels are
   * multiples of 16: with NaN left in freed memory, hundreds of shapes gave NaN in either precision, and none with 16, 32 or 64 channels on both sides. There LibTorch's own
   * convolution is used for the shapes concerned, which takes two to three times as long.
   */
  private static boolean vendorIsAmd() {
    return cpuInfo(line -> line.contains("AuthenticAMD"));
  }

  private static boolean cpuInfo(Predicate<String> says) {
    Path facts = Path.of("/proc/cpuinfo");
    try (Stream<String> lines = Files.lines(facts, StandardCharsets.ISO_8859_1)) {
      return lines.limit(30).anyMatch(says);
    } catch (IOException | UncheckedIOException notLinux) {
      return false;
    }
  }

  private static String version() {
    String version = torch.class.getPackage().getImplementationVersion();
    return version == null ? "(version not stated)" : version;
  }

  private static String cacheFolder() {
    try {
      return Loader.getCacheDir().getPath();
    } catch (IOException none) {
      return "no writable folder: " + none.getMessage();
    }
  }
}
