package dev.langevin.tensor;

/** The native library is missing for this platform, or does not load. The message says what to add. */
public final class BackendUnavailable extends IllegalStateException {
  private static final long serialVersionUID = 1;

  BackendUnavailable(String platform, Throwable cause) {
    super(
        "LibTorch does not load on "
            + platform
            + ": "
            + cause.getMessage()
            + ". Put org.bytedeco:pytorch, openblas and javacpp with the classifier "
            + platform
            + " on the class path (there are natives for linux-x86_64 with glibc 2.35 or newer, macosx-arm64 and"
            + " windows-x86_64), and see that the folder named by org.bytedeco.javacpp.cachedir, or ~/.javacpp/cache, can be"
            + " written to and has 400 MB to spare",
        cause);
  }
}
