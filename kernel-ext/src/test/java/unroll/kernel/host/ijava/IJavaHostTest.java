package unroll.kernel.host.ijava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import unroll.kernel.magic.MagicException;

/** Unroll in a kernel on IJava's base library. */
class IJavaHostTest {
  private static IJava.Kernel kernel;

  @BeforeAll
  static void start() {
    assertThat(IJavaHost.guest()).as("before the kernel runs").isNull();
    IJava.start();
    kernel = IJava.getKernelInstance();
    kernel
        .getRenderer()
        .createRegistration(Table.class)
        .preferring(MIMEType.TEXT_HTML)
        .register(
            (t, context) -> context.renderIfRequested(MIMEType.TEXT_HTML, () -> "the other's"));
  }

  @AfterEach
  void remove() {
    IJavaHost.guest().unload();
  }

  private static void install() {
    IJavaHost.guest().load();
    IJavaHost.guest().importLibrary();
  }

  private static Table table() {
    return Table.create("t", IntColumn.create("n", 1, 2));
  }

  private static DisplayData lineMagic(String name, String... words) throws Exception {
    return kernel.getMagics().applyLineMagic(name, List.of(words));
  }

  @Test
  void installed_importsRenderersAndMagics() throws Exception {
    install();
    assertThat(kernel.evaluated)
        .contains("import unroll.tensor.*;", "import tech.tablesaw.api.*;")
        .contains("import static unroll.kernel.magic.Commands.*;")
        .noneMatch(line -> line.contains("Notebook"));
    var shown = kernel.getRenderer().render(table());
    assertThat((String) shown.getData(MIMEType.TEXT_HTML)).contains("2 rows × 1 columns");
    var help = lineMagic("help", "seed");
    assertThat((String) help.getData(MIMEType.TEXT_PLAIN)).startsWith("%seed N");
    assertThatThrownBy(() -> lineMagic("seed", "x")).hasMessageContaining("usage: %seed N");
  }

  @Test
  void chart_svgPngAndTextButOnlyWhatWasAskedFor() {
    install();
    var chart = new XYChartBuilder().title("Wave").build();
    chart.addSeries("s", new double[] {0, 1}, new double[] {1, 0});
    var all = kernel.getRenderer().render(chart);
    assertThat((String) all.getData(MIMEType.IMAGE_SVG)).contains("aria-label=\"Wave");
    assertThat(all.hasDataForType(MIMEType.IMAGE_PNG)).isTrue();
    var png = kernel.getRenderer().renderAs(chart, "image/png");
    assertThat(png.hasDataForType(MIMEType.IMAGE_PNG)).isTrue();
    assertThat(png.hasDataForType(MIMEType.IMAGE_SVG)).isFalse();
  }

  @Test
  void removed_magicsSaySoAndAnotherRendererShowsAgain() throws Exception {
    install();
    IJavaHost.guest().unload();
    var shown = kernel.getRenderer().render(table());
    assertThat(shown.getData(MIMEType.TEXT_HTML)).isEqualTo("the other's");
    assertThatThrownBy(() -> lineMagic("backend"))
        .isInstanceOf(MagicException.class)
        .hasMessageContaining("not loaded")
        .hasMessageContaining("Unroll.install()");
    install();
    assertThat(lineMagic("backend")).isNotNull();
  }
}
