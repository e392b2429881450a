package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/**
 * The native library behind the networks, LibTorch by way of JavaCPP. Loaded once per process, when the first network is made and
 * not before: the first load of a machine unpacks 380 MB (about 3 s), later ones take 1 s.
 *
 * <p>What is set for the whole process on loading, and why:
 *
 * <ul>
 *   <li>OpenBLAS runs on one thread: its threads and LibTorch's spin against each other (a small perceptron's step took 58 ms
 *       instead of 5).
 *   <li>Deterministic kernels where there is a choice: equal seeds and equal thread counts give equal bits.
 *   <li>JavaCPP's limit on resident memory is lifted unless {@code org.bytedeco.javacpp.maxphysicalbytes} says otherwise: the
 *       default is twice the Java heap, which has nothing to do with what a network needs.
 * </ul>
 *
 * <p>Unpacked libraries go where JavaCPP puts them: {@code ~/.javacpp/cache}, shared with other programs that use it, or the
 * folder that the system property {@code org.bytedeco.javacpp.cachedir} names; a lock file there makes two processes that start
 * at once wait for each other.
 */
public final class Backend {
  private static final String MAX_PHYSICAL = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final ThreadLocal<Integer> APPLIED = ThreadLocal.withInitial(() -> 0);
  private static volatile boolean loaded;
  private static volatile int threads = Runtime.getRuntime().availableProcessors();

  private Backend() {}

  /**
   * Sets how many threads one operation may use, for the whole process; by default, all processors. Results are equal to the last
   * bit for equal counts only. Loads nothing.
   */
  public static void threads(int count) {
    threads = Check.atLeast("count", count, 1);
  }

  /** How many threads one operation may use. */
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
   * Version, processor abilities, threads and cache folder in one line each. Loads the library.
   *
   * @throws BackendUnavailable if there is none for this platform
   */
  public static String describe() {
    enter();
    Context context = torch.globalContext();
    return String.join(
        System.lineSeparator(),
        "LibTorch " + version() + " on " + Loader.getPlatform(),
        "threads: " + torch.get_num_threads() + ", OpenBLAS: " + openblas.blas_get_num_threads(),
        "oneDNN: " + Context.hasMKLDNN() + ", deterministic: " + context.deterministicAlgorithms(),
        "natives unpacked to " + cacheFolder());
  }

  /** To be called at the start of every public operation: loads the library, and sets this thread's share of it. */
  static void enter() {
    load();
    if (APPLIED.get() != threads) {
      int count = threads;
      torch.set_num_threads(count); // OpenMP keeps the count per calling thread
      APPLIED.set(count);
    }
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
    loaded = true;
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
