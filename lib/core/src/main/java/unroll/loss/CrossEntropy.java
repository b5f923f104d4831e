package unroll.loss;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Softmax with cross-entropy: how surprised a classifier is at the right class.
 *
 * <pre>
 * p = softmax(logits)
 * L = mean over all rows of -ln p[target]
 * logits   [..., classes]
 * targets  one class a row, from 0 to classes - 1
 * </pre>
 *
 * <p>With label smoothing s (Szegedy et al. 2016) and class weights w:
 *
 * <pre>
 * l = (1 - s) w[target] (-ln p[target]) + s / classes (sum over c of w[c] (-ln p[c]))
 * L = (sum over all rows of l) / (sum over all rows of w[target])
 * </pre>
 *
 * <p>In nats. The same as PyTorch's {@code CrossEntropyLoss}, which ignores -100 by default, where
 * ours ignores nothing unless it is told to, and gives NaN where everything is ignored, where ours
 * refuses.
 *
 * @param smoothing s, from 0 to below 1; the default is 0
 * @param ignored rows with this target are left out; the default is none
 * @param weights w, one a class; empty, the default, for 1 each
 */
public record CrossEntropy(double smoothing, OptionalInt ignored, List<Double> weights) {

  /** Checks the settings. */
  public CrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "CrossEntropy: smoothing must be at least 0 and less than 1, got " + smoothing);
    }
    weights = List.copyOf(weights);
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "CrossEntropy: weights must be finite and not negative, got " + weight);
      }
    }
  }

  /** The default settings. */
  public static CrossEntropy defaults() {
    return new CrossEntropy(0, OptionalInt.empty(), List.of());
  }

  /** The same settings with another label smoothing; 0.1 is usual. */
  public CrossEntropy smoothing(double other) {
    return new CrossEntropy(other, ignored, weights);
  }

  /** The same settings, with rows of this target left out: padding. */
  public CrossEntropy ignoring(int target) {
    return new CrossEntropy(smoothing, OptionalInt.of(target), weights);
  }

  /** The same settings with weights of the classes. */
  public CrossEntropy weights(double... others) {
    return new CrossEntropy(smoothing, ignored, Arrays.stream(others).boxed().toList());
  }

  /**
   * The mean over all rows with the default settings, a scalar.
   *
   * @throws IllegalArgumentException if there is not one target a row, or a target is no class
   */
  public static Tensor of(Tensor logits, int... targets) {
    return defaults().loss(logits, targets);
  }

  /**
   * The mean over the rows that a mask leaves, with the default settings, a scalar.
   *
   * @param mask ones and zeros, one a row: shaped like the logits without their last axis
   * @throws IllegalArgumentException also if the mask leaves nothing
   */
  public static Tensor of(Tensor logits, int[] targets, Tensor mask) {
    return defaults().loss(logits, targets, mask);
  }

  /**
   * The mean over all rows, a scalar.
   *
   * @throws IllegalArgumentException if there is not one target a row, a target is no class, or all
   *     are ignored
   */
  public Tensor loss(Tensor logits, int... targets) {
    return loss(logits, targets, null);
  }

  /**
   * The mean over the rows that a mask leaves, a scalar; what stands in the others has no part in
   * it.
   *
   * @param mask ones and zeros, one a row: shaped like the logits without their last axis; null for
   *     no mask
   * @throws IllegalArgumentException if the shapes do not fit, a target is no class, or nothing is
   *     left
   */
  public Tensor loss(Tensor logits, int[] targets, Tensor mask) {
    int classes = logits.size(-1);
    if (logits.shape().length() != (long) targets.length * classes) {
      throw new IllegalArgumentException(
          "crossEntropy: logits %s need one target a row, got %d"
              .formatted(logits.shape(), targets.length));
    }
    if (!weights.isEmpty() && weights.size() != classes) {
      throw new IllegalArgumentException(
          "crossEntropy: logits %s need %d weights, one a class, got %d"
              .formatted(logits.shape(), classes, weights.size()));
    }
    if (mask == null && ignored.isEmpty()) {
      return mean(logits, targets.clone());
    }
    int[] kept = kept(logits.shape(), targets, mask);
    Tensor rows = logits.reshape(targets.length, classes).gather(kept);
    return mean(rows, Arrays.stream(kept).map(row -> targets[row]).toArray());
  }

  /** The rows that neither the mask nor their target leaves out. */
  private int[] kept(Shape logits, int[] targets, Tensor mask) {
    Shape rows = Shape.of(Arrays.copyOf(logits.sizes(), logits.rank() - 1));
    if (mask != null && !mask.shape().equals(rows)) {
      throw new IllegalArgumentException(
          "crossEntropy: logits %s need a mask %s, got %s".formatted(logits, rows, mask.shape()));
    }
    IntStream unmasked =
        mask == null
            ? IntStream.range(0, targets.length)
            : Arrays.stream(Mask.kept("crossEntropy", rows, mask));
    int[] kept =
        unmasked.filter(row -> ignored.isEmpty() || targets[row] != ignored.getAsInt()).toArray();
    if (kept.length == 0) {
      throw new IllegalArgumentException(
          "crossEntropy: every target is masked or ignored, there is nothing to take a mean of; leave such examples out");
    }
    return kept;
  }

  private Tensor mean(Tensor logits, int[] targets) {
    int classes = logits.size(-1);
    for (int target : targets) {
      if (target < 0 || target >= classes) {
        throw new IllegalArgumentException(
            "crossEntropy: targets must be from 0 to %d, got %d".formatted(classes - 1, target));
      }
    }
    Tensor surprise = CrossEntropyRows.of(logits, targets);
    if (smoothing == 0 && weights.isEmpty()) {
      return surprise.mean();
    }
    Tensor smoothed = surprise;
    double[] w = weight(targets);
    if (!weights.isEmpty()) {
      smoothed = surprise.times(Host.tensor(w, Shape.of(w.length), logits.backend()));
    }
    if (smoothing > 0) {
      Tensor even = even(logits.reshape(targets.length, classes), targets, surprise);
      smoothed = smoothed.times(1 - smoothing).plus(even.times(smoothing / classes));
    }
    double total = Arrays.stream(w).sum();
    if (total == 0 && w.length > 0) {
      throw new IllegalArgumentException(
          "crossEntropy: the weight of every target is 0, there is nothing to take a mean of");
    }
    return smoothed.sum().dividedBy(total);
  }

  private double[] weight(int[] targets) {
    return Arrays.stream(targets)
        .mapToDouble(t -> weights.isEmpty() ? 1 : weights.get(t))
        .toArray();
  }

  /** The sum over c of w[c] (-ln p[c]) of each row: W lse - sum of w[c] x[c]. */
  private Tensor even(Tensor logits, int[] targets, Tensor surprise) {
    int classes = logits.size(1);
    int[] places = IntStream.range(0, targets.length).map(r -> r * classes + targets[r]).toArray();
    Tensor logSum = surprise.plus(logits.reshape(logits.shape().length()).gather(places));
    if (weights.isEmpty()) {
      return logSum.times(classes).minus(logits.sum(1));
    }
    double[] w = weights.stream().mapToDouble(Double::doubleValue).toArray();
    Tensor weighted = logits.times(Host.tensor(w, Shape.of(classes), logits.backend())).sum(1);
    return logSum.times(Arrays.stream(w).sum()).minus(weighted);
  }
}
