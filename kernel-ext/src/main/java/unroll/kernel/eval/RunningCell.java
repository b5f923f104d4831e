package unroll.kernel.eval;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderers;

/**
 * The outputs of the cell that runs: brings calls from all its threads into one order, and gathers
 * printed text into fewer and larger pieces.
 */
public final class RunningCell {
  private static final int PIECE = 16_384;

  private final CellOutputs outputs;
  private final Renderers renderers;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final PrintedText printed;
  private final StringBuilder pending = new StringBuilder();
  private final DisplayUpdates displays;
  private String pendingName = "stdout";
  private Object lastDisplayId;
  private boolean open = true;
  private boolean shown = true; // whether something may be on show
  private boolean clearAtNext; // removing waits for an output
  private boolean clearFirst; // that output waits to be sent

  RunningCell(CellOutputs outputs, Renderers renderers) {
    this.outputs = outputs;
    this.printed = new PrintedText(outputs);
    this.displays = new DisplayUpdates(outputs);
    this.renderers = renderers;
  }

  /** Adds printed text; it reaches the outputs at the next {@link #flush}, at the latest. */
  synchronized void print(String name, String text) {
    if (!open || text.isEmpty()) {
      return;
    }
    clearIfAsked();
    if (!name.equals(pendingName)) {
      flush();
      pendingName = name;
    }
    pending.append(text);
    if (pending.length() >= PIECE) {
      flush();
    }
  }

  /** Passes on what waits; called again and again while the cell runs. */
  synchronized void flush() {
    if (pending.length() > 0) {
      var text = pending.toString();
      pending.setLength(0);
      clearFirst();
      printed.print(pendingName, text);
      shown = true;
    }
    printed.tick();
    displays.flush();
  }

  /** Where removing waits for an output, and this is it: what was not yet sent is dropped. */
  private void clearIfAsked() {
    if (clearAtNext) {
      clearAtNext = false;
      clearFirst = true;
      pending.setLength(0);
    }
  }

  private void clearFirst() {
    if (clearFirst) {
      clearFirst = false;
      printed.cleared();
      outputs.clear(true);
    }
  }

  /** Brings all into order before an output that is not printed text. */
  private void beforeOutput() {
    clearIfAsked();
    flush();
    clearFirst();
    shown = true;
  }

  /** Shows a value; see {@link unroll.kernel.Notebook#display(Object, String...)}. */
  public String display(Object value, String... mimeTypes) {
    var bundle = render(value, mimeTypes);
    var id = UUID.randomUUID().toString();
    synchronized (this) {
      lastDisplayId = id;
      if (open) {
        beforeOutput();
        outputs.display(bundle, id);
      }
    }
    return id;
  }

  /** Replaces what is shown under an id. */
  public void updateDisplay(String id, Object value, String... mimeTypes) {
    var bundle = render(value, mimeTypes);
    synchronized (this) {
      if (open) {
        flush();
        displays.update(bundle, id);
      }
    }
  }

  /** Removes what the cell has shown. In a loop, only what would be seen is passed on. */
  public synchronized void clear(boolean wait) {
    if (!open) {
      return;
    }
    if (wait) {
      clearAtNext = true;
      return;
    }
    pending.setLength(0);
    clearAtNext = false;
    clearFirst = false;
    printed.cleared();
    if (shown) {
      shown = false;
      outputs.clear(false);
    }
  }

  /** Asks for a line. */
  public String input(String prompt, boolean password) throws IOException {
    synchronized (this) {
      flush();
      if (!open) {
        throw new IOException("input: the cell that asks has ended");
      }
    }
    return outputs.input(prompt, password);
  }

  /** The value in the types asked for, or in all that its renderer knows. */
  public MimeBundle render(Object value, String... mimeTypes) {
    return mimeTypes.length == 0 ? renderers.render(value) : renderers.renderAs(value, mimeTypes);
  }

  /** Shows the value of the cell's last expression; an id just got from display shows nothing. */
  void result(int executionCount, Object value) {
    synchronized (this) {
      if (value == lastDisplayId) {
        return;
      }
    }
    var bundle = renderers.render(value);
    synchronized (this) {
      beforeOutput();
      endText();
      outputs.result(executionCount, bundle);
    }
  }

  synchronized void error(CellError error) {
    beforeOutput();
    endText();
    outputs.error(error);
  }

  /** Waits for the end; false if the cell still runs after that time. */
  boolean awaitEnd(Duration atMost) {
    try {
      return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** After this nothing reaches the outputs any more. */
  synchronized void end() {
    if (open) {
      flush();
      endText();
      if (clearAtNext) {
        outputs.clear(true);
      }
    }
    open = false;
    ended.countDown();
  }

  private void endText() {
    printed.end();
    displays.end();
  }
}
