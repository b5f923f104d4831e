package unroll.backend;

/**
 * A run of numbers that belongs to one {@link Backend}: an array, or memory of a device. Only its
 * backend can read or write it.
 */
public interface Buffer {

  /** How many numbers it holds. */
  int length();

  /**
   * A view of a part of this buffer; writing to it writes here.
   *
   * @throws IndexOutOfBoundsException if the part does not lie within this buffer
   */
  Buffer slice(int offset, int length);
}
