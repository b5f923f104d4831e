package unroll.loss;

import java.util.Arrays;
import unroll.tensor.Operation;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * Connectionist temporal classification (Graves et al. 2006): sequences of labels that are shorter
 * than the input, with no word of where each label stands. A path gives each step a label or a
 * blank; it spells a target if that is what is left when repeats are merged and then blanks
 * dropped.
 *
 * <pre>
 * p = softmax(logits)
 * l[b] = -ln(sum over all paths that spell targets[b] of product over t &lt; lengths[b] of p[t, b, path[t]])
 * L = mean over all b of l[b] / max(1, number of labels of targets[b])
 * logits   [time, batch, classes]
 * targets  labels of each sequence, from 0 to classes - 1, never the blank; possibly none
 * lengths  steps of each sequence, from 0 to time; null for all of them
 * </pre>
 *
 * <p>In nats a label; computed on the host in float64, whatever the backend. Steps past a
 * sequence's length have no part in it. The same as PyTorch's {@code CTCLoss} with its mean over
 * labels and batch, except that softmax is inside, and that a target no path can spell, infinite
 * there, is refused here: see {@link #stepsNeeded}.
 *
 * @param blank the class that stands for no label; the default is 0
 */
public record Ctc(int blank) {

  /** The default settings. */
  public static Ctc defaults() {
    return new Ctc(0);
  }

  /** The same settings with another class as the blank. */
  public Ctc blank(int other) {
    return new Ctc(other);
  }

  /** {@link #loss} with the default settings. */
  public static Tensor of(Tensor logits, int[][] targets, int[] lengths) {
    return defaults().loss(logits, targets, lengths);
  }

  /**
   * The loss of a batch, a scalar.
   *
   * @throws IllegalArgumentException if the shapes do not fit, a label is the blank or no class, or
   *     a sequence has fewer steps than its labels need
   */
  public Tensor loss(Tensor logits, int[][] targets, int[] lengths) {
    requireLogits(logits);
    int batch = logits.size(1);
    int classes = logits.size(2);
    int[] steps = steps(logits, lengths);
    if (targets.length != batch) {
      throw new IllegalArgumentException(
          "ctc: logits %s need a target for each of %d sequences, got %d"
              .formatted(logits.shape(), batch, targets.length));
    }
    double[] scale = new double[batch];
    for (int b = 0; b < batch; b++) {
      for (int label : targets[b]) {
        if (label < 0 || label >= classes || label == blank) {
          throw new IllegalArgumentException(
              "ctc: labels must be from 0 to %d and not the blank %d; sequence %d has %d"
                  .formatted(classes - 1, blank, b, label));
        }
      }
      int needed = stepsNeeded(targets[b]);
      if (steps[b] < needed) {
        throw new IllegalArgumentException(
            "ctc: sequence %d has %d steps, its %d labels need at least %d (two equal labels in a row need a blank between them); leave it out?"
                .formatted(b, steps[b], targets[b].length, needed));
      }
      scale[b] = 1.0 / batch / Math.max(1, targets[b].length);
    }
    int[][] labels = Arrays.stream(targets).map(int[]::clone).toArray(int[][]::new);
    return Operation.apply(new CtcOperation(blank, labels, steps, scale), logits);
  }

  /** How many steps a path that spells these labels has at least: one a label, one a repeat. */
  public static int stepsNeeded(int... labels) {
    int needed = labels.length;
    for (int i = 1; i < labels.length; i++) {
      if (labels[i] == labels[i - 1]) {
        needed++;
      }
    }
    return needed;
  }

  /**
   * What the likeliest path of each sequence spells: the most probable class of each step, repeats
   * merged, blanks dropped.
   *
   * @param logits [time, batch, classes]
   * @param lengths steps of each sequence, or null for all
   * @return the labels of each sequence
   */
  public int[][] decode(Tensor logits, int[] lengths) {
    requireLogits(logits);
    int[] steps = steps(logits, lengths);
    int batch = steps.length;
    int[] best = Tensors.argmax(logits);
    int[][] labels = new int[batch][];
    for (int b = 0; b < batch; b++) {
      int[] spelt = new int[steps[b]];
      int count = 0;
      int before = blank;
      for (int t = 0; t < steps[b]; t++) {
        int label = best[t * batch + b];
        if (label != before && label != blank) {
          spelt[count++] = label;
        }
        before = label;
      }
      labels[b] = Arrays.copyOf(spelt, count);
    }
    return labels;
  }

  private void requireLogits(Tensor logits) {
    if (logits.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "ctc: logits must be [time, batch, classes], got " + logits.shape());
    }
    if (blank < 0 || blank >= logits.size(2)) {
      throw new IllegalArgumentException(
          "ctc: the blank must be one of the %d classes, it is %d"
              .formatted(logits.size(2), blank));
    }
  }

  private static int[] steps(Tensor logits, int[] lengths) {
    int time = logits.size(0);
    int batch = logits.size(1);
    if (lengths == null) {
      int[] all = new int[batch];
      Arrays.fill(all, time);
      return all;
    }
    if (lengths.length != batch) {
      throw new IllegalArgumentException(
          "ctc: logits %s need %d lengths, got %d"
              .formatted(logits.shape(), batch, lengths.length));
    }
    for (int length : lengths) {
      if (length < 0 || length > time) {
        throw new IllegalArgumentException(
            "ctc: lengths must be from 0 to %d, got %d".formatted(time, length));
      }
    }
    return lengths.clone();
  }
}
