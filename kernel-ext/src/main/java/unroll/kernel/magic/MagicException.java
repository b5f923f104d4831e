package unroll.kernel.magic;

/** A magic that was called wrongly. The message is for the person who typed it. */
public final class MagicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected, what was got, and the mend. */
  public MagicException(String message) {
    super(message);
  }

  /** A kernel that cannot do what a magic needs. */
  static MagicException impossible(String what) {
    return new MagicException("this kernel cannot " + what);
  }
}
