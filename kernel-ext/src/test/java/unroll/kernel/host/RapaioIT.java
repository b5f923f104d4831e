package unroll.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.rapaio.jupyter.kernel.MainApp;
import unroll.kernel.display.MimeBundle;

/** The real kernel of Rapaio, and the one jar added to it by its own magic. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RapaioIT {
  private static final String JAR = System.getProperty("unroll.all");
  private static final String CHART =
      "LineChart.of(\"Wave\", \"t\", \"y\").line(\"sine\", new double[] {0, 1, 0, -1})";

  @TempDir static Path folder;
  private static KernelProcess kernel;

  @BeforeAll
  static void start() throws Exception {
    var source = MainApp.class.getProtectionDomain().getCodeSource().getLocation();
    kernel = new KernelProcess(folder, List.of("-jar", Path.of(source.toURI()).toString()));
    assertThat(kernel.run("%jar " + JAR).reply().get("status").getAsString()).isEqualTo("ok");
    var installed = kernel.run("unroll.kernel.host.Unroll.install();");
    assertThat(installed.of("error")).isEmpty();
  }

  @AfterAll
  static void stop() throws Exception {
    kernel.close();
  }

  @Test
  @Order(1)
  void chart_svg() {
    var shown = kernel.value(CHART);
    assertThat(shown.get(MimeBundle.SVG).getAsString()).contains("<svg").contains("Wave");
    assertThat(shown.get(MimeBundle.PNG).getAsString()).startsWith("iVBORw0KGgo");
    var exchange = kernel.run("display(" + CHART + ");");
    var displayed = exchange.of("display_data");
    assertThat(displayed).as(exchange.toString()).hasSize(1);
    assertThat(displayed.get(0).getAsJsonObject("data").has(MimeBundle.SVG)).isTrue();
    var asked = kernel.run("display(\"html\", " + "Table.create(\"t\"));").of("display_data");
    assertThat(asked.get(0).getAsJsonObject("data").keySet()).containsOnly(MimeBundle.HTML);
  }

  @Test
  @Order(2)
  void table_html() {
    var shown = kernel.value("Table.create(\"t\", IntColumn.create(\"n\", 1, 2))");
    assertThat(shown.get(MimeBundle.HTML).getAsString()).contains("<table").contains("2 rows");
  }

  @Test
  @Order(3)
  void training_liveChartAndModelKept() {
    var seen =
        kernel.run(
            "var levels = IntStream.range(0, 60).mapToDouble(i -> 10 + Math.sin(i)).toArray();",
            "var dates = IntStream.range(0, 60).mapToObj(LocalDate.of(2000, 1, 1)::plusMonths)",
            "    .toArray(LocalDate[]::new);",
            "var prices = Table.create(DateColumn.create(\"date\", dates),",
            "    DoubleColumn.create(\"close\", levels));",
            "var data = Windows.of(prices, \"date\", \"close\").logReturns().length(4)",
            "    .split(\"2003-01\", \"2004-01\");",
            "var model = SequenceToSequence.of(Lstm.of(1, 3), Linear.of(3, 1));",
            "var run = model.fit(data, Fit.epochs(2));");
    assertThat(seen.of("error")).isEmpty();
    assertThat(seen.of("display_data").toString()).contains("finished after 2 epochs");
    var printed = seen.of("stream").toString();
    assertThat(printed).contains("argv").contains("--add-modules=jdk.incubator.vector");
    assertThat(kernel.run("model.fit(data, Fit.epochs(1));").of("stream").toString())
        .as("the advice is given once")
        .doesNotContain("incubator");
    assertThat(kernel.value("Models.list().size()").toString()).contains("1");
  }

  @Test
  @Order(4)
  void magicsAsFunctions() {
    assertThat(kernel.run("seed(42);").of("error")).isEmpty();
    assertThat(kernel.value("models()").get(MimeBundle.TEXT).getAsString())
        .contains("SequenceToSequence-1");
    assertThat(kernel.value("backend()").get(MimeBundle.HTML).getAsString()).contains("<table");
  }

  @Test
  @Order(9)
  void removed_rendersAsTheKernelDoes() {
    kernel.run("unroll.kernel.host.Unroll.uninstall();");
    var shown = kernel.value("Table.create(\"t\", IntColumn.create(\"n\", 1, 2))");
    assertThat(shown.toString()).doesNotContain("<table").contains(" n ");
    kernel.run("unroll.kernel.host.Unroll.install();");
    assertThat(kernel.value(CHART).has(MimeBundle.SVG)).isTrue();
  }
}
