package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.optim.Adam;
import unroll.optim.Optimizer;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class CtcTest {

  private static final int CLASSES = 3;
  private static final int[][] TARGETS = {{1, 2}, {}, {2, 2}, {1}};
  private static final int[] LENGTHS = {5, 2, 4, 1};

  private static Parameter logits() {
    return Samples.of(1).parameter(-2.0, 2.0, 5, 4, CLASSES);
  }

  /** What a path spells, by the definition. */
  private static int[] spelt(int[] path, int blank) {
    return IntStream.range(0, path.length)
        .filter(t -> path[t] != blank && (t == 0 || path[t] != path[t - 1]))
        .map(t -> path[t])
        .toArray();
  }

  /** The loss by adding up every path there is. */
  private static double byEveryPath(double[] x, int b, int batch, int blank) {
    int paths = (int) Math.pow(CLASSES, LENGTHS[b]);
    double sum = 0;
    for (int number = 0; number < paths; number++) {
      int[] path = new int[LENGTHS[b]];
      double p = 1;
      for (int t = 0, rest = number; t < path.length; t++, rest /= CLASSES) {
        path[t] = rest % CLASSES;
        int from = (t * batch + b) * CLASSES;
        double all = 0;
        for (int c = 0; c < CLASSES; c++) {
          all += Math.exp(x[from + c]);
        }
        p *= Math.exp(x[from + path[t]]) / all;
      }
      sum += Arrays.equals(spelt(path, blank), TARGETS[b]) ? p : 0;
    }
    return -Math.log(sum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "cpu"})
  void value_isTheSumOverEveryPath(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor logits = logits().value();
          double[] x = logits.toArray();
          double sum = 0;
          for (int b = 0; b < 4; b++) {
            sum += byEveryPath(x, b, 4, 0) / Math.max(1, TARGETS[b].length);
          }
          Tensor loss = Ctc.of(logits, TARGETS, LENGTHS);
          assertThat(loss.shape().rank()).isZero();
          assertThat(loss.item()).isCloseTo(sum / 4, within(backend.equals("cpu") ? 1e-6 : 1e-13));
        });
  }

  @Test
  void gradient_agreesWithCentralDifferences() {
    Parameter logits = logits();
    GradientCheck.Result worst =
        GradientCheck.check(
            List.of(logits), () -> Ctc.of(logits.value(), TARGETS, LENGTHS).times(7));
    assertThat(worst.error()).as("%s", worst).isLessThan(1e-8);
  }

  @Test
  void twoBackwards_giveTheSame() {
    Parameter logits = logits();
    try (Tape tape = Tape.open()) {
      Tensor loss = Ctc.of(logits.value(), TARGETS, LENGTHS);
      double[] first = tape.backward(loss).of(logits).toArray();
      assertThat(tape.backward(loss).of(logits).toArray()).containsExactly(first);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "cpu"})
  void padding_changesNeitherLossNorGradient(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          double[] numbers = Samples.of(2).values(5 * CLASSES, -2, 2);
          double[] padded = Arrays.copyOf(numbers, 7 * CLASSES);
          Arrays.fill(padded, numbers.length, padded.length, Double.NaN);
          Parameter exact = Parameter.of("exact", Tensor.of(numbers, 5, 1, CLASSES));
          Parameter longer = Parameter.of("longer", Tensor.of(padded, 7, 1, CLASSES));
          int[][] target = {{1, 2, 1}};
          try (Tape tape = Tape.open()) {
            Tensor ofExact = Ctc.of(exact.value(), target, null);
            Tensor ofLonger = Ctc.of(longer.value(), target, new int[] {5});
            assertThat(ofLonger.item()).isFinite().isEqualTo(ofExact.item());
            double[] gradient = tape.backward(ofLonger).of(longer).toArray();
            assertThat(Arrays.copyOf(gradient, numbers.length))
                .containsExactly(tape.backward(ofExact).of(exact).toArray());
            assertThat(Arrays.copyOfRange(gradient, numbers.length, padded.length)).containsOnly(0);
          }
        });
  }

  @Test
  void batch_isTheMeanOfItsSequences() {
    Tensor logits = logits().value();
    double sum = 0;
    for (int b = 0; b < 4; b++) {
      int[][] target = {TARGETS[b]};
      sum += Ctc.of(logits.slice(1, b, b + 1), target, new int[] {LENGTHS[b]}).item();
    }
    assertThat(Ctc.of(logits, TARGETS, LENGTHS).item()).isCloseTo(sum / 4, within(1e-14));
  }

  @Test
  void oneStep_isCrossEntropy() {
    Tensor logits = Samples.of(3).tensor(1, 1, CLASSES);
    assertThat(Ctc.of(logits, new int[][] {{2}}, null).item())
        .isCloseTo(CrossEntropy.of(logits, 2).item(), within(1e-15));
    assertThat(Ctc.of(logits, new int[][] {{}}, null).item())
        .isCloseTo(CrossEntropy.of(logits, 0).item(), within(1e-15));
  }

  @Test
  void longSequence_doesNotUnderflow() {
    int time = 2_000;
    int[] labels = IntStream.range(0, 500).map(i -> 1 + i % 2).toArray();
    Parameter logits = Samples.of(4).parameter(-3.0, 3.0, time, 1, CLASSES);
    try (Tape tape = Tape.open()) {
      Tensor loss = Ctc.of(logits.value(), new int[][] {labels}, null);
      assertThat(loss.item() * 500).isBetween(100.0, 5_000.0);
      double[] gradient = tape.backward(loss).of(logits).toArray();
      assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow())
          .isBetween(1e-6, 1.0 / 500);
      assertThat(Arrays.stream(gradient).sum()).isCloseTo(0, within(1e-10));
    }
  }

  @Test
  void impossibleAlignment_isNamed() {
    assertThat(Ctc.stepsNeeded()).isZero();
    assertThat(Ctc.stepsNeeded(1, 2, 1)).isEqualTo(3);
    assertThat(Ctc.stepsNeeded(1, 1, 1, 2)).isEqualTo(6);
    int[][] targets = {{1}, {2, 2}};
    assertThat(Ctc.of(Tensors.zeros(3, 2, CLASSES), targets, null).item()).isFinite();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ctc.of(Tensors.zeros(3, 2, CLASSES), targets, new int[] {3, 2}))
        .withMessage(
            "ctc: sequence 1 has 2 steps, its 2 labels need at least 3 (two equal labels in a row"
                + " need a blank between them); leave it out?");
  }

  @Test
  void shapesAndLabelsThatDoNotFit_areNamed() {
    Tensor logits = Tensors.zeros(3, 2, CLASSES);
    int[][] targets = {{1}, {2}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ctc.of(Tensors.zeros(3, CLASSES), targets, null))
        .withMessage("ctc: logits must be [time, batch, classes], got [3, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ctc.of(logits, new int[][] {{1}}, null))
        .withMessage("ctc: logits [3, 2, 3] need a target for each of 2 sequences, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ctc.of(logits, targets, new int[] {3}))
        .withMessage("ctc: logits [3, 2, 3] need 2 lengths, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ctc.of(logits, targets, new int[] {3, 4}))
        .withMessage("ctc: lengths must be from 0 to 3, got 4");
    for (int label : new int[] {-1, 0, 3}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Ctc.of(logits, new int[][] {{1}, {label}}, null))
          .withMessage(
              "ctc: labels must be from 0 to 2 and not the blank 0; sequence 1 has " + label);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ctc.defaults().blank(3).loss(logits, targets, null))
        .withMessage("ctc: the blank must be one of the 3 classes, it is 3");
  }

  @Test
  void decode_mergesRepeatsAndDropsBlanks() {
    int[][] paths = {{1, 1, 0, 1, 2, 0}, {0, 0, 0, 0, 0, 0}, {2, 2, 1, 1, 1, 2}};
    double[] x = new double[6 * 3 * CLASSES];
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < 6; t++) {
        x[(t * 3 + b) * CLASSES + paths[b][t]] = 1;
      }
    }
    Tensor logits = Tensor.of(x, 6, 3, CLASSES);
    assertThat(Ctc.defaults().decode(logits, null))
        .isDeepEqualTo(new int[][] {{1, 1, 2}, {}, {2, 1, 2}});
    assertThat(Ctc.defaults().decode(logits, new int[] {2, 6, 0}))
        .isDeepEqualTo(new int[][] {{1}, {}, {}});
    assertThat(Ctc.defaults().blank(2).decode(logits, null)[0]).containsExactly(1, 0, 1, 0);
  }

  @Test
  void descent_endsInLogitsThatSpellTheTargets() {
    int[][] targets = {{1, 2, 2, 1}, {}, {2}};
    int[] lengths = {9, 4, 2};
    Parameter logits = Samples.of(5).parameter(9, 3, CLASSES);
    Optimizer adam = Adam.defaults().of(List.of(logits), 0.1);
    for (int i = 0; i < 150; i++) {
      try (Tape tape = Tape.open()) {
        adam.step(tape.backward(Ctc.of(logits.value(), targets, lengths)));
      }
    }
    assertThat(Ctc.of(logits.value(), targets, lengths).item()).isLessThan(0.05);
    assertThat(Ctc.defaults().decode(logits.value(), lengths)).isDeepEqualTo(targets);
  }
}
