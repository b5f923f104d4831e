package unroll.train;

import java.util.function.Consumer;

/**
 * Something of one's own that is done during a training, on its thread: {@code
 * Fit.epochs(50).callback(Callback.afterEpoch(run -> System.out.println(run.history())))}. It may
 * end the training with {@link Run#stop}; what it throws ends the training too.
 *
 * <p>It may draw random numbers, to sample a text from the model for example: the training's
 * generator is put back where it was afterwards, so that the training stays the same to the bit.
 */
public interface Callback {

  /** Called after each step of the optimizer, and after the epoch that ends with it. */
  default void afterStep(Run run) {}

  /** Called when an epoch is completed and its validation loss known. */
  default void afterEpoch(Run run) {}

  /** A callback after each step. */
  static Callback afterStep(Consumer<Run> work) {
    return new Callback() {
      @Override
      public void afterStep(Run run) {
        work.accept(run);
      }
    };
  }

  /** A callback after each epoch. */
  static Callback afterEpoch(Consumer<Run> work) {
    return new Callback() {
      @Override
      public void afterEpoch(Run run) {
        work.accept(run);
      }
    };
  }
}
