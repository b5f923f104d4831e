package unroll.train;

import java.util.Arrays;

/**
 * The order of one pass through the training part.
 *
 * @param groups the examples of each large batch, one after the other
 * @param lengths of all examples
 * @param batch examples at a time; a group has several such batches where gradients are accumulated
 * @param truncate steps of time in a part
 */
record Pass(int[][] groups, int[] lengths, int batch, int truncate) {

  /** The batches of a group. */
  int[][] batches(int group) {
    int[] all = groups[group];
    int[][] batches = new int[(all.length - 1) / batch + 1][];
    for (int i = 0; i < batches.length; i++) {
      int to = (int) Math.min((i + 1L) * batch, all.length);
      batches[i] = Arrays.copyOfRange(all, i * batch, to);
    }
    return batches;
  }

  /** The length of the longest example of a group. */
  int length(int group) {
    return length(groups[group]);
  }

  /** The length of the longest of some examples. */
  int length(int[] examples) {
    return Arrays.stream(examples).map(i -> lengths[i]).max().orElse(0);
  }

  /** The steps of the optimizer until a group, which is not in it. */
  int stepsUntil(int group) {
    int steps = 0;
    for (int g = 0; g < group; g++) {
      steps += (length(g) - 1) / truncate + 1;
    }
    return steps;
  }

  /** The steps of the optimizer in the pass. */
  int steps() {
    return stepsUntil(groups.length);
  }
}
