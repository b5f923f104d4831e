package unroll.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    installation.install(JAVA, true, List.of(jar));
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
        .contains(unroll.resolve("lib").resolve("*").toString().replace("*", "") + "*")
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
    installation.install(JAVA, true, List.of(old));
    Files.writeString(installation.folder().resolve("leftover"), "x");
    installation.install(Path.of("/new/java"), false, List.of(jar));
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
    installation.install(JAVA, true, List.of(jar));
    Set<String> before = names(folder.resolve("kernels"));
    Path missing = folder.resolve("missing.jar");
    assertThatThrownBy(() -> installation.install(JAVA, true, List.of(missing)))
        .isInstanceOf(InstallException.class)
        .hasMessageContaining(installation.folder().toString());
    assertThat(names(folder.resolve("kernels"))).isEqualTo(before);
  }

  @Test
  void placeThatCannotBeMade_isNamed() throws Exception {
    Installation inFile = new Installation(jar.resolve("kernels"));
    assertThatThrownBy(() -> inFile.install(JAVA, true, List.of(jar)))
        .isInstanceOf(InstallException.class)
        .hasMessageContaining("cannot install the kernel in " + inFile.folder());
  }

  @Test
  void uninstall_leavesNothingAndCanBeRepeated() throws Exception {
    installation.install(JAVA, true, List.of(jar));
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
    assertThatThrownBy(() -> installation.install(JAVA, true, List.of(jar)))
        .hasMessageContaining("another kernel");
    assertThat(spec).exists();
  }

  @Test
  void damagedInstallation_isReplacedAndRemoved() throws Exception {
    Files.createDirectories(installation.folder());
    Files.writeString(installation.folder().resolve("kernel.json"), "{\"argv\": 3");
    installation.install(JAVA, true, List.of(jar));
    assertThat(KernelSpec.read(installation.folder())).isPresent();
  }
}
