import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds damaged jars and poms below a folder: {@code java CheckJars.java FOLDER} prints a line for
 * each, the path and what is wrong with it. The launcher runs it as a source file, when a build has
 * failed and on what a build has copied, so it uses nothing but the JDK.
 */
final class CheckJars {
  private CheckJars() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (var walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    files.parallelStream()
        .map(CheckJars::report)
        .filter(line -> line != null)
        .forEachOrdered(System.out::println);
  }

  /** What is wrong with a file, or null. Its SHA-1 where one came with it, else its own sums. */
  private static String report(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".jar") && !name.endsWith(".pom")) {
      return null;
    }
    try {
      Path sum = file.resolveSibling(file.getFileName() + ".sha1");
      if (Files.isRegularFile(sum)) {
        boolean same = sha1(file).equalsIgnoreCase(firstWord(sum));
        return same ? null : file + " (not the file whose SHA-1 came with it)";
      }
      if (name.endsWith(".jar")) {
        readAll(file);
      }
      return null;
    } catch (Exception e) {
      return file + " (" + e.getMessage() + ")";
    }
  }

  /** Reads every entry to its end, which checks its CRC. */
  private static void readAll(Path jar) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (var entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        var crc = new java.util.zip.CRC32();
        try (InputStream in = zip.getInputStream(entry)) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            crc.update(buffer, 0, n);
          }
        }
        if (entry.getCrc() >= 0 && crc.getValue() != entry.getCrc()) {
          throw new IOException("the bytes of " + entry.getName() + " are not those that were packed");
        }
      }
    }
  }

  private static String sha1(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-1");
    digest.update(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String firstWord(Path file) throws IOException {
    return Files.readString(file).strip().split("\\s+")[0];
  }
}
