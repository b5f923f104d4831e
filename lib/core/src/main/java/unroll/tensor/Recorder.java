package unroll.tensor;

import java.util.List;
import unroll.backend.Backend;
import unroll.backend.Buffer;

/**
 * Watches the operations of a thread: remembers those that gradients will be wanted of, and owns
 * the memory of their results. {@code unroll.autograd.Tape} is the one there is.
 */
public interface Recorder {

  /** Called after an operation of which some input requires a gradient. */
  void record(Operation operation, List<Tensor> inputs, List<Tensor> outputs);

  /** Memory for a result, given back when the recorder closes. */
  Buffer allocate(Backend backend, int length);

  /** Whether the memory it gave out may still be read. */
  boolean isOpen();

  /** Whether operations are remembered; otherwise it only owns memory. */
  boolean isRecording();

  /**
   * Whether gradients are to be computed of what this thread does now: what layers such as dropout
   * go by, which work differently in training.
   */
  static boolean recording() {
    Recorder recorder = current();
    return recorder != null && recorder.isRecording();
  }

  /** The recorder of this thread, or null. */
  static Recorder current() {
    return Recording.CURRENT.get();
  }

  /**
   * Makes a recorder this thread's, or none.
   *
   * @return the one before, to be put back
   */
  static Recorder install(Recorder recorder) {
    Recorder before = Recording.CURRENT.get();
    if (recorder == null) {
      Recording.CURRENT.remove();
    } else {
      Recording.CURRENT.set(recorder);
    }
    return before;
  }
}
