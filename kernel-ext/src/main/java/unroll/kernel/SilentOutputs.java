package unroll.kernel;

import java.io.IOException;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.CellOutputs;

/** Outputs that nobody sees: of silent requests, and of expressions evaluated beside a cell. */
final class SilentOutputs implements CellOutputs {
  private final CellOutputs questions;
  private MimeBundle result = MimeBundle.empty();

  /**
   * Outputs that nobody sees.
   *
   * @param questions where questions go nevertheless; null for nowhere
   */
  SilentOutputs(CellOutputs questions) {
    this.questions = questions;
  }

  /** The result; empty if there was none. */
  MimeBundle result() {
    return result;
  }

  @Override
  public void stream(String name, String text) {}

  @Override
  public void display(MimeBundle data, String displayId) {}

  @Override
  public void updateDisplay(MimeBundle data, String displayId) {}

  @Override
  public void result(int executionCount, MimeBundle data) {
    result = data;
  }

  @Override
  public void error(CellError error) {}

  @Override
  public void clear(boolean wait) {}

  @Override
  public String input(String prompt, boolean password) throws IOException {
    if (questions == null) {
      throw new IOException("input: an expression beside a cell cannot ask");
    }
    return questions.input(prompt, password);
  }
}
