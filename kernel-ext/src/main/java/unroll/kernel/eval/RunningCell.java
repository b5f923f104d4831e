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
  private final StringBuilder pending = new StringBuilder();
  private String pendingName = "stdout";
  private Object lastDisplayId;
  private boolean open = true;
  private final CountDownLatch ended = new CountDownLatch(1);

  RunningCell(CellOutputs outputs, Renderers renderers) {
    this.outputs = outputs;
    this.renderers = renderers;
  }

  /** Adds printed text; it reaches the outputs at the next {@link #flush}, at the latest. */
  synchronized void print(String name, String text) {
    if (!open || text.isEmpty()) {
      return;
    }
    if (!name.equals(pendingName)) {
      flush();
      pendingName = name;
    }
    pending.append(text);
    if (pending.length() >= PIECE) {
      flush();
    }
  }

  synchronized void flush() {
    if (pending.length() > 0) {
      var text = pending.toString();
      pending.setLength(0);
      outputs.stream(pendingName, text);
    }
  }

  /** Shows a value; see {@link unroll.kernel.Notebook#display(Object, String...)}. */
  public String display(Object value, String... mimeTypes) {
    var bundle = render(value, mimeTypes);
    var id = UUID.randomUUID().toString();
    synchronized (this) {
      lastDisplayId = id;
      if (open) {
        flush();
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
        outputs.updateDisplay(bundle, id);
      }
    }
  }

  /** Removes what the cell has shown. */
  public synchronized void clear(boolean wait) {
    if (open) {
      flush();
      outputs.clear(wait);
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
      flush();
      outputs.result(executionCount, bundle);
    }
  }

  synchronized void error(CellError error) {
    flush();
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
    flush();
    open = false;
    ended.countDown();
  }
}
