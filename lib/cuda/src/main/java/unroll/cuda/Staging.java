package unroll.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;

/**
 * The way of numbers between arrays and the device: through page-locked memory, 4 bytes each. What
 * goes in is placed behind what went before, and the host waits only when it begins anew.
 */
final class Staging {

  private static final int IN = 4 << 20;
  private static final int OUT = 1 << 20;

  private final Driver driver;
  private final Address in;
  private final Address out;
  private final ByteBuffer inBytes;
  private final ByteBuffer outBytes;
  private int used;

  Staging(Driver driver) {
    this.driver = driver;
    in = driver.hostMemory(IN);
    out = driver.hostMemory(OUT);
    inBytes = bytes(in, IN);
    outBytes = bytes(out, OUT);
  }

  private static ByteBuffer bytes(Address memory, int length) {
    return new BytePointer(memory).capacity(length).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** Puts numbers into, or takes them from, a stretch of host memory. */
  interface Mover {
    /**
     * @param bytes from its start on
     * @param first the place of the first number in the array
     */
    void move(ByteBuffer bytes, int first, int count);
  }

  /** Copies numbers to the device. */
  void copyIn(int count, Mover from, long to) {
    synchronized (driver) {
      for (int first = 0; first < count; ) {
        if (IN - used < 4) {
          driver.finish();
          used = 0;
        }
        int part = Math.min(count - first, (IN - used) / 4);
        from.move(slice(inBytes, used, 4 * part), first, part);
        driver.copyIn(new Address(in.address() + used), to + 4L * first, 4L * part);
        used += 4 * part;
        first += part;
      }
    }
  }

  /** Copies numbers from the device. */
  void copyOut(long from, int count, Mover to) {
    synchronized (driver) {
      for (int first = 0; first < count; ) {
        int part = Math.min(count - first, OUT / 4);
        driver.copyOut(from + 4L * first, out, 4L * part);
        to.move(slice(outBytes, 0, 4 * part), first, part);
        first += part;
      }
    }
  }

  private static ByteBuffer slice(ByteBuffer bytes, int from, int length) {
    return bytes.slice(from, length).order(ByteOrder.nativeOrder());
  }
}
