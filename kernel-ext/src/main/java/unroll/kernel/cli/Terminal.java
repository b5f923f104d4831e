package unroll.kernel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * What the process writes to. The launch script knows whether that is a terminal and says so in the
 * property {@code unroll.terminal}.
 *
 * @param columns the terminal's width; 0 where the output goes into a file or a pipe
 * @param charset what it shows
 */
record Terminal(int columns, Charset charset) {

  private static final String COLUMNS = "unroll.terminal";
  private static final String CHARSET = "unroll.charset";

  static Terminal here() {
    return new Terminal(Integer.getInteger(COLUMNS, 0), hereCharset());
  }

  /** The locale "C" says ASCII, but means that nobody has set a locale: UTF-8 then. */
  private static Charset hereCharset() {
    String[] keys = {CHARSET, "stdout.encoding", "sun.stdout.encoding", "native.encoding"};
    for (String key : keys) {
      String name = System.getProperty(key, "");
      try {
        if (!name.isEmpty()) {
          Charset charset = Charset.forName(name);
          return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        }
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        // then the next key
      }
    }
    return StandardCharsets.UTF_8;
  }

  /** The options that tell a JVM to write as this one does. */
  String[] options() {
    return new String[] {"-D" + COLUMNS + "=" + columns, "-D" + CHARSET + "=" + charset.name()};
  }

  /** A sign where it can be shown, else a plain one. */
  String sign(String sign, String plain) {
    return charset.newEncoder().canEncode(sign) ? sign : plain;
  }

  /** Standard output, whatever {@code System.out} may become. */
  PrintWriter out() {
    return writer(FileDescriptor.out);
  }

  /** Standard error, whatever {@code System.err} may become. */
  PrintWriter err() {
    return writer(FileDescriptor.err);
  }

  private PrintWriter writer(FileDescriptor where) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(where), charset), true);
  }
}
