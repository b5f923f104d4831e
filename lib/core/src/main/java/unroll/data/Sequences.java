package unroll.data;

import java.util.Arrays;

/**
 * Sequences of numbers of any lengths, each with one target for the whole of it: numbers to come
 * near to, or a class to recognise.
 */
public final class Sequences {

  private final double[][][] inputs;
  private final double[][] targets;
  private final int[] classes;
  private final int outputSize;

  private Sequences(double[][][] inputs, double[][] targets, int[] classes, int outputSize) {
    this.inputs = inputs;
    this.targets = targets;
    this.classes = classes;
    this.outputSize = outputSize;
  }

  /**
   * Sequences with numbers to come near to.
   *
   * @param inputs [count][length][inputSize]; lengths may differ, and are at least 1
   * @param targets [count][outputSize]
   */
  public static Sequences of(double[][][] inputs, double[][] targets) {
    check(inputs, targets.length);
    int outputSize = targets.length == 0 ? 0 : targets[0].length;
    for (int i = 0; i < targets.length; i++) {
      if (targets[i].length != outputSize) {
        throw new IllegalArgumentException(
            "Sequences: target %d has %d numbers, target 0 has %d; all must have as many"
                .formatted(i, targets[i].length, outputSize));
      }
    }
    return new Sequences(inputs.clone(), targets.clone(), null, outputSize);
  }

  /**
   * Sequences with classes to recognise.
   *
   * @param inputs [count][length][inputSize]; lengths may differ, and are at least 1
   * @param classes of each sequence, from 0
   * @param count how many classes there are
   */
  public static Sequences of(double[][][] inputs, int[] classes, int count) {
    check(inputs, classes.length);
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= count) {
        throw new IllegalArgumentException(
            "Sequences: classes must be from 0 to %d, got %d for sequence %d"
                .formatted(count - 1, classes[i], i));
      }
    }
    return new Sequences(inputs.clone(), null, classes.clone(), count);
  }

  private static void check(double[][][] inputs, int targets) {
    if (inputs.length != targets) {
      throw new IllegalArgumentException(
          "Sequences: needs a target for each sequence, got %d sequences and %d targets"
              .formatted(inputs.length, targets));
    }
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].length == 0) {
        throw new IllegalArgumentException("Sequences: sequence " + i + " has no step");
      }
      for (int t = 0; t < inputs[i].length; t++) {
        if (inputs[i][t].length != inputs[0][0].length) {
          throw new IllegalArgumentException(
              "Sequences: sequence %d has %d numbers in step %d, sequence 0 has %d in step 0"
                  .formatted(i, inputs[i][t].length, t, inputs[0][0].length));
        }
      }
    }
  }

  /** How many. */
  public int count() {
    return inputs.length;
  }

  /** How many steps one has. */
  public int length(int sequence) {
    return inputs[sequence].length;
  }

  /** How many numbers go in at a step. */
  public int inputSize() {
    return inputs.length == 0 ? 0 : inputs[0][0].length;
  }

  /** How many numbers come out: those of a target, or one for each class. */
  public int outputSize() {
    return outputSize;
  }

  /** Whether the targets are classes. */
  public boolean classes() {
    return classes != null;
  }

  /** The classes of some sequences. */
  public int[] classes(int... sequences) {
    return Arrays.stream(sequences).map(s -> classes[s]).toArray();
  }

  /** The targets of some sequences, [sequences, outputSize] row by row. */
  public double[] targets(int... sequences) {
    return Arrays.stream(sequences)
        .boxed()
        .flatMapToDouble(s -> Arrays.stream(targets[s]))
        .toArray();
  }

  /** How many steps some sequences have. */
  public int[] lengths(int... sequences) {
    return Arrays.stream(sequences).map(this::length).toArray();
  }

  /** The inputs of some sequences, [longest, sequences, inputSize], zeros at the ends of others. */
  public double[] inputs(int... sequences) {
    int steps = Arrays.stream(lengths(sequences)).max().orElse(0);
    int size = inputSize();
    double[] all = new double[steps * sequences.length * size];
    for (int b = 0; b < sequences.length; b++) {
      double[][] sequence = inputs[sequences[b]];
      for (int t = 0; t < sequence.length; t++) {
        System.arraycopy(sequence[t], 0, all, (t * sequences.length + b) * size, size);
      }
    }
    return all;
  }

  /** Sizes, in a line. */
  @Override
  public String toString() {
    return "Sequences: %,d of %d numbers a step, %d %s"
        .formatted(count(), inputSize(), outputSize, classes() ? "classes" : "numbers out");
  }
}
