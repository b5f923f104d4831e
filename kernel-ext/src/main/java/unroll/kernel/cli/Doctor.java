package unroll.kernel.cli;

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

/** Looks at everything Unroll stands on. */
final class Doctor {

  private static final long LITTLE_MEMORY = 1L << 30;

  private final JupyterPaths jupyter;
  private final String path;

  Doctor() {
    this(JupyterPaths.here(), System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * A doctor who looks in these places.
   *
   * @param path the folders in which programs are looked for
   */
  Doctor(JupyterPaths jupyter, String path) {
    this.jupyter = jupyter;
    this.path = path;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        java(
            Runtime.version() + ", " + System.getProperty("java.home"),
            ToolProvider.getSystemJavaCompiler() != null
                && ModuleLayer.boot().findModule("jdk.jshell").isPresent()));
    findings.add(
        memory(Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory()));
    findings.add(vector(JavaProcess.hasVector()));
    findings.add(maven());
    findings.add(Fonts.finding(Fonts::width, name -> program(name).isPresent()));
    findings.addAll(backends());
    findings.add(jupyter());
    findings.addAll(new KernelFindings(jupyter, kernelJar()).all());
    return findings;
  }

  /** The jar of this very code; null where it is run from a folder of classes. */
  private static Path kernelJar() {
    return JavaProcess.classPath().stream()
        .filter(jar -> jar.getFileName().toString().matches("unroll-kernel-.*\\.jar"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  static Finding java(String found, boolean whole) {
    return whole
        ? Finding.there("JDK", found)
        : Finding.broken("JDK", found + ": no compiler", "point JAVA_HOME at a whole JDK");
  }

  static Finding memory(int cores, long maxHeap) {
    String found = cores + " cores, heap up to " + (maxHeap >> 20) + " MB";
    return maxHeap >= LITTLE_MEMORY
        ? Finding.there("memory", found)
        : Finding.missing(
            "memory",
            found + ": little for a training",
            "UNROLL_JAVA_OPTS=-Xmx4g; in Jupyter: ./unroll jupyter install --jvm-arg=-Xmx4g");
  }

  static Finding vector(boolean there) {
    return there
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

  static Finding backend(String... row) {
    String name = "backend " + row[0];
    return row[1].equals("true")
        ? Finding.there(name, row[2])
        : Finding.missing(name, "cannot run here", row[2]);
  }

  Finding jupyter() {
    Optional<Path> program = program("jupyter");
    if (program.isPresent()) {
      return Finding.there("Jupyter", program.get().toString());
    }
    Optional<Path> inEnvironment =
        jupyter.activeEnvironment().flatMap(folder -> programIn(folder.resolve("bin"), "jupyter"));
    if (inEnvironment.isPresent()) {
      return Finding.missing(
          "Jupyter",
          inEnvironment.get() + " is not on the path",
          "export PATH=" + inEnvironment.get().getParent() + ":$PATH");
    }
    return Finding.missing(
        "Jupyter", "no jupyter on the path; ./unroll run needs none", "pip install jupyterlab");
  }

  private Optional<Path> program(String name) {
    for (String folder : path.split(File.pathSeparator, -1)) {
      Optional<Path> found = programIn(Path.of(folder.isEmpty() ? "." : folder), name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> programIn(Path folder, String name) {
    for (String ending : new String[] {"", ".exe", ".cmd", ".bat"}) {
      Path file = folder.resolve(name + ending);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file);
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
