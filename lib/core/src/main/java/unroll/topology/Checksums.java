package unroll.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntToLongFunction;
import java.util.zip.CRC32C;

/** Checksums of data, by which a checkpoint knows the data that it was made with. */
final class Checksums {

  private Checksums() {}

  static long of(double[] values) {
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES);
    for (double value : values) {
      crc.update(bytes.clear().putDouble(value).flip());
    }
    return crc.getValue();
  }

  static long of(int[] values) {
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES);
    for (int value : values) {
      crc.update(bytes.clear().putInt(value).flip());
    }
    return crc.getValue();
  }

  /** Of many things, each by its own checksum, in their order. */
  static long of(int count, IntToLongFunction checksum) {
    long sum = count;
    for (int i = 0; i < count; i++) {
      sum = sum * 31 + checksum.applyAsLong(i);
    }
    return sum;
  }

  static long of(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
