package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unroll.nn.Trainable;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

class BatchesTest {

  /** Examples that have nothing but lengths. */
  private record Lengths(int... lengths) implements Objective {
    @Override
    public Trainable model() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int examples() {
      return lengths.length;
    }

    @Override
    public int length(int example) {
      return lengths[example];
    }

    @Override
    public Tensor loss(int[] examples) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double validationLoss() {
      return Double.NaN;
    }
  }

  private static int[] drawn(int count) {
    Generator generator = Generator.of(3);
    return IntStream.range(0, count).map(i -> 1 + generator.nextInt(60)).toArray();
  }

  private static Pass draw(int[] lengths, Fit fit, long seed) {
    return Batches.of(new Lengths(lengths)).draw(Generator.of(seed), fit);
  }

  /** Steps of padding for each step of a sequence. */
  private static double padding(Pass pass) {
    double all = 0;
    double used = 0;
    for (int g = 0; g < pass.groups().length; g++) {
      for (int[] batch : pass.batches(g)) {
        all += (double) pass.length(batch) * batch.length;
        used += Arrays.stream(batch).map(i -> pass.lengths()[i]).sum();
      }
    }
    return (all - used) / used;
  }

  @Test
  void differentLengths_areBucketedSoThatLittleIsPadded() {
    int[] lengths = drawn(3000);
    Pass pass = draw(lengths, Fit.epochs(1).batch(16), 1);
    assertThat(pass.groups()).hasNumberOfRows(188);
    assertThat(Arrays.stream(pass.groups()).flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, 3000).toArray());
    assertThat(padding(pass)).isLessThan(0.05);
    int[] order = Generator.of(1).permutation(3000);
    int[][] plain = new int[187][];
    Arrays.setAll(plain, g -> Arrays.copyOfRange(order, g * 16, g * 16 + 16));
    assertThat(padding(new Pass(plain, lengths, 16, 1))).isGreaterThan(0.5);
  }

  @Test
  void bucketedBatches_comeInRandomOrderThatASeedRepeats() {
    int[] lengths = drawn(500);
    Fit fit = Fit.epochs(1).batch(8);
    Pass pass = draw(lengths, fit, 1);
    assertThat(draw(lengths, fit, 1).groups()).isDeepEqualTo(pass.groups());
    assertThat(Arrays.deepEquals(draw(lengths, fit, 2).groups(), pass.groups())).isFalse();
    int[] longest = IntStream.range(0, pass.groups().length).map(pass::length).toArray();
    int[] sorted = longest.clone();
    Arrays.sort(sorted);
    assertThat(longest).isNotEqualTo(sorted);
  }

  @Test
  void oneLength_isOnePermutation() {
    int[] lengths = new int[10];
    Arrays.fill(lengths, 7);
    Pass pass = draw(lengths, Fit.epochs(1).batch(4), 5);
    int[] order = Generator.of(5).permutation(10);
    assertThat(pass.groups())
        .isDeepEqualTo(
            new int[][] {
              Arrays.copyOfRange(order, 0, 4),
              Arrays.copyOfRange(order, 4, 8),
              Arrays.copyOfRange(order, 8, 10)
            });
  }

  @Test
  void accumulated_areTheBatchesOfTheLargeOne() {
    int[] lengths = drawn(100);
    Pass parts = draw(lengths, Fit.epochs(1).batch(4).accumulate(3), 1);
    Pass whole = draw(lengths, Fit.epochs(1).batch(12), 1);
    assertThat(parts.groups()).isDeepEqualTo(whole.groups());
    int full = parts.groups()[0].length == 12 ? 0 : 1;
    assertThat(parts.batches(full)).hasDimensions(3, 4);
  }

  @Test
  void steps_countThePartsOfEachGroup() {
    Pass pass = new Pass(new int[][] {{0, 1}, {2}}, new int[] {3, 10, 5}, 2, 4);
    assertThat(pass.steps()).isEqualTo(3 + 2);
    assertThat(new Pass(pass.groups(), pass.lengths(), 2, Integer.MAX_VALUE).steps()).isEqualTo(2);
  }

  @Test
  void hugeBatch_isAllThereIs() {
    Fit fit = Fit.epochs(1).batch(Integer.MAX_VALUE).accumulate(Integer.MAX_VALUE);
    Pass pass = draw(drawn(5), fit, 1);
    assertThat(pass.groups()).hasDimensions(1, 5);
    assertThat(pass.batches(0)).hasDimensions(1, 5);
  }

  @Test
  void nothing_isRefused() {
    assertThatThrownBy(() -> Batches.of(new Lengths()))
        .hasMessage("fit: the training part is empty; split it later?");
    assertThatThrownBy(() -> Batches.of(new Lengths(2, 0)))
        .hasMessage("fit: training example 1 has 0 steps; leave out what is empty");
  }

  @Test
  void longest_comesFirst() {
    assertThat(Batches.of(new Lengths(3, 9, 2, 9)).longest(3)).containsExactly(1, 3, 0);
  }
}
