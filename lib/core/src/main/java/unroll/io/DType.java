package unroll.io;

import java.nio.ByteBuffer;

/** The kinds of numbers that a safetensors file may hold and that are read here. */
public enum DType {
  /** IEEE 754 double precision. */
  F64(8, false),
  /** IEEE 754 single precision. */
  F32(4, false),
  /** IEEE 754 half precision. */
  F16(2, false),
  /** The upper half of a single-precision number. */
  BF16(2, false),
  /** A signed integer of 64 bits. */
  I64(8, true),
  /** A signed integer of 32 bits. */
  I32(4, true),
  /** A signed integer of 16 bits. */
  I16(2, true),
  /** A signed integer of 8 bits. */
  I8(1, true),
  /** An unsigned integer of 8 bits. */
  U8(1, true),
  /** A byte that is 0 for false. */
  BOOL(1, true);

  private final int bytes;
  private final boolean integer;

  DType(int bytes, boolean integer) {
    this.bytes = bytes;
    this.integer = integer;
  }

  /** The size of one number. */
  public int bytes() {
    return bytes;
  }

  /** Whether it holds whole numbers; a truth value is 0 or 1. */
  public boolean isInteger() {
    return integer;
  }

  /** The number at an index, rounded where a double cannot hold it. */
  double toDouble(ByteBuffer from, int index) {
    int at = index * bytes;
    return switch (this) {
      case F64 -> from.getDouble(at);
      case F32 -> from.getFloat(at);
      case F16 -> half(from.getShort(at));
      case BF16 -> Float.intBitsToFloat(from.getShort(at) << 16);
      default -> toLong(from, index);
    };
  }

  /** The whole number at an index. */
  long toLong(ByteBuffer from, int index) {
    int at = index * bytes;
    return switch (this) {
      case I64 -> from.getLong(at);
      case I32 -> from.getInt(at);
      case I16 -> from.getShort(at);
      case I8 -> from.get(at);
      case U8 -> Byte.toUnsignedInt(from.get(at));
      case BOOL -> from.get(at) == 0 ? 0 : 1;
      default -> throw new IllegalStateException(this + " holds no whole numbers");
    };
  }

  /** One bit of sign, five of the exponent (bias 15), ten of the fraction. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double magnitude;
    if (exponent == 0x1F) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = fraction * 0x1p-24;
    } else {
      magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
