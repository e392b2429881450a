package dev.langevin.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A stretch of work after which every native object made in it is freed: the only place that knows how JavaCPP counts references.
 *
 * <p>Left to the garbage collector, tensors pile up (1.5 times the memory, small operations 3 to 5 times slower), because the
 * collector sees a few bytes where there are megabytes. So every public operation opens one scope, and every residual block another
 * inside ({@link #around}), such that what only its own backward pass needs is held by the graph and nothing else.
 *
 * <p>An object made inside outlives the scope only by {@link #keep}, which counts one more reference; {@link #release} takes it
 * back. (JavaCPP's own {@code detach} frees the object if nobody else holds it.) Scopes belong to the thread that opened them and
 * close in reverse order, hence try-with-resources everywhere.
 */
final class Scope implements AutoCloseable {
  private final PointerScope scope = new PointerScope();

  private Scope() {}

  /** Opens a scope; loads the library if need be. */
  static Scope open() {
    Backend.enter();
    return new Scope();
  }

  /** Runs {@code block} in a scope of its own and hands its result to the scope around, which must be there. */
  static Tensor around(Supplier<Tensor> block) {
    Tensor result;
    try (PointerScope inner = new PointerScope()) {
      result = block.get();
      result.retainReference();
    }
    PointerScope.getInnerScope().attach(result); // by now the one around
    result.releaseReference();
    return result;
  }

  /** Lets {@code object} outlive its scope, until {@link #release}. */
  static <T extends Pointer> T keep(T object) {
    object.retainReference();
    return object;
  }

  /** Frees an object that was kept. */
  static void release(Pointer object) {
    object.releaseReference();
  }

  @Override
  public void close() {
    scope.close();
  }
}
