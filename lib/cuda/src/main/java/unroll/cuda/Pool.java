package unroll.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import unroll.backend.DeviceMemoryError;

/**
 * Memory of the device that is used again: asking the driver for it is slow, and giving it back
 * waits for the device. As all work is in one stream, a block may be used again at once.
 */
final class Pool {

  private static final long SMALL = 512;
  private static final long LARGE = 1 << 20;
  private static final int COLLECTIONS = 3;

  private final Driver driver;
  private final TreeMap<Long, Deque<Block>> free = new TreeMap<>();
  private long held;
  private long used;
  private long peak;

  Pool(Driver driver) {
    this.driver = driver;
  }

  /** A run of bytes on the device. */
  record Block(long address, long bytes) {}

  /**
   * The size of the block for some bytes: multiples of 512 bytes up to 1 MiB, of 1 MiB above.
   *
   * @throws IllegalArgumentException if it is negative
   */
  static long rounded(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("Pool: negative size " + bytes);
    }
    long unit = bytes <= LARGE ? SMALL : LARGE;
    return (bytes + unit - 1) / unit * unit;
  }

  /** Whether a free block is worth taking for so many bytes: at most a quarter is wasted. */
  static boolean fits(long block, long bytes) {
    return block >= bytes && block - bytes <= Math.max(SMALL, bytes / 4);
  }

  /**
   * A block of at least so many bytes; its contents are undefined.
   *
   * @throws DeviceMemoryError if there is no room, not even after everything unused was given back
   */
  Block take(long bytes) {
    Block block = tryTake(rounded(bytes));
    for (int i = 0; block == null && i < COLLECTIONS; i++) {
      collect();
      block = tryTake(rounded(bytes));
    }
    if (block == null) {
      long[] memory = driver.memory();
      throw new DeviceMemoryError("cuda", bytes, memory[0], memory[1]);
    }
    return block;
  }

  private synchronized Block tryTake(long size) {
    Block block = reuse(size);
    if (block == null) {
      block = fresh(size);
    }
    if (block != null) {
      used += block.bytes();
      peak = Math.max(peak, used);
    }
    return block;
  }

  private Block reuse(long size) {
    Map.Entry<Long, Deque<Block>> entry = free.ceilingEntry(size);
    if (entry == null || !fits(entry.getKey(), size)) {
      return null;
    }
    Block block = entry.getValue().pop();
    if (entry.getValue().isEmpty()) {
      free.remove(entry.getKey());
    }
    return block;
  }

  private Block fresh(long size) {
    long address = driver.allocate(size);
    if (address == 0) {
      trim();
      address = driver.allocate(size);
    }
    if (address == 0) {
      return null;
    }
    held += size;
    return new Block(address, size);
  }

  /** Takes a block back. */
  synchronized void give(Block block) {
    used -= block.bytes();
    free.computeIfAbsent(block.bytes(), size -> new ArrayDeque<>()).push(block);
  }

  /** Gives all that is not used back to the driver. */
  private void trim() {
    for (Deque<Block> blocks : free.values()) {
      for (Block block : blocks) {
        driver.free(block.address());
        held -= block.bytes();
      }
    }
    free.clear();
  }

  /** Lets the collector find buffers that nobody holds any more. */
  private static void collect() {
    System.gc();
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many bytes more than before were used at once during some work. */
  long peak(Runnable work) {
    long before;
    synchronized (this) {
      before = used;
      peak = used;
    }
    work.run();
    synchronized (this) {
      return peak - before;
    }
  }

  /** How many bytes there can be: those that are free on the device, and those held already. */
  synchronized long limit() {
    return driver.memory()[0] + held;
  }
}
