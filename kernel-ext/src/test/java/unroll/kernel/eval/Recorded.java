package unroll.kernel.eval;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import unroll.kernel.display.MimeBundle;

/** The outputs of a cell, kept to be looked at. */
public final class Recorded implements CellOutputs {
  /** Everything in its order, one line each: {@code stdout: text}, {@code display: text}, … */
  public final List<String> log = new ArrayList<>();

  public final List<MimeBundle> displays = new ArrayList<>();
  public final List<String> displayIds = new ArrayList<>();
  public final List<MimeBundle> updates = new ArrayList<>();
  public final List<String> updateIds = new ArrayList<>();
  public final Queue<String> answers = new ArrayDeque<>();
  public final List<String> prompts = new ArrayList<>();
  public MimeBundle result;
  public CellError error;

  private final StringBuilder stdout = new StringBuilder();
  private final StringBuilder stderr = new StringBuilder();

  @Override
  public synchronized void stream(String name, String text) {
    (name.equals("stdout") ? stdout : stderr).append(text);
    log.add(name + ": " + text.strip());
  }

  @Override
  public synchronized void display(MimeBundle data, String displayId) {
    displays.add(data);
    displayIds.add(displayId);
    log.add("display: " + data.get(MimeBundle.TEXT).orElse("?"));
  }

  @Override
  public synchronized void updateDisplay(MimeBundle data, String displayId) {
    updates.add(data);
    updateIds.add(displayId);
    log.add("update: " + data.get(MimeBundle.TEXT).orElse("?"));
  }

  @Override
  public synchronized void result(int executionCount, MimeBundle data) {
    result = data;
    log.add("result: " + data.get(MimeBundle.TEXT).orElse("?"));
  }

  @Override
  public synchronized void error(CellError cellError) {
    error = cellError;
    log.add("error: " + cellError.name());
  }

  @Override
  public synchronized void clear(boolean wait) {
    log.add("clear: " + wait);
  }

  @Override
  public synchronized String input(String prompt, boolean password) throws IOException {
    prompts.add(prompt + (password ? "*" : ""));
    if (answers.isEmpty()) {
      throw new IOException("this front end cannot ask");
    }
    return answers.remove();
  }

  /** The result as text; null if there is none. */
  public synchronized String text() {
    return result == null ? null : result.get(MimeBundle.TEXT).orElse("?");
  }

  public synchronized String out() {
    return stdout.toString();
  }

  public synchronized String err() {
    return stderr.toString();
  }

  /** The log on one line. */
  public synchronized String inOrder() {
    return log.stream().collect(Collectors.joining(" | "));
  }

  /** The traceback without colours. */
  public synchronized String traceback() {
    return error == null ? "" : error.plainTraceback();
  }
}
