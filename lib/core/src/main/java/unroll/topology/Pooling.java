package unroll.topology;

/** How a sequence of outputs becomes one vector. */
public enum Pooling {
  /** What the recurrent layer shows after each sequence's own last step. */
  LAST,
  /** The mean of a sequence's outputs. */
  MEAN,
  /** The greatest of a sequence's outputs, unit by unit (Collobert and Weston 2008). */
  MAX
}
