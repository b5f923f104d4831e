package unroll.kernel.install;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The classes of a kernel's start, as one JVM has loaded them, in a file that the next one maps
 * into its memory (class-data sharing). Of no use to another JDK, or after a jar has changed; a JVM
 * that cannot use it loads its classes one by one, as it would without.
 */
final class StartArchive {

  static final String FILE = "start.jsa";
  private static final String REHEARSAL = "unroll.kernel.Rehearsal";
  private static final long SECONDS = 120;

  private StartArchive() {}

  /** What a JVM that is to use the archive is told; it says nothing where it can't. */
  static List<String> options(Path folder) {
    return List.of(
        "-Xshare:auto", "-XX:SharedArchiveFile=" + folder.resolve(FILE), "-Xlog:disable");
  }

  /**
   * Rehearses a start of an installed kernel and keeps what was loaded.
   *
   * @param folder the kernelspec's folder, in its place
   * @param spec how the kernel is started, without an archive
   * @throws IOException if there is none; the message is what the JVM said
   */
  static void make(Path folder, KernelSpec spec) throws IOException {
    Path fresh = folder.resolve(FILE + ".new");
    Path said = Files.createTempFile("unroll-", ".txt");
    try {
      Files.deleteIfExists(fresh);
      Process process = rehearse(spec, fresh, said.toFile());
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      if (!ended || process.exitValue() != 0 || !Files.exists(fresh)) {
        throw new IOException(ended ? reason(said) : "no end after " + SECONDS + " s");
      }
      Files.move(fresh, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(fresh);
      Files.deleteIfExists(said);
    }
  }

  private static Process rehearse(KernelSpec spec, Path archive, File said) throws IOException {
    List<String> command = new ArrayList<>();
    for (String word : spec.command()) {
      if (word.equals(KernelSpec.MAIN)) {
        command.add(REHEARSAL);
      } else if (!word.equals(KernelSpec.CONNECTION_FILE)) {
        command.add(word);
      }
    }
    command.addAll(1, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(spec.env());
    return builder.redirectErrorStream(true).redirectOutput(said).start();
  }

  private static String reason(Path said) throws IOException {
    try (var lines = Files.lines(said)) {
      return lines
          .filter(line -> !line.isBlank() && !line.startsWith("WARNING: Using incubator"))
          .findFirst()
          .orElse("the JVM said nothing");
    }
  }
}
