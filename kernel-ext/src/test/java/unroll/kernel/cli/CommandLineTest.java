package unroll.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final String PACKAGE = "/unroll/kernel/notebook/";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int unroll(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
  }

  private Path notebook(String name, String... sources) throws Exception {
    StringBuilder cells = new StringBuilder();
    for (String source : sources) {
      cells.append(cells.isEmpty() ? "" : ",");
      cells.append("{\"cell_type\": \"code\", \"metadata\": {}, \"outputs\": [], \"source\": \"");
      cells.append(source.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      cells.append("\"}");
    }
    return Files.writeString(
        folder.resolve(name),
        "{\"nbformat\": 4, \"nbformat_minor\": 4, \"metadata\": {}, \"cells\": [" + cells + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "jshell",
        "doctor",
        "parity",
        "jupyter",
        "jupyter install",
        "jupyter uninstall"
      })
  void help_isThereForEachVerb(String verb) {
    assertThat(unroll((verb + " --help").split(" ", -1))).isZero();
    assertThat(out.toString()).startsWith("Usage: unroll " + verb);
    assertThat(err.toString()).isEmpty();
    assertThat(unroll("--help")).isZero();
    assertThat(out.toString()).contains("  " + verb.split(" ", -1)[0] + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "rnu, no verb rnu, run",
    "docter, no verb docter, doctor",
    "run --uot=x a.ipynb, no option --uot, --out",
    "jupyter instal, no verb instal, install",
    "jupyter install --sysprefix, no option --sysprefix, --sys-prefix"
  })
  void mistypedName_getsTheNearestAndTheUsage(String line, String wrong, String nearest) {
    assertThat(unroll(line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString())
        .contains("unroll: there is " + wrong, "did you mean " + nearest + "?", "Usage: unroll");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jupyter", "run", "run --out", "jupyter install --user --sys-prefix"})
  void incompleteLine_isWrongUsage(String line) {
    assertThat(unroll(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: unroll");
  }

  @Test
  void run_writesNotebookAndPageAndWorksInTheNotebooksFolder() throws Exception {
    Path read = folder.resolve("small.ipynb");
    Files.copy(CommandLineTest.class.getResourceAsStream(PACKAGE + "small.ipynb"), read);
    String before = Files.readString(read);
    Path results = folder.resolve("new/results");
    assertThat(unroll("run", read.toString(), "--out", results.toString())).as("%s", err).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("small  6/6 cells", results.resolve("small.html").toString());
    assertThat(Files.readString(read)).isEqualTo(before);
    String written = Files.readString(results.resolve("small.ipynb"));
    assertThat(written).contains("\"the sum is 30\\n\"", "epoch 100 of 100\\n", "<b>second</b>");
    assertThat(written).doesNotContain("first\\n", "epoch 99", "\"false\"");
    assertThat(Files.readString(results.resolve("small.html")))
        .contains("aria-label=\"A line that rises\"", "<b>second</b>", ">true<");
    try (var files = Files.list(results)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void failingNotebooks_areToldAndTheNextOnesRun() throws Exception {
    Path throwing = notebook("throws.ipynb", "int z = 0;", "\n1 / z");
    Path exiting = notebook("exits.ipynb", "System.out.println(5);\nSystem.exit(0);");
    Path good = notebook("good.ipynb", "6 * 7");
    Path missing = folder.resolve("missing.ipynb");
    String before = Files.readString(throwing);
    Path results = folder.resolve("out");
    assertThat(
            unroll(
                "run",
                throwing.toString(),
                missing.toString(),
                exiting.toString(),
                good.toString(),
                "--out",
                results.toString()))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains(throwing + ": cell [2], line 2: java.lang.ArithmeticException: / by zero")
        .contains(missing + ": there is no such file")
        .contains(exiting + ": cell [1]: Exit: ")
        .doesNotContain("Exception in thread", "WARNING", "before its time");
    assertThat(Files.readString(throwing)).isEqualTo(before);
    assertThat(Files.readString(results.resolve("throws.ipynb"))).contains("/ by zero");
    assertThat(Files.readString(results.resolve("exits.ipynb"))).contains("\"5\\n\"", "\"Exit\"");
    assertThat(Files.readString(results.resolve("good.ipynb"))).contains("\"42\"");
  }

  @Test
  void runIntoItsOwnFolder_replacesTheNotebookOnlyWhenAllWentWell() throws Exception {
    Path good = notebook("good.ipynb", "6 * 7");
    Path bad = notebook("bad.ipynb", "nope");
    String before = Files.readString(bad);
    assertThat(unroll("run", good.toString(), bad.toString(), "--out", folder.toString()))
        .isEqualTo(1);
    assertThat(Files.readString(good)).contains("\"42\"");
    assertThat(Files.readString(bad)).isEqualTo(before);
    assertThat(err.toString()).contains(bad + " stays as it was");
    assertThat(Files.readString(folder.resolve("bad.html"))).contains("class=\"error\"");
  }

  @Test
  void placesThatCannotBeWritten_areNamedBeforeAnythingRuns() throws Exception {
    Path good = notebook("good.ipynb", "1");
    assertThat(unroll("run", good.toString(), "--out", good.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("cannot write in " + good).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void notebooksOfOneName_areRefusedTogether() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other")).resolve("good.ipynb");
    assertThat(unroll("run", notebook("good.ipynb", "1").toString(), other.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("would be written to the same files");
  }

  @Test
  void jupyter_installsBelowAPrefixAndLeavesNothing() throws Exception {
    String prefix = folder.resolve("a prefix").toString();
    Path kernel = folder.resolve("a prefix/share/jupyter/kernels/unroll");
    assertThat(unroll("jupyter", "install", "--prefix", prefix)).as("%s", err).isZero();
    assertThat(out.toString()).contains("Java (Unroll)", kernel.toString());
    assertThat(kernel.resolve("kernel.json")).exists();
    assertThat(unroll("jupyter", "uninstall", "--prefix", prefix)).isZero();
    assertThat(kernel).doesNotExist();
    assertThat(unroll("jupyter", "uninstall", "--prefix", prefix)).isZero();
    assertThat(out.toString()).contains("nothing to remove");
  }

  @Test
  void doctor_looksAtEverything() {
    int code = unroll("doctor");
    assertThat(out.toString())
        .contains("JDK", "vector module", "Maven", "fonts", "backend cpu", "Jupyter", "kernel")
        .contains(System.getProperty("java.home"));
    assertThat(code).isEqualTo(out.toString().contains("has all it needs") ? 0 : 1);
  }
}
