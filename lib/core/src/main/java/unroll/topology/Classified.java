package unroll.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unroll.data.BagOfWords;
import unroll.data.Sentence;
import unroll.data.Sentences;
import unroll.loss.Confusion;
import unroll.loss.Metrics;

/** What was said of the test part's sentences, beside what baselines say of them. */
final class Classified {

  private final Sentences data;
  private final List<Prediction> predictions;
  private final List<String> model;
  private final List<String> bag;
  private final List<String> frequent;

  private Classified(Sentences data, List<Prediction> predictions) {
    this.data = data;
    this.predictions = predictions;
    model = predictions.stream().map(Prediction::label).toList();
    BagOfWords words = BagOfWords.learn(data.train());
    bag = data.test().stream().map(s -> words.predict(s.tokens())).toList();
    frequent = Collections.nCopies(model.size(), mostFrequent(data));
  }

  static Classified of(Sentences data, List<Prediction> predictions) {
    return new Classified(data, predictions);
  }

  private static String mostFrequent(Sentences data) {
    Function<String, Long> count =
        label -> data.train().stream().filter(s -> s.label().equals(label)).count();
    return data.labels().stream()
        .max(Comparator.comparing(count).thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  Score score() {
    return new Score("accuracy", accuracy(model), "bag of words", accuracy(bag));
  }

  Table table() {
    Table table =
        Table.create(
            "test part",
            StringColumn.create("classifier", "model", "bag of words", "most frequent label"),
            DoubleColumn.create("accuracy", accuracy(model), accuracy(bag), accuracy(frequent)),
            DoubleColumn.create("macro F1", f1(model), f1(bag), f1(frequent)));
    Decimals.show(table, 3);
    return table;
  }

  private double accuracy(List<String> said) {
    return Metrics.accuracy(classes(said), right());
  }

  /** The mean over the labels of the harmonic mean of precision and recall; 0 where both are. */
  private double f1(List<String> said) {
    return Confusion.of(data.labels().size(), classes(said), right()).macro().f1();
  }

  private int[] right() {
    return classes(data.test().stream().map(Sentence::label).toList());
  }

  private int[] classes(List<String> names) {
    return names.stream().mapToInt(data.labels()::indexOf).toArray();
  }

  Table mistakes() {
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < model.size(); i++) {
      if (!model.get(i).equals(data.test().get(i).label())) {
        wrong.add(i);
      }
    }
    wrong.sort(Comparator.comparingDouble(i -> -predictions.get(i).probability()));
    StringColumn text = StringColumn.create("text");
    StringColumn label = StringColumn.create("label");
    StringColumn said = StringColumn.create("model says");
    for (int i : wrong) {
      text.append(data.test().get(i).text());
      label.append(data.test().get(i).label());
      said.append(predictions.get(i).toString());
    }
    return Table.create("mistakes in the test part", text, label, said);
  }
}
