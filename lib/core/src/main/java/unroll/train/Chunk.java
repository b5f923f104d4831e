package unroll.train;

import java.util.List;
import unroll.autograd.Gradients;
import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.tensor.Tensor;

/**
 * What one way forward and back is over: some examples, from one step of time to another.
 *
 * @param examples of the training part
 * @param from the first step
 * @param to the step after the last; {@link #WHOLE} where sequences are not cut
 * @param carried the state after the step before
 */
record Chunk(int[] examples, int from, int to, List<Tensor> carried) {

  /** In place of the step after the last where sequences are not cut. */
  static final int WHOLE = Integer.MAX_VALUE;

  /** A loss with the state after it. */
  record Forward(Tensor loss, List<Tensor> carried) {}

  /** What is done with a loss and its gradients. */
  interface Use {
    void accept(double loss, Gradients gradients);
  }

  /** The loss on the present tape. */
  Forward forward(Objective objective) {
    if (to == WHOLE) {
      return new Forward(objective.loss(examples), List.of());
    }
    if (objective instanceof TruncatedObjective cut) {
      TruncatedObjective.Part part = cut.loss(examples, from, to, carriedTo(objective));
      return new Forward(part.loss(), part.carried());
    }
    throw new IllegalArgumentException(
        "fit: truncate: %s cannot be cut into parts; leave truncate out, or shorten the sequences"
            .formatted(objective.model().getClass().getSimpleName()));
  }

  /** The state where the model is now: it may have been moved since the step before. */
  private List<Tensor> carriedTo(Objective objective) {
    if (carried.isEmpty()) {
      return carried;
    }
    Backend home = objective.model().parameters().values().iterator().next().backend();
    return carried.stream().map(state -> state.to(home)).toList();
  }

  /** Forward and back on a tape of its own; copies of the state after it. */
  List<Tensor> run(Objective objective, Use use) {
    try (Tape tape = Tape.open()) {
      Forward forward = forward(objective);
      double loss = forward.loss().item();
      use.accept(loss, tape.backward(forward.loss()));
      return forward.carried().stream().map(Tensor::keep).toList();
    }
  }

  /** How many things its loss is a mean over. */
  double weight(Objective objective) {
    return to != WHOLE && objective instanceof TruncatedObjective cut
        ? cut.weight(examples, from, to)
        : objective.weight(examples);
  }
}
