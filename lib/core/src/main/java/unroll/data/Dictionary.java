package unroll.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A translator that knows one word for each word, in the same order: the baseline of a translation.
 * It learns the words from sentence pairs as the first of IBM's models does (Brown et al. 1993), by
 * expectation and maximisation.
 *
 * <pre>
 * share(t, s)    = p(t | s) / (sum over the words s' of the sentence of p(t | s'))
 * p(t | s)       = (sum over all pairs of share(t, s)) / (the same, summed over all t)
 * translation(s) = the t with the greatest p(t | s)
 * </pre>
 *
 * <p>All p begin equal. As in the paper, each sentence has an empty word beside its own, which
 * takes what none of them accounts for.
 */
public final class Dictionary {

  private static final int ITERATIONS = 10;
  private static final String EMPTY = "<empty>";

  private final Map<String, String> translations = new LinkedHashMap<>();

  private Dictionary(Map<String, Map<String, Double>> probabilities) {
    probabilities.forEach((source, targets) -> translations.put(source, likeliest(targets)));
  }

  /** Learns from sentence pairs, at least one. */
  public static Dictionary learn(List<SentencePair> pairs) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("Dictionary.learn: needs at least one pair");
    }
    Map<String, Map<String, Double>> probabilities = Map.of();
    for (int i = 0; i < ITERATIONS; i++) {
      probabilities = improve(pairs, probabilities);
    }
    return new Dictionary(probabilities);
  }

  /** One turn of expectation and maximisation; no probabilities yet are equal ones. */
  private static Map<String, Map<String, Double>> improve(
      List<SentencePair> pairs, Map<String, Map<String, Double>> before) {
    Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
    for (SentencePair pair : pairs) {
      List<String> sources = new ArrayList<>(pair.sourceTokens());
      sources.add(EMPTY);
      for (String target : pair.targetTokens()) {
        double[] p =
            sources.stream()
                .mapToDouble(s -> before.isEmpty() ? 1 : before.get(s).get(target))
                .toArray();
        double sum = 0;
        for (double one : p) {
          sum += one;
        }
        for (int k = 0; k < p.length; k++) {
          shares
              .computeIfAbsent(sources.get(k), s -> new LinkedHashMap<>())
              .merge(target, sum > 0 ? p[k] / sum : 0, Double::sum);
        }
      }
    }
    shares.values().forEach(Dictionary::normalise);
    return shares;
  }

  private static void normalise(Map<String, Double> shares) {
    double sum = 0;
    for (double share : shares.values()) {
      sum += share;
    }
    double all = sum;
    shares.replaceAll((target, share) -> all > 0 ? share / all : 0);
  }

  /** Of equals the first in alphabetical order. */
  private static String likeliest(Map<String, Double> targets) {
    String best = null;
    for (Map.Entry<String, Double> entry : targets.entrySet()) {
      int order = best == null ? 1 : Double.compare(entry.getValue(), targets.get(best));
      if (order > 0 || (order == 0 && entry.getKey().compareTo(best) < 0)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  /** The likeliest translation of a word; the word itself where it is not known. */
  public String translation(String word) {
    return translations.getOrDefault(word, word);
  }

  /** A sentence word by word, in its own order. */
  public List<String> translate(List<String> tokens) {
    return tokens.stream().map(this::translation).toList();
  }

  /** A text word by word. */
  public String translate(String text) {
    return Tokenizer.words().join(translate(Tokenizer.words().tokens(text)));
  }

  /** How many words it knows. */
  @Override
  public String toString() {
    return "Dictionary: %,d words".formatted(translations.size() - 1);
  }
}
