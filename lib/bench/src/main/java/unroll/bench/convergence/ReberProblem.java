package unroll.bench.convergence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unroll.autograd.Tape;
import unroll.loss.CrossEntropy;
import unroll.optim.Schedule;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The embedded Reber grammar (Hochreiter and Schmidhuber 1997, experiment 1): the network reads a
 * string symbol by symbol and says what may come next.
 *
 * <pre>
 * input   [time, batch, 7], one-hot
 * target  the next symbol, at each step but the last
 * </pre>
 *
 * <p>A string counts as right where, at each of its steps, every symbol that may come next has a
 * greater output than every one that may not. At the last step but one only one may: the string's
 * second. Short strings are frequent, so test strings have been seen in training, too; those that
 * have not are counted by themselves.
 */
final class ReberProblem implements Problem {

  private static final int CHUNK = 128;

  /** The strings that training has shown. */
  private final Set<String> seen = new HashSet<>();

  @Override
  public String name() {
    return "reber";
  }

  @Override
  public String metric() {
    return "share of strings";
  }

  @Override
  public int inputSize() {
    return Reber.SYMBOLS.length();
  }

  @Override
  public int outputSize() {
    return Reber.SYMBOLS.length();
  }

  @Override
  public Recipe recipe(String cell) {
    return new Recipe(32, 16, 1e-2, Schedule.constant(), 1, 4000, 100, Goal.atLeast(1), 10);
  }

  @Override
  public Goal goal(String cell) {
    return cell.equals("RNN") ? Goal.none() : Goal.atLeast(1);
  }

  private static List<Reber.Text> draw(int count, Generator generator) {
    List<Reber.Text> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(Reber.draw(generator));
    }
    return texts;
  }

  /** The outputs at the steps that have a next symbol, string by string: [steps, 7]. */
  private static Tensor logits(Network network, List<Reber.Text> texts) {
    int symbols = Reber.SYMBOLS.length();
    int batch = texts.size();
    int time = texts.stream().mapToInt(text -> text.text().length()).max().orElseThrow() - 1;
    int steps = texts.stream().mapToInt(text -> text.text().length() - 1).sum();
    double[] input = new double[time * batch * symbols];
    int[] rows = new int[steps];
    int row = 0;
    for (int b = 0; b < batch; b++) {
      String text = texts.get(b).text();
      for (int t = 0; t < text.length() - 1; t++) {
        rows[row++] = t * batch + b;
        input[(t * batch + b) * symbols + Reber.SYMBOLS.indexOf(text.charAt(t))] = 1;
      }
    }
    Tensor all = network.each(Tensor.of(input, time, batch, symbols));
    return all.reshape(time * batch, symbols).gather(rows);
  }

  @Override
  public Tensor loss(Network network, int batch, Generator generator) {
    List<Reber.Text> texts = draw(batch, generator);
    texts.forEach(text -> seen.add(text.text()));
    int[] next =
        texts.stream()
            .flatMapToInt(text -> text.text().substring(1).chars())
            .map(Reber.SYMBOLS::indexOf)
            .toArray();
    return CrossEntropy.of(logits(network, texts), next);
  }

  @Override
  public Score score(Network network, int examples, Generator generator) {
    Tally tally = new Tally();
    while (tally.strings < examples) {
      List<Reber.Text> texts = draw(CHUNK, generator);
      double[] outputs = outputs(network, texts);
      int row = 0;
      for (Reber.Text text : texts) {
        boolean[] right = new boolean[text.legal().size()];
        for (int t = 0; t < right.length; t++) {
          right[t] = legal(outputs, row++, text.legal().get(t));
        }
        tally.add(right, !seen.contains(text.text()));
      }
    }
    return tally.score();
  }

  /** Counts what is right. */
  private static final class Tally {
    int strings;
    int right;
    int rightLast;
    int unseen;
    int rightUnseen;

    void add(boolean[] steps, boolean isNew) {
      int all = 1;
      for (boolean step : steps) {
        all &= step ? 1 : 0;
      }
      strings++;
      right += all;
      rightLast += steps[steps.length - 2] ? 1 : 0;
      unseen += isNew ? 1 : 0;
      rightUnseen += isNew ? all : 0;
    }

    Score score() {
      Map<String, Number> also = new LinkedHashMap<>();
      also.put("last symbol but one", rightLast / (double) strings);
      also.put("strings", strings);
      also.put("unseen strings", unseen);
      if (unseen > 0) {
        also.put("share of unseen strings", rightUnseen / (double) unseen);
      }
      return new Score(right / (double) strings, also);
    }
  }

  private static double[] outputs(Network network, List<Reber.Text> texts) {
    try (Tape memory = Tape.blank()) {
      return logits(network, texts).toArray();
    }
  }

  /** Whether all that may come next have greater outputs than all that may not. */
  static boolean legal(double[] outputs, int row, String legal) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < Reber.SYMBOLS.length(); s++) {
      double output = outputs[row * Reber.SYMBOLS.length() + s];
      if (legal.indexOf(Reber.SYMBOLS.charAt(s)) >= 0) {
        least = Math.min(least, output);
      } else {
        greatest = Math.max(greatest, output);
      }
    }
    return least > greatest;
  }
}
