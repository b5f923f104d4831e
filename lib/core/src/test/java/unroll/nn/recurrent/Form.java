package unroll.nn.recurrent;

/** The two ways to run a recurrent layer. */
enum Form {
  /** The cell in a loop, {@link Recurrent}. */
  STEP_BY_STEP,
  /** The layer's own way over whole sequences, where it has one. */
  WHOLE
}
