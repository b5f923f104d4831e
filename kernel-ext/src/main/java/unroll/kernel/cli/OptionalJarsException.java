package unroll.kernel.cli;

/** An optional backend that cannot be added; the message says why and what to do. */
final class OptionalJarsException extends Exception {

  private static final long serialVersionUID = 1L;

  OptionalJarsException(String message) {
    super(message);
  }

  OptionalJarsException(String message, Throwable cause) {
    super(message, cause);
  }
}
