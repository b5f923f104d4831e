package unroll.kernel.eval;

import java.io.IOException;
import unroll.kernel.display.MimeBundle;

/**
 * Where the outputs of one cell go: to a front end or into a notebook file. The evaluator calls one
 * method at a time, in the order in which the cell made its outputs, though from several threads;
 * {@link #input} alone may overlap with the others.
 */
public interface CellOutputs {

  /**
   * Text that was printed.
   *
   * @param name {@code stdout} or {@code stderr}
   */
  void stream(String name, String text);

  /** Something to show, that {@link #updateDisplay} may replace later by its id. */
  void display(MimeBundle data, String displayId);

  /** Replaces what was shown under an id, in this cell or an earlier one. */
  void updateDisplay(MimeBundle data, String displayId);

  /** The value of the cell's last expression. */
  void result(int executionCount, MimeBundle data);

  /** What ended the cell before its time. */
  void error(CellError error);

  /**
   * Removes what the cell has shown so far.
   *
   * @param wait whether to wait for the next output before removing
   */
  void clear(boolean wait);

  /**
   * Asks the person at the front end for a line.
   *
   * @param password whether the answer must not be shown
   * @return the answer, without a line end
   * @throws IOException if this front end cannot ask
   */
  String input(String prompt, boolean password) throws IOException;
}
