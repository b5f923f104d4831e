package unroll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.tensor.Generator;
import unroll.topology.Decoding.Written;

class DecodeTest {

  private static final int END = 0;
  private static final int WORDS = 4;

  /** A model whose logits are random numbers, but the same after the same two last tokens. */
  private static Decoding.Model<List<int[]>> model(long seed) {
    Generator g = Generator.of(seed);
    double[] table = new double[WORDS * WORDS * WORDS];
    g.fillNormal(table, 0, 2);
    return new Decoding.Model<>() {
      @Override
      public Decoding.Next<List<int[]>> step(int[] tokens, List<int[]> state) {
        double[][] logits = new double[tokens.length][WORDS];
        List<int[]> after = new ArrayList<>();
        for (int b = 0; b < tokens.length; b++) {
          int before = state.get(b)[0];
          System.arraycopy(table, (before * WORDS + tokens[b]) * WORDS, logits[b], 0, WORDS);
          after.add(new int[] {tokens[b]});
        }
        return new Decoding.Next<>(logits, after);
      }

      @Override
      public List<int[]> select(List<int[]> state, int... sequences) {
        return Arrays.stream(sequences).mapToObj(state::get).toList();
      }
    };
  }

  private static List<int[]> start(int batch) {
    List<int[]> state = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      state.add(new int[] {1});
    }
    return state;
  }

  private static Written write(long seed, Decode how) {
    return new Decoding<>(model(seed), 1, END).write(start(1), how);
  }

  /** Every sentence there is, up to a length, with its probability. */
  private static List<Written> all(long seed, int maxLength) {
    List<Written> done = new ArrayList<>();
    all(model(seed), new int[0], 0, start(1), maxLength, done);
    return done;
  }

  private static void all(
      Decoding.Model<List<int[]>> model,
      int[] tokens,
      double logP,
      List<int[]> state,
      int left,
      List<Written> done) {
    if (left == 0) {
      done.add(new Written(tokens, logP, false));
      return;
    }
    int last = tokens.length == 0 ? 1 : tokens[tokens.length - 1];
    Decoding.Next<List<int[]>> next = model.step(new int[] {last}, state);
    double sum = Arrays.stream(next.logits()[0]).map(Math::exp).sum();
    for (int token = 0; token < WORDS; token++) {
      double more = logP + next.logits()[0][token] - Math.log(sum);
      if (token == END) {
        done.add(new Written(tokens, more, true));
      } else {
        int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
        longer[tokens.length] = token;
        all(model, longer, more, next.state(), left - 1, done);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void beam_wideEnough_findsTheBestOfAll(long seed) {
    for (double penalty : new double[] {0, 0.6, 1}) {
      Decode how = Decode.beam(400).lengthPenalty(penalty).maxLength(5);
      Written best =
          all(seed, 5).stream()
              .max(Comparator.comparingDouble(w -> how.score(w.logProbability(), w.length())))
              .orElseThrow();
      Written found = write(seed, how);
      assertThat(found.tokens()).as("penalty " + penalty).isEqualTo(best.tokens());
      assertThat(found.logProbability()).isCloseTo(best.logProbability(), within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void greedy_isABeamOfOne(long seed) {
    Decode greedy = Decode.greedy().maxLength(6);
    Written one =
        new Decoding<>(model(seed), 1, END).beams(start(1), Decode.beam(1).maxLength(6)).get(0);
    assertThat(one.tokens()).isEqualTo(write(seed, greedy).tokens());
    assertThat(one.logProbability()).isCloseTo(write(seed, greedy).logProbability(), within(1e-12));
    assertThat(one.ended()).isEqualTo(write(seed, greedy).ended());
  }

  @Test
  void beam_isNeverWorseThanGreedyWhenItIsWide_andSideBySideIsOneByOne() {
    for (long seed = 1; seed < 9; seed++) {
      List<Written> many =
          new Decoding<>(model(seed), 1, END).write(start(3), 3, Decode.greedy().maxLength(6));
      assertThat(many).allMatch(w -> Arrays.equals(w.tokens(), many.get(0).tokens()));
      assertThat(write(seed, Decode.beam(400).maxLength(6)).logProbability())
          .isGreaterThanOrEqualTo(many.get(0).logProbability() - 1e-12);
    }
  }

  @Test
  void probabilities_areThoseOfTheDefinitions() {
    double[] logits = logs(0.4, 0.3, 0.2, 0.1);
    assertThat(Decode.sample().probabilities(logits))
        .containsExactly(new double[] {0.4, 0.3, 0.2, 0.1}, within(1e-12));
    assertThat(Decode.sample().topK(2).probabilities(logits))
        .containsExactly(new double[] {4 / 7.0, 3 / 7.0, 0, 0}, within(1e-12));
    assertThat(Decode.sample().nucleus(0.65).probabilities(logits))
        .containsExactly(new double[] {4 / 7.0, 3 / 7.0, 0, 0}, within(1e-12));
    assertThat(Decode.sample().nucleus(0.75).probabilities(logits))
        .containsExactly(new double[] {4 / 9.0, 3 / 9.0, 2 / 9.0, 0}, within(1e-12));
    assertThat(Decode.sample().nucleus(1e-9).probabilities(logits)).containsExactly(1, 0, 0, 0);
    assertThat(Decode.sample().topK(1).probabilities(logs(0.1, 0.45, 0.45)))
        .containsExactly(0, 1, 0);
    assertThat(Decode.sample().temperature(0.5).probabilities(logits))
        .containsExactly(new double[] {16 / 30.0, 9 / 30.0, 4 / 30.0, 1 / 30.0}, within(1e-12));
    assertThat(Decode.sample().topK(3).nucleus(0.5).probabilities(logits))
        .containsExactly(new double[] {4 / 7.0, 3 / 7.0, 0, 0}, within(1e-12));
  }

  private static double[] logs(double... p) {
    return Arrays.stream(p).map(Math::log).toArray();
  }

  @Test
  void sample_drawsAsOftenAsProbable() {
    double[] logits = logs(0.5, 0.3, 0.15, 0.05);
    int[] counts = new int[4];
    Generator.with(
        Generator.of(11),
        () -> {
          for (int i = 0; i < 20_000; i++) {
            counts[Decode.sample().topK(3).next(logits)]++;
          }
        });
    assertThat(counts[0] / 20_000.0).isCloseTo(0.5 / 0.95, within(0.015));
    assertThat(counts[1] / 20_000.0).isCloseTo(0.3 / 0.95, within(0.015));
    assertThat(counts[3]).isZero();
  }

  @Test
  void score_isWusLengthPenalty() {
    Decode how = Decode.beam(2).lengthPenalty(0.6);
    assertThat(how.score(-3, 1)).isCloseTo(-3, within(1e-12));
    assertThat(how.score(-3, 7)).isCloseTo(-3 / Math.pow(2, 0.6), within(1e-12));
  }

  @Test
  void settings_areChecked() {
    assertThatThrownBy(() -> Decode.beam(0))
        .hasMessage("Decode: the beam must be at least 1 wide, got 0");
    assertThatThrownBy(() -> Decode.sample().temperature(0)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> Decode.sample().nucleus(1.1)).hasMessageContaining("nucleus");
    assertThatThrownBy(() -> Decode.sample().topK(0)).hasMessageContaining("topK");
    for (UnaryOperator<Decode> draws :
        List.<UnaryOperator<Decode>>of(
            d -> d.temperature(0.5), d -> d.topK(5), d -> d.nucleus(0.9))) {
      assertThatThrownBy(() -> draws.apply(Decode.beam(4)))
          .hasMessageContaining("beam search does not draw")
          .hasMessageContaining("Decode.sample()");
      assertThat(draws.apply(Decode.sample()).sampling()).isTrue();
    }
    assertThat(Decode.beam(4)).hasToString("beam of 4, length penalty 0.0");
    assertThat(Decode.sample().topK(5).nucleus(0.9))
        .hasToString("sampled at temperature 1.0, top 5, nucleus 0.9");
  }
}
