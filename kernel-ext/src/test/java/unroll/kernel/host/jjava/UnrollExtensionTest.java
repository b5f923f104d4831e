package unroll.kernel.host.jjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import unroll.kernel.magic.MagicException;
import unroll.train.Monitor;

/** The extension in another kernel, on JJava's base library. */
class UnrollExtensionTest {

  /** A kernel that only notes what it is to evaluate. */
  private static final class OtherKernel extends BaseKernel {
    private final List<String> evaluated = new ArrayList<>();

    OtherKernel() {
      super(
          "other",
          "1",
          new LanguageInfo("java", "17", "text/x-java", ".java", "java", "java", "script"),
          List.of(),
          null,
          new JupyterIO(StandardCharsets.UTF_8),
          new CommManager(),
          new Renderer(),
          new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
          new MagicsRegistry(),
          true,
          new StringStyler("", "", "", line -> ""));
    }

    @Override
    public Object evalRaw(String source) {
      evaluated.add(source);
      return null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean details) {
      return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
      return null;
    }

    @Override
    public String isComplete(String code) {
      return IS_COMPLETE_MAYBE;
    }

    Object lineMagic(String name, String... arguments) throws Exception {
      return getMagicsRegistry().evalLineMagic(this, name, List.of(arguments));
    }
  }

  private static Extension found() {
    return ServiceLoader.load(Extension.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(UnrollExtension.class::isInstance)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void installed_importsRenderersAndMagics() throws Exception {
    var kernel = new OtherKernel();
    found().install(kernel);
    assertThat(kernel.evaluated)
        .contains("import unroll.tensor.*;", "import tech.tablesaw.api.*;")
        .contains("import static unroll.kernel.magic.Commands.*;")
        .noneMatch(line -> line.contains("Notebook"));
    var table = kernel.getRenderer().render(Table.create("t", IntColumn.create("n", 1, 2)));
    assertThat((String) table.getData(MIMEType.TEXT_HTML)).contains("2 rows × 1 columns");
    assertThat(kernel.getMagicsRegistry().getLineMagicNames())
        .contains("help", "backend", "seed", "models");
    var help = (DisplayData) kernel.lineMagic("help", "seed", "//", "comment");
    assertThat((String) help.getData(MIMEType.TEXT_PLAIN)).startsWith("%seed N");
    assertThatThrownBy(() -> kernel.lineMagic("seed", "x")).hasMessageContaining("usage: %seed N");
  }

  private static Table table() {
    return Table.create("t", IntColumn.create("n", 1, 2));
  }

  @Test
  void uninstalled_magicsSaySoAndRenderersStepAside() throws Exception {
    var kernel = new OtherKernel();
    var extension = found();
    extension.install(kernel);
    extension.uninstall(kernel);
    assertThatThrownBy(() -> kernel.lineMagic("backend"))
        .isInstanceOf(MagicException.class)
        .hasMessageContaining("not loaded");
    var table = kernel.getRenderer().render(table());
    assertThat(table.getData(MIMEType.TEXT_HTML)).isNull();
    assertThat((String) table.getData(MIMEType.TEXT_PLAIN)).isEqualTo(table().toString());
    assertThat(Monitor.session()).isSameAs(Monitor.NONE);
    extension.install(kernel);
    assertThat(kernel.lineMagic("backend")).isInstanceOf(DisplayData.class);
    assertThat(kernel.getRenderer().render(table()).getData(MIMEType.TEXT_HTML)).isNotNull();
    extension.uninstall(kernel);
  }

  @Test
  void anotherRendererOfTheSameType_showsAgainAfterwards() {
    var kernel = new OtherKernel();
    kernel
        .getRenderer()
        .createRegistration(Table.class)
        .preferring(MIMEType.TEXT_HTML)
        .register(
            (t, context) ->
                context.renderIfRequested(MIMEType.TEXT_HTML, () -> "the other's " + t.name()));
    var extension = found();
    extension.install(kernel);
    var ours = kernel.getRenderer().render(table());
    assertThat((String) ours.getData(MIMEType.TEXT_HTML)).contains("2 rows × 1 columns");
    extension.uninstall(kernel);
    var theirs = kernel.getRenderer().render(table());
    assertThat(theirs.getData(MIMEType.TEXT_HTML)).isEqualTo("the other's t");
  }

  @Test
  void aMagicOfTheKernels_staysTheKernels() throws Exception {
    var kernel = new OtherKernel();
    kernel
        .getMagicsRegistry()
        .registerLineMagic("seed", (OtherKernel k, List<String> words) -> "theirs " + words);
    var extension = found();
    extension.install(kernel);
    assertThat(kernel.lineMagic("seed", "7")).isEqualTo("theirs [7]");
    extension.uninstall(kernel);
  }

  @Test
  void oneTypeAskedFor_thatAlone() {
    var kernel = new OtherKernel();
    var extension = found();
    extension.install(kernel);
    var chart = new XYChartBuilder().title("Wave").build();
    chart.addSeries("s", new double[] {0, 1}, new double[] {1, 0});
    var png = kernel.getRenderer().renderAs(chart, "image/png");
    assertThat(png.getData(MIMEType.IMAGE_PNG)).isNotNull();
    assertThat(png.getData(MIMEType.IMAGE_SVG)).isNull();
    var all = kernel.getRenderer().render(chart);
    assertThat((String) all.getData(MIMEType.IMAGE_SVG)).contains("aria-label=\"Wave");
    extension.uninstall(kernel);
  }
}
