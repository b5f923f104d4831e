package unroll.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps compiled kernels in the user's cache folder, so that only the first start compiles. A name
 * says all that the code depends on: source, compiler, driver and target.
 */
final class KernelCache {

  private final Path folder;

  KernelCache(Path folder) {
    this.folder = folder;
  }

  /** The folder for caches, as the operating system has it. */
  static KernelCache ofUser(Map<String, String> environment) {
    String chosen = environment.get("XDG_CACHE_HOME");
    if (chosen == null || chosen.isBlank()) {
      chosen = environment.get("LOCALAPPDATA");
    }
    Path base =
        chosen == null || chosen.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(chosen);
    return new KernelCache(base.resolve("unroll").resolve("cuda"));
  }

  /** The kernels' source. */
  static String source() {
    try (InputStream in = KernelCache.class.getResourceAsStream("kernels.cu")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The code for a target: that of an earlier start, or new one, which is kept where the folder can
   * be written.
   *
   * @param facts what the code depends on
   */
  byte[] get(Supplier<byte[]> compile, String... facts) {
    Path file = folder.resolve(name(facts));
    try {
      if (Files.isRegularFile(file)) {
        return Files.readAllBytes(file);
      }
    } catch (IOException e) {
      // compiled anew
    }
    byte[] code = compile.get();
    try {
      keep(file, code);
    } catch (IOException e) {
      // the next start compiles again
    }
    return code;
  }

  private void keep(Path file, byte[] code) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "kernels", ".part");
    try {
      Files.write(part, code);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String name(String... facts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String fact : facts) {
        digest.update(fact.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest()) + ".bin";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
