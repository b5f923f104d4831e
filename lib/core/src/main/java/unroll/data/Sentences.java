package unroll.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Sentences with labels, in three parts, and the words that a network will know of them:
 *
 * <pre>{@code
 * var text = Sentences.read("../data/sentiment-en.tsv").vocabulary(2_000);
 * }</pre>
 *
 * <p>The file is UTF-8 with a header line, {@code text<TAB>label<TAB>part}; a part is train,
 * validation or test. The vocabulary and the labels come from the training part only.
 */
public final class Sentences {

  private final Split<List<Sentence>> parts;
  private final List<String> labels;
  private final Vocabulary vocabulary;

  private Sentences(Split<List<Sentence>> parts, List<String> labels, Vocabulary vocabulary) {
    this.parts = parts;
    this.labels = labels;
    this.vocabulary = vocabulary;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if the file is not as described; names the line and the column
   */
  public static Sentences read(String path) {
    TsvFile file = TsvFile.read("Sentences.read", path, "text", "label", "part");
    Set<String> labels = new TreeSet<>();
    file.rows().stream().filter(r -> file.part(r) == 0).forEach(r -> labels.add(r.cells().get(1)));
    List<String> known = List.copyOf(labels);
    return of(file.split(row -> sentence(file, row, known)));
  }

  private static Sentence sentence(TsvFile file, TsvFile.Row row, List<String> labels) {
    String label = row.cells().get(1);
    if (!labels.contains(label)) {
      throw file.error(
          row, 1, "\"%s\" is no label of the training part; there are %s".formatted(label, labels));
    }
    List<String> tokens = Tokenizer.words().tokens(row.cells().get(0));
    return new Sentence(row.cells().get(0), tokens, label);
  }

  /**
   * Sentences from elsewhere than a file.
   *
   * @throws IllegalArgumentException if the training part has fewer than two labels, or another
   *     part a label that it has not
   */
  public static Sentences of(Split<List<Sentence>> parts) {
    Set<String> labels = new TreeSet<>();
    parts.train().forEach(s -> labels.add(s.label()));
    if (labels.size() < 2) {
      throw new IllegalArgumentException(
          "Sentences: needs at least two labels in the training part, got " + labels);
    }
    requireLabels("validation", parts.validation(), labels);
    requireLabels("test", parts.test(), labels);
    List<List<String>> tokens = parts.train().stream().map(Sentence::tokens).toList();
    return new Sentences(parts, List.copyOf(labels), Vocabulary.reading(tokens, Integer.MAX_VALUE));
  }

  private static void requireLabels(String part, List<Sentence> sentences, Set<String> labels) {
    for (Sentence sentence : sentences) {
      if (!labels.contains(sentence.label())) {
        throw new IllegalArgumentException(
            "Sentences: \"%s\" in the %s part is labelled \"%s\", which is no label of the training part; there are %s"
                .formatted(sentence.text(), part, sentence.label(), labels));
      }
    }
  }

  /** The same sentences with a vocabulary of at most so many tokens, the special ones included. */
  public Sentences vocabulary(int limit) {
    List<List<String>> tokens = train().stream().map(Sentence::tokens).toList();
    return new Sentences(parts, labels, Vocabulary.reading(tokens, limit));
  }

  /** The words of the training part. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The labels of the training part, in alphabetical order. */
  public List<String> labels() {
    return labels;
  }

  /** What is learnt from. */
  public List<Sentence> train() {
    return parts.train();
  }

  /** What early stopping looks at. */
  public List<Sentence> validation() {
    return parts.validation();
  }

  /** What nothing looks at before the last measurement. */
  public List<Sentence> test() {
    return parts.test();
  }

  /** How many sentences of each label each part has. */
  public Table counts() {
    Table table =
        Table.create("sentences", StringColumn.create("part", "train", "validation", "test"));
    for (String label : labels) {
      IntColumn column = IntColumn.create(label);
      for (List<Sentence> part : List.of(train(), validation(), test())) {
        column.append((int) part.stream().filter(s -> s.label().equals(label)).count());
      }
      table.addColumns(column);
    }
    return table;
  }

  /** Sizes, labels and vocabulary, in a line. */
  @Override
  public String toString() {
    List<Integer> sizes = new ArrayList<>();
    List.of(train(), validation(), test()).forEach(part -> sizes.add(part.size()));
    return "Sentences: %,d to learn from, %,d for validation, %,d to test; labels %s; %s"
        .formatted(sizes.get(0), sizes.get(1), sizes.get(2), String.join(", ", labels), vocabulary);
  }
}
