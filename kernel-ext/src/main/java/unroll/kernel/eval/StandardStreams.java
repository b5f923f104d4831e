package unroll.kernel.eval;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * {@code System.out}, {@code System.err} and {@code System.in}, led to the cell that the calling
 * thread belongs to; threads of no cell keep the streams that were there before.
 */
final class StandardStreams {
  private static int users;
  private static PrintStream out;
  private static PrintStream err;
  private static InputStream in;

  private StandardStreams() {}

  /** Leads the streams to cells, from the first call on. */
  static synchronized void acquire() {
    if (users++ == 0) {
      out = System.out;
      err = System.err;
      in = System.in;
      System.setOut(new PrintStream(new Output("stdout", out), true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(new Output("stderr", err), true, StandardCharsets.UTF_8));
      System.setIn(new Input(in));
    }
  }

  /** Brings the former streams back, when as many have released them as have acquired them. */
  static synchronized void release() {
    if (--users == 0) {
      System.setOut(out);
      System.setErr(err);
      System.setIn(in);
    }
  }

  private static final class Output extends OutputStream {
    private final String name;
    private final PrintStream former;
    private byte[] rest = new byte[0]; // the beginning of a character whose end is still to come

    Output(String name, PrintStream former) {
      this.name = name;
      this.former = former;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      var cell = RunningCells.current();
      if (cell.isEmpty()) {
        former.write(bytes, offset, length);
      } else {
        cell.get().print(name, decode(bytes, offset, length));
      }
    }

    @Override
    public void flush() {
      if (RunningCells.current().isEmpty()) {
        former.flush();
      }
    }

    private synchronized String decode(byte[] bytes, int offset, int length) {
      var all = Arrays.copyOf(rest, rest.length + length);
      System.arraycopy(bytes, offset, all, rest.length, length);
      int whole = all.length - unfinished(all);
      rest = Arrays.copyOfRange(all, whole, all.length);
      return new String(all, 0, whole, StandardCharsets.UTF_8);
    }

    /** How many bytes at the end belong to a UTF-8 character that is not all there. */
    private static int unfinished(byte[] bytes) {
      for (int back = 1; back <= Math.min(3, bytes.length); back++) {
        int b = bytes[bytes.length - back] & 0xff;
        if (b < 0x80) {
          return 0;
        }
        if (b >= 0xc0) {
          int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
          return length > back ? back : 0;
        }
      }
      return 0;
    }
  }

  /** A line for each time that all was read: what the front end answers, with a line end. */
  private static final class Input extends InputStream {
    private final InputStream former;
    private byte[] line = new byte[0];
    private int next;

    Input(InputStream former) {
      this.former = former;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      if (next == line.length) {
        var cell = RunningCells.current();
        if (cell.isEmpty()) {
          return former.read(bytes, offset, length);
        }
        line = (cell.get().input("", false) + "\n").getBytes(StandardCharsets.UTF_8);
        next = 0;
      }
      int count = Math.min(length, line.length - next);
      System.arraycopy(line, next, bytes, offset, count);
      next += count;
      return count;
    }

    @Override
    public synchronized int available() {
      return line.length - next;
    }
  }
}
