package unroll.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import unroll.backend.Backends;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.Cells;

/** What a notebook has at its first cell. */
class UnrollLibraryTest {
  private static Cells cells;
  private static String backendBefore;

  @BeforeAll
  static void open() {
    backendBefore = Backends.current().name();
    cells = new Cells(UnrollLibrary.settings());
  }

  @AfterAll
  static void close() {
    cells.close();
    Backends.use(backendBefore);
  }

  @Test
  void imports_everyPackageOfTheLibraryAndItsCompany() {
    var cell =
        """
        Class<?>[] known = {List.class, IntStream.class, LocalDate.class, Table.class, XYChart.class,
          Backends.class, Tensor.class, Parameter.class, Linear.class, Lstm.class, Adam.class,
          Windows.class, LineChart.class, Fit.class, SequenceToSequence.class};
        known.length""";
    assertThat(cells.text(cell)).isEqualTo("15");
  }

  @Test
  void table_headAndTailWithItsShape() {
    var seen =
        cells.run(
            "var t = Table.create(\"t <1>\", DoubleColumn.create(\"x\", 0.5, 1.25),",
            "    StringColumn.create(\"name\", \"<a>\", \"b\"));",
            "t");
    assertThat(seen.text()).isEqualTo("t <1>: 2 rows × 2 columns\n   x  name\n0.50  <a>\n1.25  b");
    assertThat(seen.result.get(MimeBundle.HTML).orElseThrow())
        .contains("t &lt;1&gt;: 2 rows × 2 columns</caption>")
        .contains("&lt;a&gt;")
        .doesNotContain("<a>");
  }

  @Test
  void longTable_middleLeftOut() {
    var text =
        cells.text("Table.create(IntColumn.create(\"n\", IntStream.range(0, 1000).toArray()))");
    assertThat(text.lines()).hasSize(2 + 5 + 1 + 5).contains("  4", "  …", "995", "999");
    assertThat(text).contains("1000 rows × 1 columns").doesNotContain("500");
  }

  @Test
  void xchart_svgWithTitleAndLabelAndPngAndText() {
    var seen =
        cells.run(
            "var chart = new XYChartBuilder().width(300).height(200).title(\"Wave\").build();",
            "chart.addSeries(\"sine\", new double[] {0, 1, 2}, new double[] {0, 1, 0});",
            "chart");
    assertThat(seen.result.data())
        .containsOnlyKeys(MimeBundle.SVG, MimeBundle.PNG, MimeBundle.TEXT);
    assertThat(seen.result.get(MimeBundle.SVG).orElseThrow())
        .contains("aria-label=\"Wave")
        .contains("<title>Wave")
        .doesNotContain("<script");
    assertThat(seen.result.get(MimeBundle.PNG).orElseThrow()).startsWith("iVBORw0KGgo");
    assertThat(seen.result.metadata().get(MimeBundle.PNG).get("alt").toString()).startsWith("Wave");
  }

  @Test
  void model_drawnWithItsSummaryAsText() {
    var seen = cells.run("SequenceToSequence.of(Lstm.of(1, 4), Linear.of(4, 1))");
    assertThat(seen.text()).contains("Lstm 1 → 4");
    assertThat(seen.result.get(MimeBundle.SVG)).isPresent();
  }

  @Test
  void training_oneDisplayThatEndsWithHowItWent() {
    var seen =
        cells.run(
            "var dates = IntStream.range(0, 60).mapToObj(LocalDate.of(2000, 1, 1)::plusMonths)",
            "    .toArray(LocalDate[]::new);",
            "var levels = IntStream.range(0, 60).mapToDouble(i -> 10 + Math.sin(i)).toArray();",
            "var prices = Table.create(DateColumn.create(\"date\", dates),",
            "    DoubleColumn.create(\"close\", levels));",
            "var data = Windows.of(prices, \"date\", \"close\").logReturns().length(4)",
            "    .split(\"2003-01\", \"2004-01\");",
            "var model = SequenceToSequence.of(Lstm.of(1, 3), Linear.of(3, 1));",
            "var run = model.fit(data, Fit.epochs(2));");
    assertThat(seen.traceback()).isEmpty();
    assertThat(seen.displays).hasSize(1);
    var last =
        seen.updates.isEmpty() ? seen.displays.get(0) : seen.updates.get(seen.updates.size() - 1);
    assertThat(last.data()).containsOnlyKeys(MimeBundle.SVG, MimeBundle.PNG, MimeBundle.TEXT);
    assertThat(last.get(MimeBundle.TEXT).orElseThrow()).contains("finished after 2 epochs");
    assertThat(last.get(MimeBundle.SVG).orElseThrow()).contains("finished after 2 epochs");
    assertThat(cells.run("%models").inOrder())
        .containsPattern("(?m)^model +\\d")
        .contains("finished after 2 epochs");
  }

  @Test
  void backend_chosenAndListed() {
    assertThat(cells.run("%backend ejml").inOrder()).containsPattern("→ +ejml +✓");
    assertThat(cells.text("Backends.current().name()")).isEqualTo("ejml");
    assertThat(cells.run("%backend   // a comment").inOrder()).contains("cpu").contains("float32");
    var wrong = cells.run("%backend ejlm");
    assertThat(wrong.error.name()).isEqualTo(CellError.MAGIC_ERROR);
    assertThat(wrong.error.value()).contains("mean ejml?").contains("usage: %backend [auto|");
    assertThat(cells.evaluator.complete("%backend e", 10).matches()).containsExactly("ejml");
  }

  @Test
  void seed_sameNumbersAgain() {
    cells.run("%seed 42", "double first = Generator.session().nextDouble();");
    assertThat(cells.text("%seed 42", "Generator.session().nextDouble() == first"))
        .isEqualTo("true");
    assertThat(cells.run("%seed many").error.value())
        .isEqualTo("%seed: expected a whole number, got 'many'\nusage: %seed N");
    assertThat(cells.run("%seed").error.value()).contains("usage: %seed N");
  }

  @Test
  void showAll_everyRowAndNumber() {
    var table =
        cells.run(
            "showAll(Table.create(IntColumn.create(\"n\", IntStream.range(0, 1000).toArray())));",
            "showAll(IntStream.range(0, 500).boxed().toList());",
            "showAll(Tensor.of(new double[1000], 10, 100));");
    assertThat(table.displays.get(0).get(MimeBundle.TEXT).orElseThrow().lines())
        .hasSizeGreaterThan(1000);
    assertThat(table.displays.get(1).get(MimeBundle.TEXT).orElseThrow())
        .contains("250")
        .endsWith("499]");
    assertThat(table.displays.get(2).get(MimeBundle.TEXT).orElseThrow().lines()).hasSize(11);
  }
}
