package unroll.bench.convergence;

/**
 * A text cut into rows of equal length that are read side by side: input and target of each
 * character, [length, batch]. What is left over at the end is left out.
 *
 * @param tokens of the text
 * @param batch the number of rows
 */
record TextRows(int[] tokens, int batch) {

  /** The characters of a row. */
  int length() {
    return (tokens.length - 1) / batch;
  }

  /** What is read in some steps: [to - from, batch], row major. */
  int[] inputs(int from, int to) {
    return part(from, to, 0);
  }

  /** The characters after those. */
  int[] targets(int from, int to) {
    return part(from, to, 1);
  }

  private int[] part(int from, int to, int shift) {
    int[] part = new int[(to - from) * batch];
    for (int i = 0; i < part.length; i++) {
      part[i] = tokens[i % batch * length() + from + i / batch + shift];
    }
    return part;
  }
}
