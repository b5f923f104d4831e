package unroll.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.Table;

/** Reads tables, with errors that name the file and the line. */
public final class Tables {
  private Tables() {}

  /**
   * Reads a CSV file with a header line, like {@code Table.read().csv(path)}, after looking for
   * what Tablesaw would stumble over.
   *
   * @param path the file, UTF-8, from the folder that the program runs in
   * @throws IllegalArgumentException where the file is not there, cannot be read, is empty, is not
   *     UTF-8, repeats a column name, or has a line with more or fewer cells than the header
   */
  public static Table csv(String path) {
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      throw error(path, "there is no such file; looked for " + file.toAbsolutePath().normalize());
    }
    if (Files.isDirectory(file)) {
      throw error(path, "is a folder; name a file in it");
    }
    try {
      check(Files.readString(file, StandardCharsets.UTF_8));
      return Table.read().csv(file.toFile());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(message(path, "is not UTF-8 text; save it as UTF-8"), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(message(path, "cannot be read: " + e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(message(path, e.getMessage()), e);
    }
  }

  private static void check(String text) {
    CsvScan scan = new CsvScan(text);
    CsvScan.Row header = scan.next();
    if (header == null) {
      throw new IllegalArgumentException("is empty; expected a header line, then the rows");
    }
    Set<String> seen = new HashSet<>();
    for (String name : header.cells()) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "line %d: two columns are named \"%s\"".formatted(header.line(), name));
      }
    }
    int width = header.cells().size();
    for (CsvScan.Row row = scan.next(); row != null; row = scan.next()) {
      List<String> cells = row.cells();
      if (cells.size() != width) {
        throw new IllegalArgumentException(
            "line %d: expected %d cells (%s), got %d (%s)"
                .formatted(
                    row.line(),
                    width,
                    String.join(", ", header.cells()),
                    cells.size(),
                    String.join(", ", cells)));
      }
    }
  }

  private static IllegalArgumentException error(String path, String what) {
    return new IllegalArgumentException(message(path, what));
  }

  private static String message(String path, String what) {
    return "Tables.csv: " + path + ": " + what;
  }
}
