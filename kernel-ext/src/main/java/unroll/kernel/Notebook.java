package unroll.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import unroll.kernel.eval.LastError;
import unroll.kernel.eval.RunningCell;
import unroll.kernel.eval.RunningCells;
import unroll.kernel.eval.SpillFile;
import unroll.kernel.render.WholeText;

/**
 * What the code of a cell may call to show things; imported statically into every session. Works
 * from the cell's own thread and from those it starts, as long as the cell runs.
 */
public final class Notebook {
  private Notebook() {}

  /**
   * Shows a value in every form its renderer knows.
   *
   * @return an id, for {@link #updateDisplay}
   */
  public static String display(Object value) {
    return cell("display").display(value);
  }

  /**
   * Shows a value in the given forms only. A string is taken to be content of that type: {@code
   * display("<b>bold</b>", "text/html")}.
   *
   * @return an id, for {@link #updateDisplay}
   * @throws IllegalArgumentException if the value cannot be shown in any of these forms
   */
  public static String display(Object value, String... mimeTypes) {
    return cell("display").display(value, mimeTypes);
  }

  /**
   * Shows all of a value that is cut otherwise: a long string, collection, array, table or tensor.
   *
   * @return an id, for {@link #updateDisplay}
   */
  public static String showAll(Object value) {
    return cell("showAll").display(WholeText.bundle(value));
  }

  /** Shows another value in the place of what was shown under an id. */
  public static void updateDisplay(String id, Object value) {
    cell("updateDisplay").updateDisplay(id, value);
  }

  /** The same in the given forms only. */
  public static void updateDisplay(String id, Object value, String... mimeTypes) {
    cell("updateDisplay").updateDisplay(id, value, mimeTypes);
  }

  /** Removes what the cell has shown so far, at once. */
  public static void clearOutput() {
    clearOutput(false);
  }

  /**
   * Removes what the cell has shown so far.
   *
   * @param wait whether to wait for the next output, so that nothing flickers
   */
  public static void clearOutput(boolean wait) {
    cell("clearOutput").clear(wait);
  }

  /**
   * All that a cell printed, of the last cell that printed more than is shown.
   *
   * @return a file that lasts until the next such cell, or the end of the session
   * @throws IllegalStateException if no cell printed that much
   */
  public static Path printed() {
    return SpillFile.latest()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "printed: no cell has printed more than is shown; all of it is there"));
  }

  /**
   * The exception that ended a cell last, or that a thread threw.
   *
   * @throws IllegalStateException if there was none
   */
  public static Throwable lastError() {
    return LastError.get()
        .map(LastError::thrown)
        .orElseThrow(() -> new IllegalStateException("lastError: no cell has thrown anything"));
  }

  /** Asks the person at the front end for a line. */
  public static String input(String prompt) {
    return ask(prompt, false);
  }

  /** Asks for a line that is not shown while it is typed. */
  public static String password(String prompt) {
    return ask(prompt, true);
  }

  private static String ask(String prompt, boolean password) {
    try {
      return cell("input").input(prompt, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunningCell cell(String operation) {
    return RunningCells.current()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    operation + ": no cell runs on this thread; call it while its cell runs"));
  }
}
