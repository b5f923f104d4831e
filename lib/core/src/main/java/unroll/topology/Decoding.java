package unroll.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Writes sequences one token at a time, the state carried along.
 *
 * @param <S> the state of what is being written, a batch of them
 */
final class Decoding<S> {

  /**
   * What says which token is next.
   *
   * @param <S> its state
   */
  interface Model<S> {
    /** Takes the tokens last written, one a sequence, in. */
    Next<S> step(int[] tokens, S state);

    /** The states of some of the sequences. */
    S select(S state, int... sequences);
  }

  /**
   * What the model says.
   *
   * @param logits of all tokens, one row a sequence; -∞ for what must not be written
   * @param state after the tokens
   */
  record Next<S>(double[][] logits, S state) {}

  /**
   * A sequence as far as it is written.
   *
   * @param tokens without the end token
   * @param logProbability of the tokens, the end included
   * @param ended whether the end token came
   */
  record Written(int[] tokens, double logProbability, boolean ended) {
    int length() {
      return tokens.length + (ended ? 1 : 0);
    }

    private Written then(int token, int end, double more) {
      if (token == end) {
        return new Written(tokens, logProbability + more, true);
      }
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      return new Written(longer, logProbability + more, false);
    }
  }

  private static final Written NOTHING = new Written(new int[0], 0, false);

  private final Model<S> model;
  private final int begin;
  private final int end;

  Decoding(Model<S> model, int begin, int end) {
    this.model = model;
    this.begin = begin;
    this.end = end;
  }

  /** Writes one sequence. */
  Written write(S initial, Decode how) {
    return how.beams() > 1 ? beams(initial, how).get(0) : write(initial, 1, how).get(0);
  }

  /** Writes many sequences side by side, greedily or drawing; not by beam search. */
  List<Written> write(S initial, int batch, Decode how) {
    Written[] written = new Written[batch];
    Arrays.fill(written, NOTHING);
    int[] last = new int[batch];
    Arrays.fill(last, begin);
    S state = initial;
    for (int t = 0; t < how.maxLength() && !Arrays.stream(written).allMatch(Written::ended); t++) {
      Next<S> next = model.step(last, state);
      state = next.state();
      for (int b = 0; b < batch; b++) {
        if (!written[b].ended()) {
          double[] logits = next.logits()[b];
          int token = how.next(logits);
          written[b] = written[b].then(token, end, Logits.logSoftmax(logits)[token]);
          last[b] = token;
        }
      }
    }
    return List.of(written);
  }

  /** A beginning and one of the tokens that may follow. */
  private record Candidate(int from, int token, double logProbability) {}

  /** The sentences that beam search ends with, the best first. */
  List<Written> beams(S initial, Decode how) {
    List<Written> live = new ArrayList<>(List.of(NOTHING));
    List<Written> done = new ArrayList<>();
    S state = initial;
    for (int t = 0; t < how.maxLength() && !live.isEmpty(); t++) {
      int[] last = live.stream().mapToInt(this::last).toArray();
      Next<S> next = model.step(last, state);
      List<Written> longer = new ArrayList<>();
      List<Integer> from = new ArrayList<>();
      for (Candidate c : best(live, next.logits(), how.beams() - done.size())) {
        Written before = live.get(c.from());
        Written after = before.then(c.token(), end, c.logProbability() - before.logProbability());
        if (after.ended()) {
          done.add(after);
        } else {
          longer.add(after);
          from.add(c.from());
        }
      }
      live = longer;
      if (!live.isEmpty()) {
        state = model.select(next.state(), from.stream().mapToInt(i -> i).toArray());
      }
    }
    done.addAll(live);
    done.sort(
        Comparator.comparingDouble((Written w) -> -how.score(w.logProbability(), w.length())));
    return Collections.unmodifiableList(done);
  }

  private int last(Written written) {
    return written.tokens().length == 0 ? begin : written.tokens()[written.tokens().length - 1];
  }

  private static List<Candidate> best(List<Written> live, double[][] logits, int count) {
    List<Candidate> all = new ArrayList<>();
    for (int h = 0; h < live.size(); h++) {
      double[] more = Logits.logSoftmax(logits[h]);
      for (int token = 0; token < more.length; token++) {
        if (more[token] > Double.NEGATIVE_INFINITY) {
          all.add(new Candidate(h, token, live.get(h).logProbability() + more[token]));
        }
      }
    }
    all.sort(
        Comparator.comparingDouble((Candidate c) -> -c.logProbability())
            .thenComparingInt(Candidate::from)
            .thenComparingInt(Candidate::token));
    return all.subList(0, Math.min(count, all.size()));
  }
}
