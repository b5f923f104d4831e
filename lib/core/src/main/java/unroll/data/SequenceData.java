package unroll.data;

/**
 * Sequences of one length with a target at each step, time-major: element (t, b, f) of {@code
 * count} sequences with {@code features} features lies at {@code (t * count + b) * features + f}.
 */
public interface SequenceData {
  /** How many sequences. */
  int count();

  /** How many steps each has. */
  int steps();

  /** How many numbers go in at a step. */
  int inputSize();

  /** How many numbers are wanted at a step. */
  int outputSize();

  /** The inputs, [steps, count, inputSize]; a copy. */
  double[] inputs();

  /** The targets, [steps, count, outputSize]; a copy. */
  double[] targets();
}
