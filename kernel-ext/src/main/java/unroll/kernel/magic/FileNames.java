package unroll.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Files as arguments of magics. */
final class FileNames {
  private FileNames() {}

  /**
   * The files and folders that a word may become, for completion.
   *
   * @param endings of the files that may be meant, with their dots
   */
  static List<String> candidates(String word, String... endings) {
    int slash = word.lastIndexOf('/');
    var folder = word.substring(0, slash + 1);
    try (var entries = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      return entries
          .filter(file -> Files.isDirectory(file) || hasEnding(file, endings))
          .map(file -> folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .filter(name -> !name.substring(folder.length()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException noFolder) {
      return List.of();
    }
  }

  static boolean hasEnding(Path file, String... endings) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(endings).anyMatch(name::endsWith);
  }

  /**
   * The file of a name.
   *
   * @throws MagicException if it is not there; names the nearest in its folder
   */
  static Path existing(String name) {
    var file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    var others = candidates(name, "").stream().filter(other -> !other.endsWith("/")).toList();
    throw new MagicException(
        "there is no file "
            + name
            + Names.nearest(name, others).map(near -> "; did you mean " + near + "?").orElse("")
            + " (looked for "
            + file.toAbsolutePath().normalize()
            + ")");
  }
}
