package unroll.kernel.eval;

/** Whether a source can be run as it stands, for consoles that run on Enter. */
public enum Completeness {
  /** It can be run. */
  COMPLETE,
  /** More lines must follow. */
  INCOMPLETE,
  /** It is wrong, and no further line would mend it. */
  INVALID
}
