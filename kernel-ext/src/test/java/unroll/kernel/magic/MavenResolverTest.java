package unroll.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unroll.kernel.UnrollLibrary;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.eval.Cells;

/** Libraries from a local folder, without a network. */
class MavenResolverTest {
  @TempDir private Path local;

  private List<Path> resolve(String... coordinates) throws Exception {
    return new MavenResolver(MavenSettings.of(local, true), new AbstractTransferListener() {})
        .resolve(List.of(coordinates));
  }

  /** Puts a library into the local folder: a jar with one text in it, and what it needs. */
  private void library(String name, String... needs) throws IOException {
    var folder = Files.createDirectories(local.resolve("org/example/" + name + "/1.0"));
    var pom = new StringBuilder("<project><modelVersion>4.0.0</modelVersion>");
    pom.append("<groupId>org.example</groupId><artifactId>").append(name);
    pom.append("</artifactId><version>1.0</version><dependencies>");
    for (var need : needs) {
      var scope = need.endsWith("-test") ? "<scope>test</scope>" : "";
      pom.append("<dependency><groupId>org.example</groupId><artifactId>").append(need);
      pom.append("</artifactId><version>1.0</version>").append(scope).append("</dependency>");
    }
    Files.writeString(
        folder.resolve(name + "-1.0.pom"), pom.append("</dependencies></project>").toString());
    try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve(name + "-1.0.jar")))) {
      jar.putNextEntry(new JarEntry(name + ".txt"));
      jar.write(("text of " + name).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @Test
  void transitiveJars_withoutThoseForTests() throws Exception {
    library("top", "middle", "only-test");
    library("middle", "bottom");
    library("bottom");
    assertThat(resolve("org.example:top:1.0"))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("top-1.0.jar", "middle-1.0.jar", "bottom-1.0.jar");
  }

  @Test
  void unknownOffline_saysWhatAndWhere() {
    assertThatThrownBy(() -> resolve("org.example:none:1.0"))
        .isInstanceOf(MagicException.class)
        .hasMessageContaining("offline")
        .hasMessageContaining("org.example:none:1.0")
        .hasMessageContaining(local.toString());
  }

  @Test
  void wrongCoordinates_shown() {
    for (var wrong : List.of("nothing", "a:b", "a b:c:d")) {
      assertThatThrownBy(() -> resolve(wrong))
          .hasMessage("expected GROUP:ARTIFACT:VERSION, got '" + wrong + "'");
    }
  }

  @Test
  void repositories_mavensOwn() {
    assertThat(MavenSettings.of(local, true).repositories())
        .hasSize(1)
        .allMatch(repository -> repository.getUrl().startsWith("https://"));
  }

  @Test
  void inACell_onTheClassPathOfCompilerAndClasses() throws IOException {
    library("beta");
    var before = System.getProperty("maven.repo.local");
    System.setProperty("maven.repo.local", local.toString());
    try (var cells = new Cells(UnrollLibrary.settings())) {
      var seen = cells.run("%maven org.example:beta:1.0");
      assertThat(seen.traceback()).isEmpty();
      assertThat(seen.displays.get(0).get(MimeBundle.TEXT).orElseThrow())
          .startsWith("added beta-1.0.jar, ");
      var read =
          "new String(Thread.currentThread().getContextClassLoader()"
              + ".getResourceAsStream(\"beta.txt\").readAllBytes())";
      assertThat(cells.text(read)).isEqualTo("text of beta");
      assertThat(cells.run("%maven org.example:beta:1.0").displays.get(0).toString())
          .contains("nothing new");
      assertThat(cells.run("%maven beta").error.value())
          .startsWith("%maven: expected GROUP:ARTIFACT:VERSION, got 'beta'\nusage: %maven");
      assertThat(cells.evaluator.complete("%maven org.example:b", 20).matches())
          .containsExactly("org.example:beta:");
    } finally {
      if (before == null) {
        System.clearProperty("maven.repo.local");
      } else {
        System.setProperty("maven.repo.local", before);
      }
    }
  }
}
