package unroll.kernel.eval;

/** Ends a cell with an error that is ready to be shown. */
final class CellFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient CellError error;

  CellFailure(CellError error) {
    super(error.name() + ": " + error.value());
    this.error = error;
  }

  CellError error() {
    return error;
  }
}
