package dev.langevin.random;

import java.lang.reflect.Method;

/** What a thread has allocated, for tests that hold a loop to nothing. */
public final class Allocation {
  private Allocation() {}

  /** Bytes of this thread so far: com.sun.management.ThreadMXBean, by reflection, since the core's module does not read the one that has it. */
  public static long bytes() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method bytes =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getThreadAllocatedBytes", long.class);
    return (Long) bytes.invoke(threads, Thread.currentThread().getId());
  }
}
