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

  /** A tensor of this shape with its own memory; a vector if no shape is given. */
  static Tensor toNative(float[] values, long... shape) {
    FloatPointer pointer = new FloatPointer(Math.max(1, values.length));
    pointer.put(values, 0, values.length);
    return torch.from_blob(pointer, shape.length == 0 ? new long[] {values.length} : shape).clone();
  }

  /** The first {@code length} numbers of {@code values}, as above. */
  static Tensor startToNative(float[] values, int length, long... shape) {
    FloatPointer pointer = new FloatPointer(Math.max(1, length));
    pointer.put(values, 0, length);
    return torch.from_blob(pointer, shape).clone();
  }

  /** All numbers, row-major. */
  static float[] toJava(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    toJava(tensor, values);
    return values;
  }

  /** All numbers, row-major, into the start of {@code values}. */
  static void toJava(Tensor tensor, float[] values) {
    tensor.contiguous().data_ptr_float().get(values, 0, Math.toIntExact(tensor.numel()));
  }
}
