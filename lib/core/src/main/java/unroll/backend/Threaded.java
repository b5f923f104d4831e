package unroll.backend;

/** What a backend is, besides, whose number of threads can be chosen. */
public interface Threaded {

  /** How many threads it uses. */
  int threads();

  /**
   * Sets how many threads it uses; its results do not depend on it.
   *
   * @throws IllegalArgumentException if it is not from 1 to 1024
   */
  void threads(int count);
}
