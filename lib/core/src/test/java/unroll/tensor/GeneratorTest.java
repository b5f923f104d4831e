package unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.tensor.Generator.State;

class GeneratorTest {

  @AfterEach
  void sessionAsItWas() {
    Generator.seed(Generator.DEFAULT_SEED);
  }

  @Test
  void current_outsideOfWith_isTheSessions() {
    assertThat(Generator.current()).isSameAs(Generator.session());
  }

  @Test
  void with_nestsAndGoesBack_evenAfterAnError() {
    Generator outer = Generator.of(1);
    Generator inner = Generator.of(2);
    Generator.with(
        outer,
        () -> {
          assertThat(Generator.with(inner, Generator::current)).isSameAs(inner);
          assertThat(Generator.current()).isSameAs(outer);
          Runnable broken =
              () -> {
                throw new IllegalStateException("broken");
              };
          assertThatThrownBy(() -> Generator.with(inner, broken)).hasMessage("broken");
          assertThat(Generator.current()).isSameAs(outer);
        });
    assertThat(Generator.current()).isSameAs(Generator.session());
  }

  @Test
  void with_holdsForItsThreadOnly() throws InterruptedException {
    List<Generator> seen = new ArrayList<>();
    Thread other = new Thread(() -> seen.add(Generator.current()));
    Runnable work =
        () -> {
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Generator.with(Generator.of(1), work);
    assertThat(seen).containsExactly(Generator.session());
  }

  /**
   * The known answers that are published with Random123; words of counter and key, word 0 first.
   */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void philox_knownAnswers(String counter, String key, String expected) {
    int[] c = words(counter);
    int[] k = words(key);
    int[] block = new int[4];
    Philox.block(join(c[0], c[1]), join(c[2], c[3]), join(k[0], k[1]), block);
    assertThat(block).containsExactly(words(expected));
  }

  @Test
  void nextInt_wordsOfSuccessiveCounters() {
    long seed = 0x123456789ABCDEFL;
    Generator generator = Generator.of(seed);
    int[] block = new int[4];
    for (long counter = 0; counter < 5; counter++) {
      Philox.block(counter, 0, seed, block);
      for (int word : block) {
        assertThat(generator.nextInt()).isEqualTo(word);
      }
    }
  }

  @Test
  void sameSeed_sameNumbers() {
    assertThat(ints(Generator.of(7), 100)).containsExactly(ints(Generator.of(7), 100));
    assertThat(ints(Generator.of(7), 100)).isNotEqualTo(ints(Generator.of(8), 100));
    assertThat(ints(Generator.of(7), 100)).isNotEqualTo(ints(Generator.of(7L << 32), 100));
  }

  /** Frozen, so that nobody changes how words become numbers without noticing. */
  @Test
  void draws_frozenBits() {
    assertThat(Generator.of(0).nextInt()).isEqualTo(0x6627e8d5);
    assertThat(Generator.of(0).nextFloat()).isEqualTo(0x6627e8 / 16777216f);
    double first = (0x6627e8d5e169c58dL >>> 11) / 0x1p53;
    assertThat(Generator.of(0).nextDouble()).isEqualTo(first);
    double second = (0xbc57ac4c9b00dbd8L >>> 11) / 0x1p53;
    double normal =
        StrictMath.sqrt(-2 * StrictMath.log(1 - first)) * StrictMath.cos(2 * Math.PI * second);
    assertThat(Generator.of(0).nextGaussian()).isEqualTo(normal);
    assertThat(Generator.of(0).nextInt(10)).isEqualTo((int) ((0x6627e8d5L * 10) >> 32));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 1001})
  void savedState_goesOnBitForBit(int before) {
    Generator generator = Generator.of(-3);
    ints(generator, before);
    State state = generator.state();
    double[] expected = mixed(generator);
    assertThat(mixed(Generator.of(state))).containsExactly(expected);
    generator.restore(state);
    assertThat(mixed(generator)).containsExactly(expected);
    assertThat(Generator.of(state).state()).isEqualTo(state);
  }

  @Test
  void damagedState_refused() {
    assertThatThrownBy(() -> new State(1, 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 3, got 4");
  }

  @Test
  void seed_setsTheSessionInPlace() {
    Generator session = Generator.session();
    ints(session, 3);
    Generator.seed(5);
    assertThat(Generator.session()).isSameAs(session);
    assertThat(ints(session, 10)).containsExactly(ints(Generator.of(5), 10));
  }

  @Test
  void uniform_statistics() {
    double[] x = new double[100_000];
    Generator.of(1).fillUniform(x, -2, 6);
    assertThat(share(x, value -> value >= -2 && value < 6)).isEqualTo(1);
    assertThat(mean(x)).isCloseTo(2, within(0.03));
    assertThat(variance(x)).isCloseTo(64 / 12.0, within(0.05));
  }

  @Test
  void uniform_narrowRange_neverReachesTheEnd() {
    double[] x = new double[1000];
    Generator.of(1).fillUniform(x, 1, Math.nextUp(1.0));
    assertThat(x).containsOnly(1.0);
  }

  @Test
  void floatsAndDoubles_statistics() {
    Generator generator = Generator.of(2);
    double[] doubles = new double[100_000];
    double[] floats = new double[100_000];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = generator.nextDouble();
      floats[i] = generator.nextFloat();
    }
    for (double[] x : new double[][] {doubles, floats}) {
      assertThat(share(x, value -> value >= 0 && value < 1)).isEqualTo(1);
      assertThat(mean(x)).isCloseTo(0.5, within(0.004));
      assertThat(variance(x)).isCloseTo(1 / 12.0, within(0.001));
    }
  }

  @Test
  void normal_statistics() {
    double[] x = new double[200_000];
    Generator.of(3).fillNormal(x, 5, 2);
    assertThat(mean(x)).isCloseTo(5, within(0.02));
    assertThat(variance(x)).isCloseTo(4, within(0.06));
    assertThat(share(x, value -> Math.abs(value - 5) < 2)).isCloseTo(0.6827, within(0.005));
    assertThat(share(x, value -> Math.abs(value - 5) < 4)).isCloseTo(0.9545, within(0.003));
    assertThat(share(x, value -> value - 5 > 6)).isCloseTo(0.00135, within(0.0004));
  }

  @Test
  void normal_noDeviation_isTheMean() {
    double[] x = new double[10];
    Generator.of(3).fillNormal(x, 5, 0);
    assertThat(x).containsOnly(5.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 64, 1000})
  void boundedInt_evenlySpread(int bound) {
    Generator generator = Generator.of(4);
    int draws = 200 * bound;
    int[] counts = new int[bound];
    for (int i = 0; i < draws; i++) {
      counts[generator.nextInt(bound)]++;
    }
    assertThat(chiSquare(counts, draws)).isLessThan(bound - 1 + 5 * Math.sqrt(2 * bound));
  }

  /** Words modulo this bound, 3/8 of all, would fall on the upper third less often. */
  @Test
  void boundedInt_hugeBound_unbiased() {
    Generator generator = Generator.of(5);
    int bound = 3 << 29;
    int[] counts = new int[3];
    for (int i = 0; i < 30_000; i++) {
      counts[generator.nextInt(bound) / (1 << 29)]++;
    }
    assertThat(chiSquare(counts, 30_000)).isLessThan(14);
  }

  @Test
  void permutation_everyNumberOnce() {
    for (int n : new int[] {0, 1, 2, 10, 1000}) {
      int[] order = Generator.of(6).permutation(n);
      Arrays.sort(order);
      assertThat(order).containsExactly(IntStream.range(0, n).toArray());
    }
  }

  @Test
  void permutation_allOrdersEquallyOften() {
    Generator generator = Generator.of(7);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      counts.merge(Arrays.toString(generator.permutation(4)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    int[] each = counts.values().stream().mapToInt(Integer::intValue).toArray();
    assertThat(chiSquare(each, 24_000)).isLessThan(23 + 5 * Math.sqrt(46));
  }

  @Test
  void severalThreads_eachWordOnce() throws InterruptedException {
    Generator generator = Generator.of(8);
    Set<Integer> single = new HashSet<>();
    Arrays.stream(ints(Generator.of(8), 4000)).forEach(single::add);
    int[][] drawn = new int[4][];
    Thread[] threads = new Thread[4];
    for (int i = 0; i < 4; i++) {
      int index = i;
      threads[i] = new Thread(() -> drawn[index] = ints(generator, 1000));
      threads[i].start();
    }
    Set<Integer> together = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      threads[i].join();
      Arrays.stream(drawn[i]).forEach(together::add);
    }
    assertThat(together).isEqualTo(single);
  }

  @Test
  void badArguments_refusedWithTheirValue() {
    Generator generator = Generator.of(1);
    assertThatThrownBy(() -> generator.nextInt(0)).hasMessageContaining("positive, got 0");
    assertThatThrownBy(() -> generator.permutation(-1)).hasMessageContaining("got -1");
    double[] x = new double[1];
    assertThatThrownBy(() -> generator.fillUniform(x, 1, 1)).hasMessageContaining("1.0 and 1.0");
    assertThatThrownBy(() -> generator.fillUniform(x, 0, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> generator.fillNormal(x, 0, -1)).hasMessageContaining("-1.0");
  }

  private static int[] words(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(w -> Integer.parseUnsignedInt(w, 16)).toArray();
  }

  private static long join(int low, int high) {
    return (low & 0xFFFFFFFFL) | (long) high << 32;
  }

  private static int[] ints(Generator generator, int count) {
    int[] drawn = new int[count];
    Arrays.setAll(drawn, i -> generator.nextInt());
    return drawn;
  }

  private static double[] mixed(Generator generator) {
    double[] drawn = new double[70];
    Arrays.setAll(
        drawn,
        i ->
            switch (i % 5) {
              case 0 -> generator.nextInt();
              case 1 -> generator.nextFloat();
              case 2 -> generator.nextGaussian();
              case 3 -> generator.nextInt(10);
              default -> generator.nextDouble();
            });
    return drawn;
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double variance(double[] x) {
    double mean = mean(x);
    return Arrays.stream(x).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
  }

  private static double share(double[] x, DoublePredicate which) {
    return (double) Arrays.stream(x).filter(which).count() / x.length;
  }

  private static double chiSquare(int[] counts, int draws) {
    double expected = (double) draws / counts.length;
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }
}
