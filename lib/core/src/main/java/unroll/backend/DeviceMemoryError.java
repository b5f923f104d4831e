package unroll.backend;

import java.util.Locale;

/**
 * A device has no room for a buffer. The backend has given back what it kept for reuse before, and
 * goes on working.
 */
public final class DeviceMemoryError extends OutOfMemoryError {

  private static final long serialVersionUID = 1;

  private final long needed;
  private final long free;
  private final long size;

  /**
   * @param backend the backend's short name
   * @param needed bytes that were asked for
   * @param free bytes that are free
   * @param size bytes that the device has, or that a process may use of it
   */
  public DeviceMemoryError(String backend, long needed, long free, long size) {
    super(
        "%s: out of memory: a buffer of %s does not fit, %s of %s are free; lower the batch, the length of the sequences (Fit.truncate) or the hidden size, or close what else uses the device"
            .formatted(backend, text(needed), text(free), text(size)));
    this.needed = needed;
    this.free = free;
    this.size = size;
  }

  /** Bytes that were asked for. */
  public long needed() {
    return needed;
  }

  /** Bytes that were free. */
  public long free() {
    return free;
  }

  /** Bytes that the device has. */
  public long size() {
    return size;
  }

  /** Bytes for people, in decimal units: {@code 1.5 GB}. */
  public static String text(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
