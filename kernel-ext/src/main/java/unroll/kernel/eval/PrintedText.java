package unroll.kernel.eval;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import unroll.kernel.display.MimeBundle;

/**
 * What a cell prints, in an amount that a front end can bear. The first {@value #SHOWN} characters
 * pass as they are. From there on a line in place says how much is left out, once a second, and the
 * last lines follow when the cell ends. A {@link SpillFile} keeps the whole.
 *
 * <p>Text that a carriage return overwrites, as a progress bar's, is left out and does not count.
 */
final class PrintedText {
  static final int SHOWN = 200_000;
  static final int LAST_LINES = 50;
  private static final int LAST_CHARACTERS = 10_000;
  private static final long UPDATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CellOutputs outputs;
  private final StringBuilder first = new StringBuilder();
  private final StringBuilder last = new StringBuilder();
  private String lastName;
  private SpillFile file;
  private String displayId;
  private int shown;
  private long linesLeftOut;
  private long charactersLeftOut;
  private long nextUpdateAt;

  PrintedText(CellOutputs outputs) {
    this.outputs = outputs;
  }

  void print(String name, String printed) {
    var text = withoutOverwritten(printed);
    if (displayId != null) {
      leaveOut(name, text);
      return;
    }
    int counted = text.startsWith("\r") && text.indexOf('\n') < 0 ? 0 : text.length();
    if (shown + counted <= SHOWN) {
      pass(name, text, counted);
      return;
    }
    int room = SHOWN - shown;
    int lineEnd = text.lastIndexOf('\n', room - 1) + 1;
    int cut = lineEnd > 0 ? lineEnd : room;
    pass(name, text.substring(0, cut), cut);
    beginToLeaveOut();
    leaveOut(name, text.substring(cut));
  }

  private void pass(String name, String text, int counted) {
    if (!text.isEmpty()) {
      shown += counted;
      first.append(text);
      outputs.stream(name, text);
    }
  }

  private void beginToLeaveOut() {
    file = SpillFile.create();
    file.write(first);
    first.setLength(0);
    displayId = UUID.randomUUID().toString();
    outputs.display(MimeBundle.text("… the cell prints more than is shown here"), displayId);
    nextUpdateAt = System.nanoTime() + UPDATE_NANOS;
  }

  private void leaveOut(String name, String text) {
    file.write(text);
    charactersLeftOut += text.length();
    linesLeftOut += text.chars().filter(c -> c == '\n').count();
    last.append(text);
    if (last.length() > 4 * LAST_CHARACTERS) {
      last.delete(0, last.length() - LAST_CHARACTERS);
    }
    lastName = name;
    tick();
  }

  /** Brings the count of what is left out up to date, where that is due. */
  void tick() {
    if (displayId != null && System.nanoTime() >= nextUpdateAt) {
      outputs.updateDisplay(MimeBundle.text(leftOut() + " left out so far"), displayId);
      nextUpdateAt = System.nanoTime() + UPDATE_NANOS;
    }
  }

  private String leftOut() {
    return String.format(
        Locale.ROOT,
        "… %,d lines (%,d characters)",
        linesLeftOut + (last.length() > 0 && last.charAt(last.length() - 1) != '\n' ? 1 : 0),
        charactersLeftOut);
  }

  /** Begins anew: what was shown has been removed. */
  void cleared() {
    close();
    first.setLength(0);
    last.setLength(0);
    displayId = null;
    shown = 0;
    linesLeftOut = 0;
    charactersLeftOut = 0;
  }

  /** Shows the last lines, and how to see those between. */
  void end() {
    if (displayId == null) {
      return;
    }
    var lines = lastLines();
    var text = leftOut() + " were printed after this; " + file.describe() + ". Its last lines:";
    outputs.updateDisplay(MimeBundle.text(text), displayId);
    outputs.stream(lastName, lines);
    close();
    displayId = null;
  }

  private void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private String lastLines() {
    int from = Math.max(0, last.length() - LAST_CHARACTERS);
    int at = last.length() - 1; // a line end there ends the last line
    for (int n = 0; n < LAST_LINES && at >= from; n++) {
      at = last.lastIndexOf("\n", at - 1);
    }
    return last.substring(Math.max(from, at + 1));
  }

  /** The text without what a carriage return in it overwrites. */
  static String withoutOverwritten(String text) {
    if (text.indexOf('\r') < 0) {
      return text;
    }
    var kept = new StringBuilder();
    int lineStart = 0;
    while (lineStart < text.length()) {
      int lineEnd = text.indexOf('\n', lineStart);
      int next = lineEnd < 0 ? text.length() : lineEnd + 1;
      int contentEnd = lineEnd < 0 ? text.length() : lineEnd;
      while (contentEnd > lineStart && text.charAt(contentEnd - 1) == '\r') {
        contentEnd--; // those overwrite nothing yet
      }
      int overwritten = text.lastIndexOf('\r', contentEnd - 1);
      kept.append(text, overwritten >= lineStart ? overwritten : lineStart, next);
      lineStart = next;
    }
    return kept.toString();
  }
}
