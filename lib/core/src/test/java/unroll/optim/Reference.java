package unroll.optim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A table of numbers that {@code optim/generate.py} made, by rows and by the names of columns. */
final class Reference {

  private final List<String> names;
  private final double[][] rows;

  private Reference(List<String> names, double[][] rows) {
    this.names = names;
    this.rows = rows;
  }

  static Reference read(String name) {
    try (InputStream in = Reference.class.getResourceAsStream("/optim/" + name + ".csv")) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      double[][] rows =
          lines.stream()
              .skip(1)
              .map(row -> row.replace("nan", "NaN").split(",", -1))
              .map(row -> Arrays.stream(row).mapToDouble(Double::parseDouble).toArray())
              .toArray(double[][]::new);
      return new Reference(List.of(lines.get(0).split(",", -1)), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double[][] rows() {
    return rows;
  }

  double[] column(String name) {
    int at = names.indexOf(name);
    return Arrays.stream(rows).mapToDouble(row -> row[at]).toArray();
  }
}
