package unroll.io.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One message in the wire format of protocol buffers: fields one after the other, each a key
 * (number and kind) and a value. The numbers are those of onnx.proto.
 */
final class Message {

  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A whole number. */
  Message put(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /** A number of single precision. */
  Message put(int field, float value) {
    key(field, FIXED32);
    byte[] four =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
    bytes.writeBytes(four);
    return this;
  }

  Message put(int field, String text) {
    return put(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A message within this one. */
  Message put(int field, Message inner) {
    return put(field, inner.toBytes());
  }

  Message put(int field, byte[] value) {
    key(field, BYTES);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void key(int field, int kind) {
    varint((long) field << 3 | kind);
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
