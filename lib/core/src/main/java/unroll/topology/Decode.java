package unroll.topology;

import java.util.Locale;
import java.util.stream.IntStream;
import unroll.tensor.Generator;

/**
 * How a sequence is written from what a network says of the next token: {@code Decode.greedy()},
 * {@code Decode.beam(4).lengthPenalty(0.6)}, {@code Decode.sample().temperature(0.8).nucleus(0.9)}.
 *
 * <pre>
 * greedy        the most probable token, again and again
 * beam          the w most probable beginnings go on; the best end wins by
 *               ln p(y) / ((5 + |y|) / 6)^a, with the length penalty a     Wu et al. 2016
 * sample        a token drawn from softmax(logits / temperature), of which
 *   topK        only the k most probable tokens are kept,                 Fan et al. 2018
 *   nucleus     only the smallest set with at least this probability      Holtzman et al. 2020
 * </pre>
 *
 * <p>Draws come from {@link Generator#current()}. Of equals the token with the smaller number goes
 * first. |y| counts the end token.
 *
 * @param beams how many beginnings go on; 1 without beam search
 * @param lengthPenalty a; 0 leaves lengths alone
 * @param sampling whether tokens are drawn
 * @param temperature over 0; under 1 sharpens, over 1 flattens
 * @param topK how many tokens are kept at most
 * @param nucleus which probability the tokens that are kept have at least
 * @param maxLength how many tokens are written at most
 */
public record Decode(
    int beams,
    double lengthPenalty,
    boolean sampling,
    double temperature,
    int topK,
    double nucleus,
    int maxLength) {

  private static final int DEFAULT_LENGTH = 50;

  /** Checks the settings. */
  public Decode {
    require(beams >= 1, "the beam must be at least 1 wide", beams);
    require(temperature > 0 && temperature < 1e6, "the temperature must be over 0", temperature);
    require(topK >= 1, "topK must be at least 1", topK);
    require(nucleus > 0 && nucleus <= 1, "the nucleus must be over 0 and at most 1", nucleus);
    boolean draws = sampling || temperature != 1 || topK < Integer.MAX_VALUE || nucleus < 1;
    require(
        beams == 1 || !draws,
        "beam search does not draw; leave out temperature, topK and nucleus, or begin with Decode.sample()",
        "a beam of " + beams);
    require(maxLength >= 1, "the longest length must be at least 1", maxLength);
    require(lengthPenalty >= 0, "the length penalty must be 0 or more", lengthPenalty);
  }

  private static void require(boolean holds, String rule, Object got) {
    if (!holds) {
      throw new IllegalArgumentException("Decode: " + rule + ", got " + got);
    }
  }

  /** The most probable token, again and again. */
  public static Decode greedy() {
    return new Decode(1, 0, false, 1, Integer.MAX_VALUE, 1, DEFAULT_LENGTH);
  }

  /** Beam search: so many beginnings go on. */
  public static Decode beam(int beams) {
    return new Decode(beams, 0, false, 1, Integer.MAX_VALUE, 1, DEFAULT_LENGTH);
  }

  /** Tokens drawn by their probabilities. */
  public static Decode sample() {
    return new Decode(1, 0, true, 1, Integer.MAX_VALUE, 1, DEFAULT_LENGTH);
  }

  /** The same beam search with a length penalty: 0 favours short sentences, 0.6 to 1 is usual. */
  public Decode lengthPenalty(double a) {
    return new Decode(beams, a, sampling, temperature, topK, nucleus, maxLength);
  }

  /** The same sampling with another temperature. */
  public Decode temperature(double other) {
    return new Decode(beams, lengthPenalty, sampling, other, topK, nucleus, maxLength);
  }

  /** The same sampling from the k most probable tokens only. */
  public Decode topK(int k) {
    return new Decode(beams, lengthPenalty, sampling, temperature, k, nucleus, maxLength);
  }

  /** The same sampling from the smallest set of tokens with at least this probability. */
  public Decode nucleus(double p) {
    return new Decode(beams, lengthPenalty, sampling, temperature, topK, p, maxLength);
  }

  /** The same with so many tokens at most. */
  public Decode maxLength(int tokens) {
    return new Decode(beams, lengthPenalty, sampling, temperature, topK, nucleus, tokens);
  }

  /** The next token, from the logits of all. */
  int next(double[] logits) {
    return sampling ? draw(logits, Generator.current()) : Logits.best(logits);
  }

  private int draw(double[] logits, Generator generator) {
    double[] p = probabilities(logits);
    double left = generator.nextDouble();
    int last = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0) {
        left -= p[i];
        last = i;
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  /** What is drawn from: probabilities after temperature, top-k and nucleus, in this order. */
  double[] probabilities(double[] logits) {
    double[] scaled = new double[logits.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = logits[i] / temperature;
    }
    double[] p = Logits.softmax(scaled);
    if (topK >= p.length && nucleus == 1) {
      return p;
    }
    int[] order = order(p);
    keep(p, order, Math.min(topK, p.length));
    double sum = 0;
    int kept = 0;
    while (kept < p.length && sum < nucleus && p[order[kept]] > 0) {
      sum += p[order[kept++]];
    }
    keep(p, order, Math.max(1, kept));
    return p;
  }

  private static int[] order(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted((a, b) -> p[a] != p[b] ? Double.compare(p[b], p[a]) : Integer.compare(a, b))
        .mapToInt(i -> i)
        .toArray();
  }

  /** Leaves the first of an order, and makes them sum to one. */
  private static void keep(double[] p, int[] order, int count) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      if (i < count) {
        sum += p[order[i]];
      } else {
        p[order[i]] = 0;
      }
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
  }

  /** What beam search compares whole sentences by. */
  double score(double logProbability, int length) {
    return logProbability / StrictMath.pow((5.0 + length) / 6, lengthPenalty);
  }

  /** In words: "beam of 4, length penalty 0.6". */
  @Override
  public String toString() {
    if (beams > 1) {
      return String.format(Locale.ROOT, "beam of %d, length penalty %s", beams, lengthPenalty);
    }
    if (!sampling) {
      return "greedy";
    }
    return String.format(Locale.ROOT, "sampled at temperature %s", temperature)
        + (topK < Integer.MAX_VALUE ? ", top " + topK : "")
        + (nucleus < 1 ? ", nucleus " + nucleus : "");
  }
}
