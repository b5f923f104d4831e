package unroll.kernel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import unroll.train.Monitor;

/** Runs one JShell script in this JVM; {@link JshellCommand} starts it. */
final class RunScript {

  private RunScript() {}

  /**
   * @param args the script; none for what is piped in
   */
  public static void main(String[] args) throws IOException {
    Terminal terminal = Terminal.here();
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, terminal.charset()));
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, terminal.charset()));
    Monitor.use(new TrainingLine(terminal, () -> System.err));
    int code;
    if (args.length == 0) {
      String text = standardInput(terminal.charset());
      System.setIn(InputStream.nullInputStream());
      code = run(terminal, true, "standard input", text);
    } else {
      code = run(terminal, false, args[0], Files.readString(Path.of(args[0])));
    }
    System.out.flush();
    System.err.flush();
    System.exit(code);
  }

  private static int run(Terminal terminal, boolean echo, String name, String text) {
    try (ScriptRunner runner = new ScriptRunner(terminal.out(), terminal.err(), echo)) {
      return runner.run(name, text);
    }
  }

  private static String standardInput(Charset charset) throws IOException {
    StringWriter text = new StringWriter();
    new InputStreamReader(System.in, charset).transferTo(text);
    return text.toString();
  }
}
