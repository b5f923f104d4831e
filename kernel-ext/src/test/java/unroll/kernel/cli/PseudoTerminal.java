package unroll.kernel.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program in a pseudo-terminal of 80 columns, made by util-linux's {@code script}. */
final class PseudoTerminal implements AutoCloseable {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final Pattern ESCAPES =
      Pattern.compile("\u001b(\\[[0-9;?]*[a-zA-Z]|[=>]|\\][^\u0007]*\u0007)|\r|\u0007");
  private static final long TIMEOUT_NANOS = 30_000_000_000L;

  private final Process process;
  private final Writer keyboard;
  private final StringBuilder screen = new StringBuilder();
  private int seen;

  /** Is there a {@code script} of the kind that is needed? */
  static boolean isThere() {
    return Files.isExecutable(SCRIPT) && System.getProperty("os.name").equals("Linux");
  }

  PseudoTerminal(Path folder, List<String> command) throws IOException {
    var line = command.stream().map(PseudoTerminal::quoted).collect(Collectors.joining(" "));
    process =
        new ProcessBuilder(
                SCRIPT.toString(),
                "-qefc",
                "stty cols 80 rows 24; exec " + line,
                File.separator + "dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    keyboard = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    var reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
    var thread = new Thread(() -> copy(reader), "screen");
    thread.setDaemon(true);
    thread.start();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private void copy(Reader from) {
    var buffer = new char[4096];
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        synchronized (screen) {
          screen.append(buffer, 0, n);
          screen.notifyAll();
        }
      }
    } catch (IOException e) {
      // the program has ended
    }
  }

  /** Types a line. */
  void type(String line) throws IOException {
    press(line + "\r");
  }

  /** Presses keys as they are. */
  void press(String keys) throws IOException {
    keyboard.write(keys);
    keyboard.flush();
  }

  /** Waits until something has been shown after what was awaited before. */
  Matcher await(String regex) throws InterruptedException {
    var pattern = Pattern.compile(regex);
    long end = System.nanoTime() + TIMEOUT_NANOS;
    synchronized (screen) {
      while (true) {
        var text = text();
        var matcher = pattern.matcher(text);
        if (matcher.find(Math.min(seen, text.length()))) {
          seen = matcher.end();
          return matcher;
        }
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("not shown: " + regex + "\nbut:\n" + text);
        }
        screen.wait(Math.min(left, 500));
      }
    }
  }

  /** All that was shown, without colours and movements of the cursor. */
  String text() {
    synchronized (screen) {
      return ESCAPES.matcher(screen).replaceAll("");
    }
  }

  /** Waits for the end of the program. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      throw new AssertionError("still running:\n" + text());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
