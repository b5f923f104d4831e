package unroll.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a corpus (Papineni et al. 2002): how many of the runs of one to four words in
 * translations are in their references too.
 *
 * <pre>
 * precision[n] = 100 (runs of n words that match, each at most as often as in one reference) / runs
 * brevity      = 1 if hypothesisLength &gt;= referenceLength, otherwise e^(1 - referenceLength / hypothesisLength)
 * score        = brevity (precision[1] precision[2] precision[3] precision[4])^(1/4)
 * </pre>
 *
 * <p>From 0 to 100. Counts are summed over all sentences first. The length of a reference is the
 * one next to the translation's, the shorter of two. The i-th precision that would be 0 is 100 /
 * (2^i runs) instead (exponential smoothing), unless nothing matches at all. The same as
 * sacreBLEU's (Post 2018) {@code corpus_bleu} of text that is cut into words already ({@code
 * tokenize="none"}); case counts.
 *
 * @param score BLEU
 * @param precisions of runs of 1 to 4 words, in per cent
 * @param brevity the penalty for translations that are too short, from 0 to 1
 * @param hypothesisLength words in all translations
 * @param referenceLength words in all references, one a translation
 */
public record Bleu(
    double score,
    List<Double> precisions,
    double brevity,
    long hypothesisLength,
    long referenceLength) {

  private static final int ORDER = 4;

  /** Copies the list. */
  public Bleu {
    precisions = List.copyOf(precisions);
  }

  /**
   * BLEU of translations with one reference each.
   *
   * @param hypotheses the words of each translation
   * @param references the words of each reference
   * @throws IllegalArgumentException if there are none, or not as many of both
   */
  public static Bleu of(List<List<String>> hypotheses, List<List<String>> references) {
    List<List<List<String>>> several = new ArrayList<>();
    references.forEach(reference -> several.add(List.of(reference)));
    return ofSeveral(hypotheses, several);
  }

  /**
   * BLEU of translations with some references each.
   *
   * @param hypotheses the words of each translation
   * @param references the words of each reference of each translation
   * @throws IllegalArgumentException if there are no translations, not as many lists of references,
   *     or one without a reference
   */
  public static Bleu ofSeveral(List<List<String>> hypotheses, List<List<List<String>>> references) {
    if (hypotheses.size() != references.size() || hypotheses.isEmpty()) {
      throw new IllegalArgumentException(
          "Bleu: needs as many references as translations, at least one; got %d and %d"
              .formatted(references.size(), hypotheses.size()));
    }
    Counts counts = new Counts();
    for (int i = 0; i < hypotheses.size(); i++) {
      if (references.get(i).isEmpty()) {
        throw new IllegalArgumentException("Bleu: translation %d has no reference".formatted(i));
      }
      counts.add(hypotheses.get(i), references.get(i));
    }
    return counts.bleu();
  }

  /** What is summed over all sentences. */
  private static final class Counts {

    private final long[] matching = new long[ORDER];
    private final long[] total = new long[ORDER];
    private long hypothesisLength;
    private long referenceLength;

    void add(List<String> hypothesis, List<List<String>> references) {
      hypothesisLength += hypothesis.size();
      referenceLength +=
          references.stream()
              .map(List::size)
              .min(
                  Comparator.comparingInt((Integer n) -> Math.abs(n - hypothesis.size()))
                      .thenComparing(Comparator.naturalOrder()))
              .orElseThrow();
      for (int n = 1; n <= ORDER; n++) {
        Map<List<String>, Integer> most = new HashMap<>();
        for (List<String> reference : references) {
          runs(reference, n).forEach((run, count) -> most.merge(run, count, Math::max));
        }
        for (Map.Entry<List<String>, Integer> run : runs(hypothesis, n).entrySet()) {
          total[n - 1] += run.getValue();
          matching[n - 1] += Math.min(run.getValue(), most.getOrDefault(run.getKey(), 0));
        }
      }
    }

    private static Map<List<String>, Integer> runs(List<String> words, int n) {
      Map<List<String>, Integer> runs = new HashMap<>();
      for (int i = 0; i + n <= words.size(); i++) {
        runs.merge(List.copyOf(words.subList(i, i + n)), 1, Integer::sum);
      }
      return runs;
    }

    Bleu bleu() {
      double brevity = 1;
      if (hypothesisLength < referenceLength) {
        brevity = Math.exp(1 - (double) referenceLength / hypothesisLength);
      }
      Double[] precisions = new Double[ORDER];
      Arrays.fill(precisions, 0.0);
      double score = 0;
      if (Arrays.stream(matching).anyMatch(count -> count > 0)) {
        double logs = 0;
        double smoothing = 1;
        for (int n = 0; n < ORDER; n++) {
          if (matching[n] > 0) {
            precisions[n] = 100.0 * matching[n] / total[n];
          } else if (total[n] > 0) {
            smoothing *= 2;
            precisions[n] = 100 / (smoothing * total[n]);
          }
          logs += Math.log(precisions[n]);
        }
        score = brevity * Math.exp(logs / ORDER);
      }
      return new Bleu(score, List.of(precisions), brevity, hypothesisLength, referenceLength);
    }
  }
}
