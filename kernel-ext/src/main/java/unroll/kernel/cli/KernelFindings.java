package unroll.kernel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import unroll.kernel.install.JupyterPaths;
import unroll.kernel.install.KernelSpec;

/**
 * Looks at the kernels that Jupyter would find.
 *
 * @param paths where Jupyter looks
 * @param own the jar of the kernel that runs this command; null where it runs from no jar
 */
record KernelFindings(JupyterPaths paths, Path own) {

  private static final String WHAT = "kernel";
  private static final String INSTALL = "./unroll jupyter install";

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    Map<String, Path> winners = new HashMap<>();
    for (Path kernels : paths.all()) {
      for (Path folder : folders(kernels)) {
        Optional<KernelSpec> spec = KernelSpec.read(folder);
        boolean unrolls = spec.map(KernelSpec::isUnroll).orElse(false);
        if (unrolls || isNamedUnroll(folder)) {
          Path winner = winners.putIfAbsent(folder.getFileName().toString(), folder);
          findings.add(
              winner != null ? hidden(folder, winner) : of(folder, spec, option(kernels, folder)));
        }
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.missing(
              WHAT, "\"" + KernelSpec.DISPLAY_NAME + "\" is not installed in Jupyter", INSTALL));
    }
    return findings;
  }

  private static boolean isNamedUnroll(Path folder) {
    return folder.getFileName().toString().equals(KernelSpec.NAME);
  }

  private static List<Path> folders(Path kernels) {
    if (!Files.isDirectory(kernels)) {
      return List.of();
    }
    try (var folders = Files.list(kernels)) {
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> !folder.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // one that Jupyter can't read either
    }
  }

  /** The options that name this place and this kernel to {@code jupyter install}. */
  private String option(Path kernels, Path folder) {
    String name = isNamedUnroll(folder) ? "" : " --name " + folder.getFileName();
    if (kernels.equals(paths.user())) {
      return name;
    }
    Path prefix = kernels.resolve("../../..").normalize();
    boolean below = JupyterPaths.below(prefix).equals(kernels);
    return (kernels.equals(paths.allUsers()) ? " --system" : below ? " --prefix " + prefix : "")
        + name;
  }

  private Finding hidden(Path folder, Path winner) {
    return Finding.missing(
        WHAT,
        folder + " is hidden: Jupyter takes " + winner,
        "./unroll jupyter uninstall" + option(folder.getParent(), folder));
  }

  private Finding of(Path folder, Optional<KernelSpec> read, String option) {
    String mend = INSTALL + option;
    if (read.isEmpty()) {
      return Finding.broken(WHAT, folder + ": its kernel.json cannot be read", mend);
    }
    KernelSpec spec = read.get();
    if (!spec.isUnroll()) {
      return Finding.missing(
          WHAT, folder + " starts something else", "move it away, then " + INSTALL);
    }
    if (!Files.isExecutable(spec.java())) {
      return Finding.broken(WHAT, folder + ": its Java is gone: " + spec.java(), mend);
    }
    Optional<Path> gone = spec.classPath().stream().filter(jar -> !isThere(jar)).findFirst();
    if (gone.isPresent() || spec.classPath().isEmpty()) {
      String which = gone.map(jar -> ": " + jar).orElse("");
      return Finding.broken(WHAT, folder + ": its jars are gone" + which, mend);
    }
    if (isOlder(spec)) {
      return Finding.missing(WHAT, folder + " is of another build than this one", mend);
    }
    return start(folder, spec, mend);
  }

  private static boolean isThere(Path jar) {
    return jar.endsWith("*") ? Files.isDirectory(jar.getParent()) : Files.exists(jar);
  }

  private boolean isOlder(KernelSpec spec) {
    if (own == null) {
      return false;
    }
    return spec.classPath().stream()
        .filter(jar -> jar.getFileName().equals(own.getFileName()))
        .noneMatch(this::isOwn);
  }

  private boolean isOwn(Path jar) {
    try {
      return Files.mismatch(jar, own) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** It works; but does it start as quickly as it could? */
  private static Finding start(Path folder, KernelSpec spec, String mend) {
    String there = folder + ", with " + spec.java();
    String now = javaVersion(spec.java()).orElse(spec.javaVersion());
    if (!spec.hasArchive()) {
      return Finding.missing(WHAT, there + "; starts without an archive of its classes", mend);
    }
    if (!now.equals(spec.javaVersion())) {
      return Finding.missing(
          WHAT,
          there + "; that was " + spec.javaVersion() + " and is " + now + ": starts slowly",
          mend);
    }
    return Finding.there(WHAT, there);
  }

  /** As the JDK's own file says. */
  private static Optional<String> javaVersion(Path java) {
    Path release = java.resolve("../../release").normalize();
    try (var lines = Files.lines(release)) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("^[^\"]*\"|\"\\s*$", ""))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
