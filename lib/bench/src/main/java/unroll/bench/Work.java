package unroll.bench;

/**
 * What is measured, and in which size.
 *
 * @param bench charlm, step or gemm
 * @param cell RNN, LSTM or GRU; for gemm, "-"
 * @param hidden units of the layer, or the side of the matrices
 * @param steps T, the length of a sequence (charlm)
 * @param batch B, the number of sequences (charlm)
 * @param input features of an embedded character (charlm)
 * @param truncate the steps that gradients flow back through; the state goes on (charlm)
 */
record Work(String bench, String cell, int hidden, int steps, int batch, int input, int truncate) {

  /**
   * What one turn does, in the unit of {@link Measurement#perSecond}: characters, steps, or flops.
   */
  double units() {
    return switch (bench) {
      case "charlm" -> (double) steps * batch;
      case "gemm" -> 2.0 * hidden * hidden * hidden;
      default -> 1;
    };
  }

  /** Makes the work ready to be done again and again on the current backend. */
  Runnable prepare() {
    return switch (bench) {
      case "charlm" -> new CharacterModel(this)::step;
      case "step" -> new SingleStep(this)::step;
      case "gemm" -> new Product(hidden)::multiply;
      default -> throw new IllegalArgumentException("bench: no benchmark '" + bench + "'");
    };
  }
}
