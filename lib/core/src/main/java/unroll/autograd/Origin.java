package unroll.autograd;

import java.util.List;
import unroll.tensor.Operation;
import unroll.tensor.Tensor;

/**
 * The operation on a tape where the first infinity or NaN arose; found by {@link Tape#origin}.
 *
 * @param operation the operation
 * @param inputs what went into it
 * @param outputs what came out
 * @param arriving on the way back, the gradients that came to it, null where there is none; empty
 *     on the way forward
 * @param leaf the variable that it took in, or the operation before it that took one in: a
 *     parameter, as a rule. Null where there is none
 * @param use how often that variable had been taken in by then, this time included: in a cell that
 *     is unrolled over a sequence, the step of time
 * @param givenBad whether something that was no number went in
 */
public record Origin(
    Operation operation,
    List<Tensor> inputs,
    List<Tensor> outputs,
    List<Tensor> arriving,
    Tensor leaf,
    int use,
    boolean givenBad) {

  /** Whether it arose on the way back. */
  public boolean isGradient() {
    return !arriving.isEmpty();
  }
}
