package unroll.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a Maven that only pretends. */
class OptionalJarsTest {

  @TempDir private Path home;
  private final List<List<String>> calls = new ArrayList<>();
  private Path fetched;

  @BeforeEach
  void module() throws IOException {
    Files.createDirectories(home.resolve("lib/nd4j"));
    Files.createFile(home.resolve("lib/nd4j/pom.xml"));
    Files.createDirectories(home.resolve("kernel-ext/target"));
    Files.writeString(home.resolve("kernel-ext/target/unroll.built"), "first\n");
    fetched = Files.createFile(home.resolve("nd4j-api-1.jar"));
  }

  private OptionalJars.Maven maven(String contents) {
    return (folder, arguments, log) -> {
      calls.add(arguments);
      Path target = Files.createDirectories(folder.resolve("lib/nd4j/target"));
      Files.writeString(target.resolve("unroll-nd4j-1.jar"), contents);
      Files.writeString(target.resolve("unroll-nd4j-1-tests.jar"), "");
      Files.writeString(
          target.resolve("class-path.txt"),
          String.join(
              File.pathSeparator,
              folder.resolve("lib/core/target/unroll-1.jar").toString(),
              folder.resolve("elsewhere/gson-2.jar").toString(),
              fetched.toString()));
      Files.createDirectories(folder.resolve("elsewhere"));
      Files.writeString(folder.resolve("elsewhere/gson-2.jar"), "");
      return 0;
    };
  }

  private List<Path> jars(OptionalJars.Maven maven) throws Exception {
    return new OptionalJars(home).of("nd4j", List.of(Path.of("app", "gson-2.jar")), maven);
  }

  @Test
  void askedForFirst_isBuilt_andThenKept() throws Exception {
    List<Path> jars = jars(maven("one"));
    assertThat(jars)
        .extracting(p -> p.getFileName().toString())
        .containsExactly("unroll-nd4j-1.jar", "nd4j-api-1.jar");
    assertThat(calls).singleElement().asString().contains("lib/nd4j").contains("maven.test.skip");
    assertThat(jars(maven("two"))).isEqualTo(jars);
    assertThat(calls).hasSize(1);
    assertThat(jars.get(0)).hasContent("one");
  }

  @Test
  void afterUnrollWasBuiltAnew_itIsTooAndTheOldJarStays() throws Exception {
    List<Path> old = jars(maven("one"));
    Files.writeString(home.resolve("kernel-ext/target/unroll.built"), "second\n");
    List<Path> fresh = jars(maven("two"));
    assertThat(fresh.get(0)).hasContent("two");
    assertThat(old.get(0)).hasContent("one");
  }

  @Test
  void whatWasFetchedAndIsGone_isFetchedAgain() throws Exception {
    jars(maven("one"));
    Files.delete(fetched);
    assertThatThrownBy(
            () ->
                jars(
                    (folder, arguments, log) -> {
                      Files.writeString(
                          log, "[INFO] x\n[ERROR] Could not transfer nd4j\n[ERROR] -> [Help 1]\n");
                      return 1;
                    }))
        .isInstanceOf(OptionalJarsException.class)
        .hasMessageContaining("--with nd4j")
        .hasMessageContaining("Could not transfer nd4j")
        .hasMessageContaining("build.log")
        .hasMessageNotContaining("Help");
  }

  @Test
  void unknownName_saysWhereItLooked() {
    assertThatThrownBy(() -> new OptionalJars(home).of("tpu", List.of(), maven("")))
        .isInstanceOf(OptionalJarsException.class)
        .hasMessageContaining("--with tpu")
        .hasMessageContaining("lib");
    assertThat(calls).isEmpty();
  }
}
