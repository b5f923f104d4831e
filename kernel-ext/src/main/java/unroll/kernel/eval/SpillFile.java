package unroll.kernel.eval;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** All that a cell printed, in a temporary file of limited size that goes when the JVM ends. */
public final class SpillFile {
  private static final long LIMIT = 64L << 20;
  private static volatile Path latest;

  private final Path path;
  private BufferedWriter writer;
  private long written;
  private boolean whole;

  private SpillFile(Path path, BufferedWriter writer) {
    this.path = path;
    this.writer = writer;
    this.whole = writer != null;
  }

  /** A new file; where none can be made, what is written to it is lost, and it says so. */
  static SpillFile create() {
    try {
      var previous = latest;
      if (previous != null) {
        Files.deleteIfExists(previous);
      }
      var path = Files.createTempFile("unroll-printed-", ".txt");
      path.toFile().deleteOnExit();
      latest = path;
      return new SpillFile(path, Files.newBufferedWriter(path, StandardCharsets.UTF_8));
    } catch (IOException noRoom) {
      return new SpillFile(null, null);
    }
  }

  /** The file of the last cell that printed more than is shown; empty where there was none. */
  public static Optional<Path> latest() {
    return Optional.ofNullable(latest).filter(Files::exists);
  }

  void write(CharSequence text) {
    if (writer == null) {
      return;
    }
    if (written + text.length() > LIMIT) {
      whole = false;
      close();
      return;
    }
    try {
      writer.append(text);
      written += text.length();
    } catch (IOException noRoom) {
      whole = false;
      close();
    }
  }

  /** Where the text is, for the user. */
  String describe() {
    if (path == null) {
      return "they could not be kept";
    }
    return (whole ? "printed() is a file with all of it" : "printed() is a file with the beginning")
        + ", until the next such cell";
  }

  void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException noRoom) {
        whole = false;
      }
      writer = null;
    }
  }
}
