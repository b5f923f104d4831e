package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unroll.backend.Backends.Row;

class BackendsTest {

  private final Backend before = Backends.current();

  @AfterEach
  void chosenAsBefore() {
    Backends.use(before.name());
  }

  @Test
  void names_defaultFirst() {
    assertThat(Backends.names()).startsWith("cpu").contains("ejml").doesNotHaveDuplicates();
  }

  @Test
  void use_setsTheCurrentOne() {
    Backend ejml = Backends.use("ejml");
    assertThat(ejml.name()).isEqualTo("ejml");
    assertThat(Backends.current()).isSameAs(ejml).isSameAs(Backends.named("ejml"));
    assertThat(Backends.use("cpu").precision()).isEqualTo(Precision.FLOAT32);
    assertThat(Backends.current()).isNotSameAs(ejml);
  }

  @Test
  void auto_isOneThatRunsHere() {
    assertThat(Backends.names()).contains(Backends.use("auto").name());
  }

  @Test
  void unknownName_saysWhichThereAre() {
    Backend current = Backends.current();
    assertThatThrownBy(() -> Backends.use("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'gpu'")
        .hasMessageContaining("auto, cpu, ejml, nd4j, cuda");
    assertThat(Backends.current()).isSameAs(current);
  }

  @Test
  void auto_isAWayToChoose_untilOneIsChosenByName() {
    Backends.use("auto");
    assertThat(Backends.isAuto()).isTrue();
    Backends.use("cpu");
    assertThat(Backends.isAuto()).isFalse();
  }

  @Test
  void optionalBackend_notOnTheClassPath_saysWhatToAdd() {
    assertThatThrownBy(() -> Backends.use("nd4j"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--with nd4j")
        .hasMessageContaining("io.github.unroll:unroll-nd4j");
    assertThat(Backends.table())
        .filteredOn(row -> row.name().equals("cuda"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.available()).isFalse();
              assertThat(row.device()).contains("--with cuda");
            });
  }

  @Test
  void discover_findsWhatALaterClassLoaderKnows(@TempDir Path services) throws Exception {
    offer(services);
    assertThat(inNewJvm(services.resolve("empty"), "cpu", "discover " + services))
        .isEqualTo("[absent][] backend 'absent' cannot run here: no such device; plug one in");
  }

  @Test
  void table_everyBackendAndWhichIsCurrent() {
    Backends.use("ejml");
    assertThat(Backends.table()).extracting(Row::name).isEqualTo(Backends.known());
    assertThat(Backends.table())
        .filteredOn(Row::current)
        .extracting(Row::name)
        .containsExactly("ejml");
    assertThat(Backends.table())
        .allSatisfy(
            row -> {
              assertThat(row.description()).isNotBlank();
              assertThat(row.device()).isNotBlank();
            });
    assertThat(Backends.table())
        .filteredOn(Row::available)
        .extracting(Row::name)
        .contains("cpu", "ejml");
  }

  @Test
  void environment_choosesTheFirst(@TempDir Path services) throws Exception {
    assertThat(inNewJvm(services, "ejml", "current")).isEqualTo("ejml");
    assertThat(inNewJvm(services, " ", "current")).isEqualTo("cpu");
    assertThat(inNewJvm(services, "gpu", "current")).contains("no backend 'gpu'");
  }

  @Test
  void backendThatCannotRun_saysWhatToDo(@TempDir Path services) throws Exception {
    offer(services);
    assertThat(inNewJvm(services, "cpu", "absent"))
        .isEqualTo("backend 'absent' cannot run here: no such device; plug one in");
    assertThat(inNewJvm(services, "cpu", "table"))
        .contains("name=absent")
        .contains("device=no such device; plug one in, available=false, current=false");
  }

  private static void offer(Path services) throws IOException {
    Path list = services.resolve("META-INF/services").resolve(BackendProvider.class.getName());
    Files.createDirectories(list.getParent());
    Files.writeString(list, Absent.class.getName() + "\n");
  }

  /** A backend that is on the class path, but cannot run. */
  public static final class Absent implements BackendProvider {
    @Override
    public String name() {
      return "absent";
    }

    @Override
    public String description() {
      return "never there";
    }

    @Override
    public String missing() {
      return "no such device; plug one in";
    }

    @Override
    public Backend create() {
      throw new IllegalStateException("created in spite of missing()");
    }
  }

  /** What the other machine prints. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      try {
        if (arguments[0].startsWith("discover ")) {
          URL folder = Path.of(arguments[0].substring(9)).toUri().toURL();
          try (URLClassLoader later = new URLClassLoader(new URL[] {folder})) {
            System.out.print("" + Backends.discover(later) + Backends.discover(later) + " ");
          }
          Backends.named("absent");
        }
        System.out.print(
            switch (arguments[0]) {
              case "current" -> Backends.current().name();
              case "table" -> Backends.table();
              default -> Backends.named(arguments[0]).name();
            });
      } catch (IllegalArgumentException | IllegalStateException e) {
        System.out.print(e.getMessage());
      }
    }
  }

  private static String inNewJvm(Path services, String choice, String question)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        services + System.getProperty("path.separator") + System.getProperty("java.class.path");
    ProcessBuilder command =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", Main.class.getName(), question);
    command.environment().put("CLASSPATH", classPath);
    command.environment().put("UNROLL_BACKEND", choice);
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = command.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed;
  }
}
