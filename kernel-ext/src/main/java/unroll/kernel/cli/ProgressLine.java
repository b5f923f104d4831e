package unroll.kernel.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import unroll.kernel.notebook.NotebookRun;

/**
 * How far a notebook has come: in a terminal one line that redraws itself, elsewhere a line for
 * each cell.
 */
final class ProgressLine implements NotebookRun.Progress, AutoCloseable {

  private static final int BAR = 20;

  private final Terminal terminal;
  private final PrintWriter out;
  private final String name;
  private final int total;
  private final long began = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "progress line");
            thread.setDaemon(true);
            return thread;
          });
  private long cellBegan;
  private int done;
  private boolean lineOpen;
  private boolean closed;

  ProgressLine(Terminal terminal, PrintWriter out, String name, int total) {
    this.terminal = terminal;
    this.out = out;
    this.name = name;
    this.total = total;
    if (terminal.columns() > 0) {
      var unused = clock.scheduleAtFixedRate(this::draw, 0, 250, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void started(int number, String source) {
    cellBegan = System.nanoTime();
    if (terminal.columns() == 0) {
      String line = source.strip().lines().findFirst().orElse("").strip();
      out.print(name + "  " + number + "/" + total + "  " + shortened(line, 60) + "  ");
      out.flush();
      lineOpen = true;
    }
  }

  @Override
  public synchronized void ended(int number, boolean ok) {
    done = ok ? number : number - 1;
    lineOpen = false;
    if (terminal.columns() == 0) {
      out.println(time(System.nanoTime() - cellBegan));
    } else {
      draw();
    }
  }

  private synchronized void draw() {
    if (!closed) {
      out.print("\r" + shortened(line(), terminal.columns() - 1) + "\u001b[K");
      out.flush();
    }
  }

  private String line() {
    int full = total == 0 ? BAR : BAR * done / total;
    String bar = terminal.sign("━", "=").repeat(full) + terminal.sign("┄", "-").repeat(BAR - full);
    return name + "  " + bar + "  " + summary();
  }

  private String summary() {
    return done + "/" + total + " cells  " + time(System.nanoTime() - began);
  }

  /** The last state of the line; nothing is drawn after it. */
  @Override
  public synchronized void close() {
    clock.shutdownNow();
    if (closed) {
      return;
    }
    if (terminal.columns() > 0) {
      draw();
      out.println();
    } else {
      out.println((lineOpen ? System.lineSeparator() : "") + name + "  " + summary());
    }
    closed = true;
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }

  /** A time as people say it: tenths of a second, seconds, minutes. */
  static String time(long nanos) {
    double seconds = nanos / 1e9;
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }
}
