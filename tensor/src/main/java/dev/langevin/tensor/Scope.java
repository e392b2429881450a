package dev.langevin.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;

/**
 * A stretch of work after which every native object made in it is freed: the only place that knows how JavaCPP counts references.
 *
 * <p>Left to the garbage collector, tensors pile up (1.5 times the memory, small operations 3 to 5 times slower), because the
 * collector sees a few bytes where there are megabytes. So every public operation is one stretch ({@link #call}), and every residual
 * block another inside ({@link #around}), such that what a block made is held only by the graph, if its backward pass needs it.
 *
 * <p>An object made inside outlives the stretch only by {@link #keep}, which counts one more reference; {@link #release} takes it
 * back. (JavaCPP's own {@code detach} frees the object if nobody else holds it.) Stretches belong to a thread and end in reverse
 * order of their beginning, hence functions and no object to close.
 */
final class Scope {
  private Scope() {}

  /** Runs {@code work}, loading the library before if need be, and frees what it made and did not keep. */
  static <T> T call(Supplier<T> work) {
    Backend.enter();
    PointerScope scope = new PointerScope();
    try {
      return work.get();
    } finally {
      scope.close();
    }
  }

  /** As {@link #call}, for work without a result. */
  static void run(Runnable work) {
    call(
        () -> {
          work.run();
          return work;
        });
  }

  /** As {@link #run}, with the bookkeeping for gradients switched off on this thread. */
  static void infer(Runnable work) {
    run(
        () -> {
          InferenceMode inference = new InferenceMode();
          try {
            work.run();
          } finally {
            inference.close();
          }
        });
  }

  /** Runs {@code block} in a stretch of its own and hands its result to the stretch around, which must be there. */
  static Tensor around(Supplier<Tensor> block) {
    PointerScope inner = new PointerScope();
    Tensor result;
    try {
      result = keep(block.get());
    } finally {
      inner.close();
    }
    PointerScope.getInnerScope().attach(result); // by now the one around
    release(result);
    return result;
  }

  /** Lets {@code object} outlive its stretch, until {@link #release}. */
  static <T extends Pointer> T keep(T object) {
    object.retainReference();
    return object;
  }

  /** Frees an object that was kept. */
  static void release(Pointer object) {
    object.releaseReference();
  }
}
