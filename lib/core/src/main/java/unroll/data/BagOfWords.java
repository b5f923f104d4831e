package unroll.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A classifier that knows which words occur and not in which order: the baseline for a network that
 * reads. Naive Bayes over word counts, one added to each.
 *
 * <pre>
 * label(sentence) = the label l with the greatest ln p(l) + sum over its words w of ln p(w | l)
 * p(w | l)        = (count of w in sentences of l + 1) / (count of words in them + vocabulary)
 * </pre>
 *
 * <p>Words that no sentence to learn from has count for nothing (McCallum and Nigam 1998).
 */
public final class BagOfWords {

  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
  private final Map<String, Integer> words = new HashMap<>();
  private final Map<String, Integer> sentences = new HashMap<>();
  private final Map<String, Integer> all = new HashMap<>();
  private final int total;

  private BagOfWords(List<Sentence> learnt) {
    total = learnt.size();
    for (Sentence sentence : learnt) {
      String label = sentence.label();
      sentences.merge(label, 1, Integer::sum);
      Map<String, Integer> of = counts.computeIfAbsent(label, l -> new HashMap<>());
      for (String token : sentence.tokens()) {
        of.merge(token, 1, Integer::sum);
        all.merge(token, 1, Integer::sum);
        words.merge(label, 1, Integer::sum);
      }
    }
  }

  /** Learns from sentences, at least one. */
  public static BagOfWords learn(List<Sentence> sentences) {
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("BagOfWords.learn: needs at least one sentence");
    }
    return new BagOfWords(sentences);
  }

  /** The label of a sentence with these words; of equals the first in alphabetical order. */
  public String predict(List<String> tokens) {
    String best = "";
    double most = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Map<String, Integer>> entry : counts.entrySet()) {
      String label = entry.getKey();
      double score = StrictMath.log((double) sentences.get(label) / total);
      double room = words.getOrDefault(label, 0) + (double) all.size();
      for (String token : tokens) {
        if (all.containsKey(token)) {
          score += StrictMath.log((entry.getValue().getOrDefault(token, 0) + 1) / room);
        }
      }
      if (score > most) {
        most = score;
        best = label;
      }
    }
    return best;
  }
}
