package unroll.kernel.notebook;

/** A notebook that cannot be read, run or written; the message names the file and the mend. */
public final class NotebookException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what a user should read, the file's name in it
   */
  public NotebookException(String message) {
    super(message);
  }

  /**
   * @param message what a user should read, the file's name in it
   * @param cause what the file system said
   */
  public NotebookException(String message, Throwable cause) {
    super(message, cause);
  }
}
