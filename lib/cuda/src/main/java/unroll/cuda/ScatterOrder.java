package unroll.cuda;

import java.util.Arrays;

/**
 * Which rows go to which row of a table, so that every one of its rows can be summed by itself, in
 * ascending order, and no two threads write to one place.
 *
 * @param targets the rows of the table that get something, ascending
 * @param starts where each one's rows begin in {@code order}; one more than targets
 * @param order the numbers of the rows, by target, ascending within each
 */
record ScatterOrder(int[] targets, int[] starts, int[] order) {

  /**
   * Sorts by counting.
   *
   * @param indices for each row, the table's row it goes to, from 0 to {@code rows - 1}
   * @param rows of the table
   */
  static ScatterOrder of(int[] indices, int rows) {
    int[] next = new int[rows + 1];
    for (int index : indices) {
      next[index + 1]++;
    }
    int[] targets = new int[Math.min(rows, indices.length)];
    int[] starts = new int[targets.length + 1];
    int distinct = 0;
    for (int row = 0; row < rows; row++) {
      if (next[row + 1] > 0) {
        targets[distinct] = row;
        starts[distinct++] = next[row];
      }
      next[row + 1] += next[row];
    }
    starts[distinct] = indices.length;
    int[] order = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      order[next[indices[i]]++] = i;
    }
    return new ScatterOrder(
        Arrays.copyOf(targets, distinct), Arrays.copyOf(starts, distinct + 1), order);
  }

  /** All three behind one another: targets, starts, order. */
  int[] joined() {
    int[] all = new int[targets.length + starts.length + order.length];
    System.arraycopy(targets, 0, all, 0, targets.length);
    System.arraycopy(starts, 0, all, targets.length, starts.length);
    System.arraycopy(order, 0, all, targets.length + starts.length, order.length);
    return all;
  }
}
