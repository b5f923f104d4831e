package unroll.tensor;

/** Where each thread's recorder is kept. */
final class Recording {

  static final ThreadLocal<Recorder> CURRENT = new ThreadLocal<>();

  private Recording() {}
}
