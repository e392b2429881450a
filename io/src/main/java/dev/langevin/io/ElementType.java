package dev.langevin.io;

import java.nio.ByteBuffer;

/** How a number lies in a file; the byte order is the buffer's. */
enum ElementType {
  BOOL(1) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  },
  U8(1) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.get() & 0xFF;
    }
  },
  I8(1) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  U16(2) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getShort() & 0xFFFF;
    }
  },
  I16(2) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  U32(4) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getInt() & 0xFFFFFFFFL;
    }
  },
  I32(4) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  /** Beyond ±2^53 rounded to the nearest double. */
  U64(8) {
    @Override
    double next(ByteBuffer bytes) {
      long value = bytes.getLong();
      return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }
  },
  /** Beyond ±2^53 rounded to the nearest double. */
  I64(8) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  F16(2) {
    @Override
    double next(ByteBuffer bytes) {
      return half(bytes.getShort());
    }
  },
  BF16(2) {
    @Override
    double next(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  F32(4) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  F64(8) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getDouble();
    }
  };

  /** Size in bytes. */
  final int size;

  ElementType(int size) {
    this.size = size;
  }

  /** Reads the next number. */
  abstract double next(ByteBuffer bytes);

  /** IEEE 754 binary16: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
  private static double half(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    double magnitude;
    if (exponent == 0x1F) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, -24);
    } else {
      magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
