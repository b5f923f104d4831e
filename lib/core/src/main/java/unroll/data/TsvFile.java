package unroll.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table of texts: a header line, then lines of cells parted by tabs; UTF-8. */
final class TsvFile {

  private final String operation;
  private final String path;
  private final List<String> header;
  private final List<Row> rows;

  /** The cells of a line, counted from 1. */
  record Row(int line, List<String> cells) {}

  private TsvFile(String operation, String path, List<String> header, List<Row> rows) {
    this.operation = operation;
    this.path = path;
    this.header = header;
    this.rows = rows;
  }

  /** Reads a file whose header must be the given one; every cell must hold something. */
  static TsvFile read(String operation, String path, String... columns) {
    Path file = Path.of(path);
    TsvFile empty = new TsvFile(operation, path, List.of(columns), List.of());
    if (!Files.isRegularFile(file)) {
      throw empty.error("there is no such file; looked for " + file.toAbsolutePath().normalize());
    }
    try {
      return empty.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          empty.error("is not UTF-8 text; save it as UTF-8").getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          empty.error("cannot be read: " + e.getMessage()).getMessage(), e);
    }
  }

  private TsvFile parse(String text) {
    String[] lines = text.replace("\uFEFF", "").split("\r?\n", -1);
    List<String> first = List.of(lines[0].split("\t", -1));
    if (!first.equals(header)) {
      throw error(
          "line 1: expected the header %s, parted by tabs, got %s"
              .formatted(String.join(" | ", header), String.join(" | ", first)));
    }
    List<Row> found = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].isBlank()) {
        continue;
      }
      List<String> cells = List.of(lines[i].split("\t", -1)).stream().map(String::strip).toList();
      Row row = new Row(i + 1, cells);
      if (cells.size() != header.size()) {
        throw error(
            "line %d: expected %d cells parted by tabs (%s), got %d"
                .formatted(i + 1, header.size(), String.join(", ", header), cells.size()));
      }
      for (int c = 0; c < cells.size(); c++) {
        if (cells.get(c).isEmpty()) {
          throw error(row, c, "is empty; fill it in or leave the line out");
        }
      }
      found.add(row);
    }
    return new TsvFile(operation, path, header, found);
  }

  List<Row> rows() {
    return rows;
  }

  /** Which of the three parts the last cell of a row names: 0, 1 or 2. */
  int part(Row row) {
    int column = header.size() - 1;
    String name = row.cells().get(column);
    int part = PARTS.indexOf(name);
    if (part < 0) {
      throw error(row, column, "expected train, validation or test, got \"%s\"".formatted(name));
    }
    return part;
  }

  private static final List<String> PARTS = List.of("train", "validation", "test");

  /** Shares something made of each row out to the parts; the training part must not be empty. */
  <E> Split<List<E>> split(java.util.function.Function<Row, E> make) {
    List<List<E>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    rows.forEach(row -> parts.get(part(row)).add(make.apply(row)));
    if (parts.get(0).isEmpty()) {
      throw error("has no line whose part is train; there is nothing to learn from");
    }
    return new Split<>(
        List.copyOf(parts.get(0)), List.copyOf(parts.get(1)), List.copyOf(parts.get(2)));
  }

  IllegalArgumentException error(Row row, int column, String what) {
    return error("line %d, column \"%s\": %s".formatted(row.line(), header.get(column), what));
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException(operation + ": " + path + ": " + what);
  }
}
