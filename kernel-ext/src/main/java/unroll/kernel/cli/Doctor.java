package unroll.kernel.cli;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import unroll.kernel.install.JupyterPaths;
import unroll.kernel.install.KernelSpec;

/** Looks at everything Unroll stands on. */
final class Doctor {

  private static final String INSTALL = "./unroll jupyter install";

  private final JupyterPaths jupyter;
  private final String path;

  Doctor() {
    this(JupyterPaths.here(), System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * @param path the folders in which programs are looked for
   */
  Doctor(JupyterPaths jupyter, String path) {
    this.jupyter = jupyter;
    this.path = path;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(vector());
    findings.add(maven());
    findings.add(fonts());
    findings.addAll(backends());
    findings.add(jupyter());
    findings.add(kernel());
    return findings;
  }

  private static Finding java() {
    String found = Runtime.version() + ", " + System.getProperty("java.home") + ", " + machine();
    boolean whole =
        ToolProvider.getSystemJavaCompiler() != null
            && ModuleLayer.boot().findModule("jdk.jshell").isPresent();
    return whole
        ? Finding.there("JDK", found)
        : Finding.broken("JDK", found + ": no compiler", "point JAVA_HOME at a whole JDK");
  }

  private static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.availableProcessors()
        + " cores, heap up to "
        + (runtime.maxMemory() >> 20)
        + " MB";
  }

  private static Finding vector() {
    return JavaProcess.hasVector()
        ? Finding.there("vector module", JavaProcess.VECTOR + ", asked for by every verb")
        : Finding.missing(
            "vector module",
            "this JDK has no " + JavaProcess.VECTOR + ": plain loops, same results, slower",
            "point JAVA_HOME at a JDK that has it, for example Temurin");
  }

  private Finding maven() {
    Optional<Path> mvn = program("mvn");
    if (mvn.isEmpty()) {
      return Finding.missing(
          "Maven",
          "no mvn on the path; needed only to build",
          "apt-get install maven, or maven.apache.org");
    }
    return Finding.there(
        "Maven", firstLine(mvn.get().toString(), "-v").orElse("?") + ", " + mvn.get());
  }

  /** Charts measure their texts, for which Java needs at least one font and fontconfig. */
  private static Finding fonts() {
    try {
      double width =
          new Font(Font.SANS_SERIF, Font.PLAIN, 12)
              .getStringBounds("loss", new FontRenderContext(null, true, true))
              .getWidth();
      if (width > 0) {
        return Finding.there("fonts", "Java can measure text without a display");
      }
      return noFonts("Java finds no font it can measure");
    } catch (RuntimeException | LinkageError e) {
      return noFonts("Java cannot load fonts: " + e);
    }
  }

  private static Finding noFonts(String found) {
    return Finding.broken(
        "fonts", found, "apt-get install fontconfig libfreetype6 fonts-dejavu-core");
  }

  /** The backends, in a JVM with the options that a notebook gets. */
  private static List<Finding> backends() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = Terminal.here();
    try {
      int code =
          JavaProcess.run(
              Path.of("").toAbsolutePath(),
              List.of(terminal.options()),
              BackendTable.class,
              List.of(),
              ProcessBuilder.Redirect.PIPE,
              terminal.charset(),
              new PrintWriter(out),
              new PrintWriter(err));
      if (code == 0) {
        return out.toString().lines().map(line -> backend(line.split("\t", -1))).toList();
      }
    } catch (IOException e) {
      err.append(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String said = err.toString().lines().findFirst().orElse("no word");
    return List.of(
        Finding.broken(
            "backends", "a JVM to compute in does not start: " + said, "see UNROLL_JAVA_OPTS"));
  }

  private static Finding backend(String[] row) {
    String name = "backend " + row[0];
    return row[1].equals("true")
        ? Finding.there(name, row[2])
        : Finding.missing(name, "cannot run here", row[2]);
  }

  private Finding jupyter() {
    return program("jupyter")
        .map(program -> Finding.there("Jupyter", program.toString()))
        .orElseGet(
            () ->
                Finding.missing(
                    "Jupyter",
                    "no jupyter on the path; ./unroll run needs none",
                    "pip install jupyterlab"));
  }

  private Finding kernel() {
    for (Path kernels : jupyter.all()) {
      Path folder = kernels.resolve(KernelSpec.NAME);
      Optional<KernelSpec> spec = KernelSpec.read(folder);
      if (spec.isPresent()) {
        return kernel(folder, spec.get());
      }
    }
    return Finding.missing(
        "kernel", "\"" + KernelSpec.DISPLAY_NAME + "\" is not installed in Jupyter", INSTALL);
  }

  private static Finding kernel(Path folder, KernelSpec spec) {
    if (!spec.isUnroll()) {
      return Finding.missing(
          "kernel", folder + " starts something else", "move it away, then " + INSTALL);
    }
    if (!Files.isExecutable(spec.java())) {
      return Finding.missing("kernel", folder + ": its Java is gone: " + spec.java(), INSTALL);
    }
    if (!Files.isDirectory(folder.resolve("lib"))) {
      return Finding.missing("kernel", folder + ": its jars are gone", INSTALL);
    }
    return Finding.there("kernel", folder + ", with " + spec.java());
  }

  private Optional<Path> program(String name) {
    for (String folder : path.split(File.pathSeparator, -1)) {
      for (String ending : new String[] {"", ".exe", ".cmd", ".bat"}) {
        Path file = Path.of(folder.isEmpty() ? "." : folder, name + ending);
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> firstLine(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().findFirst().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
