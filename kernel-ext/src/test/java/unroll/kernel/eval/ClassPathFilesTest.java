package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPathFilesTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final Set<JavaFileObject.Kind> ALL = EnumSet.allOf(JavaFileObject.Kind.class);

  @TempDir private Path folder;

  private static ClassPathFiles files(String classPath) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    return new ClassPathFiles(compiler.getStandardFileManager(null, null, null), classPath);
  }

  private static Set<String> names(JavaFileManager files, String packageName) throws IOException {
    var names = new TreeSet<String>();
    for (var file : files.list(StandardLocation.CLASS_PATH, packageName, ALL, false)) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        names.add(files.inferBinaryName(StandardLocation.CLASS_PATH, file));
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.google.gson", // in a jar for several releases of Java
        "org.zeromq",
        "tech.tablesaw.api",
        "it.unimi.dsi.fastutil",
        "unroll.tensor",
        "unroll.kernel.eval", // in two folders: classes and their tests
        "no.such.name"
      })
  void packages_areThoseOfTheJdksOwnManager(String packageName) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var own = compiler.getStandardFileManager(null, null, null);
        var files = files(CLASS_PATH)) {
      own.handleOption("-classpath", List.of(CLASS_PATH).iterator());
      assertThat(names(files, packageName)).isEqualTo(names(own, packageName));
    }
  }

  @Test
  void classInAJar_isRead() throws IOException {
    try (var files = files(CLASS_PATH)) {
      for (var file : files.list(StandardLocation.CLASS_PATH, "com.google.gson", ALL, false)) {
        try (var in = file.openInputStream()) {
          assertThat(in.readNBytes(4)).isEqualTo(new byte[] {(byte) 0xca, (byte) 0xfe, -70, -66});
        }
      }
    }
  }

  @Test
  void entriesThatAreNoJars_areNoTrouble() throws IOException {
    Path noJar = Files.writeString(folder.resolve("no.jar"), "x");
    var entries = String.join(System.getProperty("path.separator"), noJar.toString(), "/missing");
    try (var files = files(entries)) {
      assertThat(names(files, "a.b")).isEmpty();
    }
  }

  @Test
  void jarAddedLater_isSeen() throws IOException {
    try (var files = files(folder.toString())) {
      assertThat(names(files, "com.google.gson")).isEmpty();
      files.handleOption("-classpath", List.of(CLASS_PATH).iterator());
      assertThat(names(files, "com.google.gson")).contains("com.google.gson.Gson");
    }
  }

  @Test
  void plugInsOfTheClassPath_areNotLookedFor() throws IOException {
    try (var files = files(CLASS_PATH)) {
      var loader = files.getClassLoader(StandardLocation.ANNOTATION_PROCESSOR_PATH);
      assertThat(loader.getResources("META-INF/MANIFEST.MF").hasMoreElements()).isFalse();
      var found = new ArrayList<Object>();
      ServiceLoader.load(javax.annotation.processing.Processor.class, loader).forEach(found::add);
      assertThat(found).isEmpty();
    }
  }
}
