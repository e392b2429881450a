package dev.langevin.tensor;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Numbers to and from native memory, by bulk copies between an array and a pointer: {@code Tensor.create(float[])} and JavaCPP's
 * indexers would do too, but warn on JDK 25. To be called inside a scope.
 */
final class Transfer {
  private Transfer() {}

  /** A vector with its own memory. */
  static Tensor toNative(float[] values) {
    return toNative(values, 0, new long[] {values.length});
  }

  /** A tensor of this shape with its own memory, from the numbers at {@code from} and after. */
  static Tensor toNative(float[] values, int from, long[] shape) {
    int length = 1;
    for (long side : shape) {
      length = Math.toIntExact(length * side);
    }
    FloatPointer pointer = new FloatPointer(Math.max(1, length));
    pointer.put(values, from, length);
    return torch.from_blob(pointer, shape).clone();
  }

  /** All numbers, row-major. */
  static float[] toJava(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    toJava(tensor, values, 0);
    return values;
  }

  /** All numbers, row-major, to {@code values} at {@code from} and after. */
  static void toJava(Tensor tensor, float[] values, int from) {
    tensor.contiguous().data_ptr_float().get(values, from, Math.toIntExact(tensor.numel()));
  }
}
