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
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import unroll.kernel.display.MimeBundle;

/**
 * The real JJava and the one jar added to it. JJava's jar comes from its package on PyPI, so this
 * runs where {@code UNROLL_JJAVA} names it; {@code .ci/run} does that.
 */
@EnabledIfEnvironmentVariable(named = "UNROLL_JJAVA", matches = ".+")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JJavaIT {
  private static final String TABLE = "Table.create(\"t\", IntColumn.create(\"n\", 1, 2))";

  @TempDir static Path folder;
  private static KernelProcess kernel;

  @BeforeAll
  static void start() throws Exception {
    var jar = System.getenv("UNROLL_JJAVA");
    kernel =
        new KernelProcess(
            folder, List.of("--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED", "-jar", jar));
    var added = kernel.run("%classpath " + System.getProperty("unroll.all"));
    assertThat(added.of("error")).isEmpty();
  }

  @AfterAll
  static void stop() throws Exception {
    kernel.close();
  }

  @Test
  @Order(1)
  void addedJar_importsRenderersAndMagicsAreThere() {
    assertThat(kernel.value(TABLE).get(MimeBundle.HTML).getAsString()).contains("2 rows");
    var chart = "LineChart.of(\"Wave\", \"t\", \"y\").line(\"s\", new double[] {0, 1})";
    assertThat(kernel.value(chart).get(MimeBundle.SVG).getAsString()).contains("Wave");
    assertThat(kernel.value("%help seed").get(MimeBundle.TEXT).getAsString()).startsWith("%seed N");
    assertThat(kernel.run("%seed 42", "int x = 3;").of("error")).isEmpty();
    assertThat(kernel.value("%who").get(MimeBundle.TEXT).getAsString()).containsPattern("x +int");
    assertThat(kernel.run("%backend ejlm").of("error").toString()).contains("mean ejml?");
  }

  @Test
  @Order(2)
  void removed_magicsSaySoAndTheKernelRenders() {
    assertThat(kernel.run("unroll.kernel.host.Unroll.uninstall();").of("error")).isEmpty();
    assertThat(kernel.run("%backend").of("error").toString()).contains("%backend is not loaded");
    assertThat(kernel.value(TABLE).keySet()).containsOnly(MimeBundle.TEXT);
    kernel.run("unroll.kernel.host.Unroll.install();");
    assertThat(kernel.value(TABLE).has(MimeBundle.HTML)).isTrue();
  }
}
