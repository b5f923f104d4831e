package unroll.topology;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unroll.loss.Bleu;

/** What was written for the test part, beside the right texts and a baseline's. */
final class WrittenTexts {

  private final String baselineName;
  private final List<List<String>> right;
  private final List<List<String>> model;
  private final List<List<String>> baseline;

  WrittenTexts(
      String baselineName,
      List<List<String>> right,
      List<List<String>> model,
      List<List<String>> baseline) {
    if (right.isEmpty()) {
      throw new IllegalArgumentException("evaluate: the test part is empty");
    }
    this.baselineName = baselineName;
    this.right = right;
    this.model = model;
    this.baseline = baseline;
  }

  /** The share of texts that are right to the last word. */
  private double exact(List<List<String>> written) {
    int count = 0;
    for (int i = 0; i < right.size(); i++) {
      count += written.get(i).equals(right.get(i)) ? 1 : 0;
    }
    return (double) count / right.size();
  }

  private double bleu(List<List<String>> written) {
    return Bleu.of(written, right).score();
  }

  Score exact() {
    return new Score("exact match", exact(model), baselineName, exact(baseline));
  }

  Score bleu() {
    return new Score("BLEU", bleu(model), baselineName, bleu(baseline));
  }

  Table table() {
    Table table =
        Table.create(
            "test part",
            StringColumn.create("writer", "model", baselineName),
            DoubleColumn.create("BLEU", bleu(model), bleu(baseline)),
            DoubleColumn.create("exact match", exact(model), exact(baseline)));
    Decimals.show(table, 3);
    return table;
  }

  /** A table of what was asked, what was written and what is right, where they differ. */
  Table mistakes(List<String> asked) {
    StringColumn of = StringColumn.create("asked");
    StringColumn written = StringColumn.create("model writes");
    StringColumn wanted = StringColumn.create("right");
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < right.size(); i++) {
      if (!model.get(i).equals(right.get(i))) {
        wrong.add(i);
      }
    }
    for (int i : wrong) {
      of.append(asked.get(i));
      written.append(String.join(" ", model.get(i)));
      wanted.append(String.join(" ", right.get(i)));
    }
    return Table.create("mistakes in the test part", of, written, wanted);
  }
}
