package unroll.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

  private static final Path JAVA = Path.of("/opt/jdk 17/bin/java");

  @TempDir private Path folder;
  private Installation installation;
  private Path jar;

  @BeforeEach
  void jar() throws IOException {
    installation = new Installation(folder.resolve("kernels"));
    jar = Files.writeString(folder.resolve("one.jar"), "1");
  }

  private static KernelOptions options(Path jar) {
    return KernelOptions.of(JAVA, true, List.of(jar));
  }

  private Set<String> names(Path root) throws IOException {
    try (var tree = Files.walk(root)) {
      Set<String> names = new TreeSet<>();
      tree.filter(each -> !each.equals(root))
          .forEach(each -> names.add(root.relativize(each).toString().replace('\\', '/')));
      return names;
    }
  }

  @Test
  void install_writesSpecLogosAndItsOwnCopyOfTheJars() throws Exception {
    installation.install(options(jar));
    Files.delete(jar);
    Path unroll = installation.folder();
    assertThat(names(unroll))
        .containsExactly(
            "kernel.json",
            "lib",
            "lib/one.jar",
            "logo-32x32.png",
            "logo-64x64.png",
            "logo-svg.svg");
    JsonObject spec =
        JsonParser.parseString(Files.readString(unroll.resolve("kernel.json"))).getAsJsonObject();
    assertThat(spec.get("display_name").getAsString()).isEqualTo("Java (Unroll)");
    assertThat(spec.get("language").getAsString()).isEqualTo("java");
    assertThat(spec.get("interrupt_mode").getAsString()).isEqualTo("message");
    assertThat(KernelSpec.read(unroll).orElseThrow().command())
        .startsWith(JAVA.toString(), "--add-modules", "jdk.incubator.vector")
        .containsSubsequence("-cp", unroll.resolve("lib").resolve("one.jar").toString())
        .endsWith("unroll.kernel.KernelMain", "{connection_file}");
    for (int size : new int[] {32, 64}) {
      var image = ImageIO.read(unroll.resolve("logo-" + size + "x" + size + ".png").toFile());
      assertThat(image.getWidth()).isEqualTo(size);
      assertThat(image.getHeight()).isEqualTo(size);
    }
  }

  @Test
  void kernelMain_isTheClassTheSpecNames() throws Exception {
    assertThat(Class.forName(KernelSpec.MAIN).getMethod("main", String[].class)).isNotNull();
  }

  @Test
  void installTwice_replacesTheOlderOneWhole() throws Exception {
    Path old = Files.writeString(folder.resolve("old.jar"), "old");
    installation.install(options(old));
    Files.writeString(installation.folder().resolve("leftover"), "x");
    installation.install(KernelOptions.of(Path.of("/new/java"), false, List.of(jar)));
    assertThat(names(folder.resolve("kernels"))).noneMatch(name -> name.startsWith("."));
    assertThat(names(installation.folder()))
        .contains("lib/one.jar")
        .doesNotContain("lib/old.jar", "leftover");
    KernelSpec spec = KernelSpec.read(installation.folder()).orElseThrow();
    assertThat(spec.java()).isEqualTo(Path.of("/new/java"));
    assertThat(spec.command()).doesNotContain("--add-modules");
  }

  @Test
  void installThatFails_leavesTheOlderOneAndNothingElse() throws Exception {
    installation.install(options(jar));
    Set<String> before = names(folder.resolve("kernels"));
    Path missing = folder.resolve("missing.jar");
    assertThatThrownBy(() -> installation.install(options(missing)))
        .isInstanceOf(InstallException.class)
        .hasMessageContaining(installation.folder().toString());
    assertThat(names(folder.resolve("kernels"))).isEqualTo(before);
  }

  @Test
  void placeThatCannotBeMade_isNamed() throws Exception {
    Installation inFile = new Installation(jar.resolve("kernels"));
    assertThatThrownBy(() -> inFile.install(options(jar)))
        .isInstanceOf(InstallException.class)
        .hasMessageContaining("cannot install the kernel in " + inFile.folder());
  }

  @Test
  void uninstall_leavesNothingAndCanBeRepeated() throws Exception {
    installation.install(options(jar));
    assertThat(installation.uninstall()).isTrue();
    assertThat(names(folder.resolve("kernels"))).isEmpty();
    assertThat(installation.uninstall()).isFalse();
  }

  @Test
  void anotherKernelOfTheSameName_isLeftAlone() throws Exception {
    Files.createDirectories(installation.folder());
    Path spec = installation.folder().resolve("kernel.json");
    Files.writeString(spec, "{\"argv\": [\"other\", \"{connection_file}\"]}");
    assertThatThrownBy(installation::uninstall).hasMessageContaining("another kernel");
    assertThatThrownBy(() -> installation.install(options(jar)))
        .hasMessageContaining("another kernel");
    assertThat(spec).exists();
  }

  @Test
  void damagedInstallation_isReplacedAndRemoved() throws Exception {
    Files.createDirectories(installation.folder());
    Files.writeString(installation.folder().resolve("kernel.json"), "{\"argv\": 3");
    installation.install(options(jar));
    assertThat(KernelSpec.read(installation.folder())).isPresent();
  }

  @Test
  void options_standInTheSpecAndComeBack() throws Exception {
    var options =
        new KernelOptions(
            JAVA,
            false,
            List.of(jar, Files.writeString(folder.resolve("zwei ö.jar"), "2")),
            List.of("-Xmx4g", "-Dfile=a b"),
            Map.of("UNROLL_THREADS", "2"),
            "Java, 4 GB");
    installation.install(options);
    KernelSpec spec = KernelSpec.read(installation.folder()).orElseThrow();
    assertThat(spec.command()).containsSubsequence("-Xmx4g", "-Dfile=a b", "-cp");
    assertThat(spec.env()).isEqualTo(Map.of("UNROLL_THREADS", "2"));
    assertThat(spec.displayName()).isEqualTo("Java, 4 GB");
    assertThat(spec.javaVersion()).isEqualTo(System.getProperty("java.version"));
    assertThat(spec.classPath()).hasSize(2).allSatisfy(entry -> assertThat(entry).isRegularFile());
    assertThat(spec.hasArchive()).isFalse();
  }

  @Test
  void kernelsOfSeveralNames_areSideBySide() throws Exception {
    var other = new Installation(folder.resolve("kernels"), "unroll-8g");
    installation.install(options(jar));
    other.install(options(jar));
    assertThat(other.uninstall()).isTrue();
    assertThat(KernelSpec.read(installation.folder())).isPresent();
    assertThatThrownBy(() -> new Installation(folder, "../up"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'../up'");
  }

  @Test
  void leftoversOfAKilledInstallation_areTakenAway() throws Exception {
    Path dead = folder.resolve("kernels/.unroll-new-999999999/lib");
    Path alive = folder.resolve("kernels/.unroll-old-" + ProcessHandle.current().pid());
    Files.createDirectories(dead);
    installation.install(options(jar));
    assertThat(dead.getParent()).doesNotExist();
    Files.createDirectories(dead);
    Files.createDirectories(alive);
    installation.uninstall();
    assertThat(names(folder.resolve("kernels"))).containsExactly(alive.getFileName().toString());
  }

  @Test
  void archiveThatCannotBeMade_leavesAKernelWithout() throws Exception {
    KernelOptions options = options(jar);
    installation.install(options);
    Set<String> before = names(installation.folder());
    assertThat(installation.quicken(options)).isPresent();
    assertThat(names(installation.folder())).isEqualTo(before);
    assertThat(KernelSpec.read(installation.folder()).orElseThrow().hasArchive()).isFalse();
  }

  @Test
  void jvmThatDoesNotStart_isRefusedWithItsWords() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    var options =
        new KernelOptions(java, false, List.of(jar), List.of("-Xmx4q"), Map.of(), "wrong");
    assertThatThrownBy(options::check)
        .isInstanceOf(InstallException.class)
        .hasMessageContaining("-Xmx4q: Invalid maximum heap size");
    assertThatThrownBy(() -> options(jar).check()).hasMessageContaining("cannot start " + JAVA);
  }
}
