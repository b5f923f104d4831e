package unroll.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  private static final String CPU = "org/nd4j/linalg/cpu/nativecpu/CpuBackend.class";
  private static final String GPU = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  @Test
  void platform_asInTheNamesOfJars() {
    assertThat(NativeLibrary.platform("Linux", "amd64")).isEqualTo("linux-x86_64");
    assertThat(NativeLibrary.platform("Mac OS X", "aarch64")).isEqualTo("macosx-arm64");
    assertThat(NativeLibrary.platform("Windows 11", "amd64")).isEqualTo("windows-x86_64");
    assertThat(NativeLibrary.platform("Linux", "ppc64le")).isEqualTo("linux-ppc64le");
  }

  @Test
  void neither_saysWhichToAdd(@TempDir Path folder) throws IOException {
    assertThat(missing(folder))
        .contains("no native library of ND4J")
        .contains("org.nd4j:nd4j-native:1.0.0-M2.1")
        .contains(here());
  }

  @Test
  void both_refusedWithTheCure(@TempDir Path folder) throws IOException {
    put(folder, CPU);
    put(folder, GPU);
    assertThat(missing(folder)).contains("both on the class path").contains("leave one out");
  }

  @Test
  void withoutMachineCode_saysWhichClassifier(@TempDir Path folder) throws IOException {
    put(folder, GPU);
    assertThat(missing(folder)).contains("nd4j-cuda").contains("classifier " + here());
  }

  @Test
  void whole_lacksNothing(@TempDir Path folder) throws IOException {
    put(folder, CPU);
    String library = System.mapLibraryName("jnind4jcpu");
    put(folder, "org/nd4j/linalg/cpu/nativecpu/bindings/" + here() + "/" + library);
    assertThat(missing(folder)).isNull();
  }

  private static String here() {
    return NativeLibrary.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  private static void put(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  private static String missing(Path folder) throws IOException {
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      return NativeLibrary.on(loader).missing();
    }
  }
}
