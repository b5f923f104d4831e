package unroll.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unroll.backend.Backends;
import unroll.kernel.UnrollLibrary;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.Cells;
import unroll.kernel.eval.Recorded;
import unroll.train.Models;
import unroll.train.Monitor;

/** The magics at work in cells. */
class LibraryMagicsTest {
  private static Cells cells;
  private static String backendBefore;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    backendBefore = Backends.current().name();
    cells = new Cells(UnrollLibrary.settings());
    fine("%backend cpu", "%seed 1");
    fine("var model = SequenceToSequence.of(Lstm.of(1, 3), Linear.of(3, 1));");
    fine("%data sp500-monthly prices");
    fine("var data = Windows.of(prices, \"date\", \"close\").logReturns().length(4)");
    fine(
        "var data = Windows.of(prices, \"date\", \"close\").logReturns().length(4)"
            + ".split(\"2008-01\", \"2010-01\");");
  }

  @AfterAll
  static void close() {
    cells.close();
    Backends.use(backendBefore);
  }

  private static Recorded fine(String... lines) {
    var seen = cells.run(lines);
    assertThat(seen.traceback()).isEmpty();
    return seen;
  }

  /** Interrupts a cell as soon as its training runs. */
  private static void interrupted(String line) {
    var outputs = new Recorded();
    var cell = new Thread(() -> cells.evaluator.execute(line, outputs));
    var before = Models.list().size();
    Monitor.use(
        run -> {
          if (run.steps() > 2) {
            cells.evaluator.interrupt();
          }
        });
    cell.start();
    try {
      cell.join(20_000);
      assertThat(cell.isAlive()).isFalse();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      Monitor.use(Monitor.NONE);
    }
    assertThat(Models.list()).hasSizeGreaterThanOrEqualTo(before);
  }

  private static String refused(String... lines) {
    var seen = cells.run(lines);
    assertThat(seen.error).as("error of " + lines[0]).isNotNull();
    assertThat(seen.error.name()).isEqualTo(CellError.MAGIC_ERROR);
    return seen.error.value();
  }

  private static String shown(Recorded seen) {
    return seen.displays.get(seen.displays.size() - 1).get(MimeBundle.TEXT).orElseThrow();
  }

  @Test
  void who_typesShapesAndSizes() {
    fine(
        "var weights = Tensors.zeros(3, 4);",
        "var grid = new double[5][7];",
        "int answer = 42;",
        "var layer = Linear.of(3, 1);",
        "List<Integer> some = List.of(1, 2);");
    var text = shown(fine("%who"));
    assertThat(text)
        .containsPattern("(?m)^weights +Tensor +\\[3, 4\\] +48 B$")
        .containsPattern("(?m)^grid +double\\[\\]\\[\\] +5 × 7 +")
        .containsPattern("(?m)^answer +int +")
        .containsPattern("(?m)^layer +Linear +4 parameters +16 B$")
        .containsPattern("(?m)^prices +Table +370 × 2 +")
        .containsPattern("(?m)^data +Split +\\d+ \\+ 24 \\+ 76$")
        .containsPattern("(?m)^some +\\S+ +2 +");
    assertThat(shown(fine("%who tensor"))).contains("weights").doesNotContain("prices");
    assertThat(refused("%who a b")).contains("usage: %who [TEXT]");
  }

  @Test
  void data_listedReadAndNearest() {
    assertThat(shown(fine("%data")))
        .containsPattern("sp500-monthly +a table .*Tables.csv\\(\"../data/sp500-monthly.csv\"\\)")
        .contains("sentences with labels", "scenes");
    assertThat(cells.text("prices.rowCount()")).isEqualTo("370");
    var seen = fine("%data sp500-monthly");
    assertThat(seen.inOrder())
        .contains("var sp500Monthly = Tables.csv(\"../data/sp500-monthly.csv\");");
    assertThat(cells.text("sp500Monthly.columnCount()")).isEqualTo("2");
    assertThat(refused("%data sp500")).contains("there is no dataset sp500");
    assertThat(refused("%data sp500-montly")).contains("mean sp500-monthly?");
    assertThat(refused("%data sp500-monthly 5x")).contains("cannot be the name of a variable");
    assertThat(complete("%data sent")).containsExactly("sentiment-en");
  }

  @Test
  void train_lineAndCellForm() {
    fine("%train model data epochs=1 learningRate=1e-2 clip=1");
    assertThat(cells.text("run.history().size() + \" \" + run.fit().clip()")).isEqualTo("1 1.0");
    fine(
        "%%train model data run=second",
        "epochs = 2;  // few", "", "schedule = Schedule.constant()");
    assertThat(cells.text("second.history().size() + \" \" + (second.model() == model)"))
        .isEqualTo("2 true");
    interrupted("%train model data epochs=100000 run=stopped");
    assertThat(cells.text("stopped.status()")).isEqualTo("INTERRUPTED");
    assertThat(refused("%train model data epoch=1")).contains("mean epochs?");
    assertThat(refused("%train modell data")).contains("no variable modell; did you mean model?");
    assertThat(refused("%train prices data")).contains("expected a model, prices is a Table");
    assertThat(refused("%train model prices epochs=1")).contains("SequenceToSequence takes fit(");
    assertThat(refused("%train model")).contains("usage: %train MODEL DATA [SETTING=VALUE]…\n");
    assertThat(complete("%train mo")).containsExactly("model");
    assertThat(complete("%train model data pat")).containsExactly("patience=");
    assertThat(complete("%%trai")).containsExactly("%%train");
    assertThat(complete("%%train mo")).containsExactly("model");
    assertThat(complete("%%time\nmodel.forec")).contains("forecast(");
  }

  @Test
  void trace_drawnAndByLetter() {
    assertThat(fine("%trace model data.test()").displays.get(0).get(MimeBundle.SVG)).isPresent();
    assertThat(shown(fine("%trace model Tensors.zeros(5, 1, 1) f"))).isNotEmpty();
    assertThat(refused("%trace model prices")).contains("takes trace(", "got Table");
    assertThat(refused("%trace prices data")).contains("a Table has no trace");
    assertThat(refused("%trace model")).contains("usage: %trace MODEL INPUT");
    assertThat(cells.run("%trace model data.test() q").error.value()).contains("q");
  }

  @Test
  void plot_whatCanBeDrawn() {
    assertThat(fine("%plot prices close").displays.get(0).get(MimeBundle.SVG).orElseThrow())
        .contains("close");
    for (var value :
        new String[] {
          "new double[] {1, 2, 3}",
          "List.of(1, 4, 9)",
          "prices.doubleColumn(\"close\")",
          "Tensors.ones(2, 3)",
          "model",
          "List.of(List.of(1, 2), List.of(3, 4))"
        }) {
      assertThat(fine("%plot " + value).displays).as(value).hasSize(1);
    }
    assertThat(refused("%plot prices cloze")).contains("no column cloze; did you mean close?");
    assertThat(refused("%plot \"text\"")).contains("nothing to draw in a String");
    assertThat(complete("%plot prices c")).containsExactly("close");
  }

  @Test
  void time_lineAndCellFormWithValueAndErrors() {
    var seen = fine("%time 20 + 22");
    assertThat(seen.log.get(0)).isEqualTo("display: 42");
    assertThat(shown(seen)).matches("time: [0-9.]+ (ns|µs|ms|s)");
    seen = fine("%%time", "int q = 3;", "Thread.sleep(60);", "System.out.println(q);");
    assertThat(seen.out()).isEqualTo("3\n");
    assertThat(shown(seen)).matches("time: (6|7|8|9)[0-9.]+ ms|time: [1-9]\\d\\d ms");
    assertThat(fine("%%time", "%seed 4", "5").log.get(0)).isEqualTo("display: 5");
    var failed = cells.run("%%time", "int ok = 1;", "int bad = ok / 0;");
    assertThat(failed.error.name()).isEqualTo("java.lang.ArithmeticException");
    assertThat(failed.traceback()).contains("line 3");
    assertThat(refused("%time")).contains("usage: %time CODE\n       %%time");
  }

  @Test
  void bench_expressionAndStatements() {
    assertThat(shown(fine("%bench seconds=0.05 Math.sqrt(2)"))).contains("median", "runs");
    var seen =
        fine("%%bench seconds=0.02", "int sum = 0;", "for (int i = 0; i < 9; i++) sum += i;");
    assertThat(shown(seen)).contains("median");
    assertThat(cells.run("%bench nothing.here").error.name()).isEqualTo(CellError.COMPILE_ERROR);
    assertThat(refused("%bench seconds=no 1")).contains("expected seconds=N");
    assertThat(shown(fine("%bench seconds=0.06")))
        .contains("Lstm", "Gru", "Rnn", "a training step");
  }

  @Test
  void gradcheck_layersAndCellsOfOnesOwn() {
    assertThat(shown(fine("%gradcheck Lstm.of(2, 3)"))).contains("passes");
    fine(
        "record MinimalGate(Linear gate, Linear update) implements RecurrentCell<Tensor> {",
        "  public Tensor step(Tensor x, Tensor h) {",
        "    var f = Tensors.sigmoid(gate.apply(Tensors.concat(x, h)));",
        "    var n = Tensors.tanh(update.apply(Tensors.concat(x, f.times(h))));",
        "    return f.times(n).plus(Tensors.one().minus(f).times(h));",
        "  }",
        "  public Tensor initialState(int batch) { return Tensors.zeros(batch, 2); }",
        "}");
    assertThat(shown(fine("%gradcheck new MinimalGate(Linear.of(5, 2), Linear.of(5, 2))")))
        .contains("passes");
    assertThat(cells.text("Backends.current().name()")).isEqualTo("cpu");
    fine(
        "class Wrong implements Layer {",
        "  Linear inner = Linear.of(2, 2);",
        "  public Tensor apply(Tensor x) { return inner.apply(x.detach()).plus(x.detach()); }",
        "  public Shape outputShape(Shape s) { return s; }",
        "}");
    assertThat(shown(fine("%gradcheck new Wrong()"))).contains("FAILS: the gradient of input");
    assertThat(refused("%gradcheck model.layers().get(0)")).contains("single precision, on cpu");
    assertThat(refused("%gradcheck 5")).contains("expected a layer or a recurrent cell");
  }

  @Test
  void saveAndLoad_weightsTablesAndDrawings() throws IOException {
    var file = folder.resolve("m.safetensors").toString().replace('\\', '/');
    fine("%save " + file + " model");
    fine("var twin = SequenceToSequence.of(Lstm.of(1, 3), Linear.of(3, 1));");
    assertThat(shown(fine("%load " + file + " twin"))).startsWith("76 numbers from");
    var same =
        "Arrays.equals(twin.predict(Tensors.ones(2, 1, 1)).toArray(),"
            + " model.predict(Tensors.ones(2, 1, 1)).toArray())";
    assertThat(cells.text(same)).isEqualTo("true");
    assertThat(refused("%load " + file))
        .contains("expected a model to load into", "0.weight_ih_l0");
    assertThat(refused("%load " + file + "x twin"))
        .contains("did you mean")
        .contains("there is no");
    var csv = folder.resolve("t.csv");
    fine("%save " + csv + " prices");
    assertThat(Files.readAllLines(csv)).hasSize(371);
    var svg = folder.resolve("t.svg");
    fine("%save " + svg + " model");
    assertThat(Files.readString(svg)).contains("<svg");
    fine("%save " + folder.resolve("m.onnx") + " model");
    assertThat(refused("%save " + folder + "/x.csv model"))
        .contains("a SequenceToSequence cannot be saved as x.csv", ".safetensors");
  }

  @Test
  void load_sourceRunsInTheSession() throws IOException {
    var source = folder.resolve("helper.java");
    Files.writeString(source, "package a.b;\nint twice(int n) { return 2 * n; }\ntwice(21)\n");
    assertThat(shown(fine("%load " + source))).isEqualTo("42");
    assertThat(cells.text("twice(4)")).isEqualTo("8");
    Files.writeString(source, "int broken = ;");
    var broken = cells.run("%load " + source);
    assertThat(broken.error.name()).isEqualTo(CellError.COMPILE_ERROR);
    assertThat(broken.traceback()).contains("helper.java, line 1");
    assertThat(refused("%load README.nothing")).contains("there is no file");
    assertThat(complete("%load " + folder + "/hel")).containsExactly(source.toString());
  }

  @Test
  void parity_filesOfTheTests() {
    var file = "../lib/core/src/test/resources/unroll/io";
    assertThat(refused("%parity")).contains("usage: %parity FILE…");
    assertThat(refused("%parity " + file + "/no.safetensors")).contains("there is no file");
  }

  @Test
  void commands_doTheSame() {
    assertThat(cells.text("backend(\"cpu\").toString()")).contains("→  cpu");
    assertThat(
            cells.text(
                "seed(3);",
                "double a = Generator.session().nextDouble();",
                "seed(3);",
                "Generator.session().nextDouble() == a"))
        .isEqualTo("true");
    assertThat(cells.text("((Table) data(\"sp500-monthly\")).rowCount()")).isEqualTo("370");
    assertThat(cells.text("gradcheck(() -> Gru.of(2, 2)).toString()")).contains("passes");
    assertThat(cells.run("time(() -> 5)").out()).startsWith("time: ");
    assertThat(cells.text("help(\"seed\").toString()")).startsWith("%seed N");
    assertThat(cells.text("train(model, data, Fit.epochs(1)).history().size()")).isEqualTo("1");
    assertThat(cells.text("trace(model, data.test()).getClass().getSimpleName()"))
        .isEqualTo("Trace");
  }

  private static java.util.List<String> complete(String line) {
    return cells.evaluator.complete(line, line.length()).matches();
  }
}
