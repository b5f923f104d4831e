package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.backend.Recurrence.Kind;

/** The whole-sequence kernels, against a scalar loop and against themselves. */
interface RecurrentContract {

  Backend backend();

  /** The share of a tensor's largest magnitude by which a number may be off. */
  default double tolerance() {
    return backend().precision() == Precision.FLOAT32 ? 2e-5 : 1e-12;
  }

  /** Steps, batch, input size, hidden size. */
  static int[][] sizes() {
    return new int[][] {
      {1, 1, 1, 1}, {1, 3, 2, 4}, {4, 1, 3, 5}, {5, 2, 1, 3}, {3, 4, 5, 1}, {7, 3, 4, 6},
      {2, 5, 8, 16}, {3, 2, 17, 15}, {4, 9, 7, 17}, {2, 8, 33, 31}, {3, 13, 16, 33}, {2, 7, 20, 64}
    };
  }

  static Stream<Arguments> layers() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> Stream.of(true, false).map(bias -> Arguments.of(kind, bias)));
  }

  @ParameterizedTest
  @MethodSource("unroll.backend.RecurrentContract#layers")
  default void forwardAndBackward_scalarLoop(Kind kind, boolean bias) {
    for (int[] size : sizes()) {
      Recurrence shape = new Recurrence(kind, size[0], size[1], size[2], size[3]);
      Host host = new Host(backend(), shape.hashCode());
      LayerData data = LayerData.random(shape, bias, host);
      ScalarRecurrence scalar = new ScalarRecurrence(data);
      scalar.forward();
      scalar.backward();
      LayerRun run = new LayerRun(backend(), host, data);
      run.forward();
      assertNear(shape + " output", run.output(), scalar.output);
      if (shape.savedSize() > 0) {
        assertNear(shape + " gates", run.gates(), scalar.gates);
      }
      assertThat(run.lastHidden()).as("last hidden").containsExactly(lastStep(shape, run.output()));
      if (kind == Kind.LSTM) {
        assertNear(shape + " cells", run.cells(), scalar.cells);
        assertThat(run.lastCell()).as("last cell").containsExactly(lastStep(shape, run.cells()));
      }
      run.backward()
          .forEach((part, g) -> assertNear(shape + " " + part, g, scalar.gradients.get(part)));
      host.check();
    }
  }

  private static double[] lastStep(Recurrence shape, double[] all) {
    return Arrays.copyOfRange(all, all.length - shape.stateSize(), all.length);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  default void forward_nothingKept_theSameOutput(Kind kind) {
    Recurrence shape = new Recurrence(kind, 5, 3, 4, 17);
    Host host = new Host(backend(), 10);
    LayerRun run = new LayerRun(backend(), host, LayerData.random(shape, true, host));
    run.forward();
    assertThat(run.forwardOnly()).containsExactly(run.output());
    host.check();
  }

  /** Each gradient alone, and all but one, are what they are together: also in another run back. */
  @ParameterizedTest
  @MethodSource("unroll.backend.RecurrentContract#layers")
  default void backward_someGradientsNotWanted(Kind kind, boolean bias) {
    Recurrence shape = new Recurrence(kind, 4, 3, 5, 17);
    Host host = new Host(backend(), 11);
    LayerRun run = new LayerRun(backend(), host, LayerData.random(shape, bias, host));
    run.forward();
    Map<GradientPart, double[]> all = run.backward();
    assertThat(run.backward(Set.of(), true, true)).isEmpty();
    for (GradientPart part : run.parts()) {
      Set<GradientPart> others = EnumSet.copyOf(run.parts());
      others.remove(part);
      assertThat(run.backward(Set.of(part), true, true).get(part)).containsExactly(all.get(part));
      run.backward(others, true, true)
          .forEach((other, g) -> assertThat(g).as("%s", other).containsExactly(all.get(other)));
    }
    host.check();
  }

  @ParameterizedTest
  @MethodSource("unroll.backend.RecurrentContract#layers")
  default void backward_noGradientOfTheLastState_isZero(Kind kind, boolean bias) {
    for (int steps : new int[] {1, 4}) {
      Recurrence shape = new Recurrence(kind, steps, 3, 5, 9);
      Host host = new Host(backend(), 12);
      LayerData data = LayerData.random(shape, bias, host);
      for (int mask = 0; mask < 4; mask++) {
        boolean hidden = (mask & 1) > 0;
        boolean cell = (mask & 2) > 0;
        double[] zero = new double[shape.stateSize()];
        ScalarRecurrence scalar =
            new ScalarRecurrence(
                data.withLast(hidden ? data.lastHidden() : zero, cell ? data.lastCell() : zero));
        scalar.forward();
        scalar.backward();
        LayerRun run = new LayerRun(backend(), host, data);
        run.forward();
        run.backward(run.parts(), hidden, cell)
            .forEach((part, g) -> assertNear(shape + " " + part, g, scalar.gradients.get(part)));
      }
      host.check();
    }
  }

  /** What one call does with all steps, several calls do with one step each. */
  @ParameterizedTest
  @MethodSource("unroll.backend.RecurrentContract#layers")
  default void stepByStep_isTheWholeSequence(Kind kind, boolean bias) {
    Recurrence shape = new Recurrence(kind, 5, 3, 4, 17);
    Host host = new Host(backend(), 13);
    LayerData data = LayerData.random(shape, bias, host);
    LayerRun whole = new LayerRun(backend(), host, data);
    whole.forward();
    double[] hidden = data.initialHidden();
    double[] cell = data.initialCell();
    for (int t = 0; t < 5; t++) {
      LayerRun step = new LayerRun(backend(), host, data.step(t, hidden, cell));
      step.forward();
      hidden = step.output();
      cell = kind == Kind.LSTM ? step.cells() : cell;
      int state = shape.stateSize();
      double[] expected = Arrays.copyOfRange(whole.output(), t * state, (t + 1) * state);
      assertNear("step " + t, hidden, expected);
    }
  }

  /** A NaN in one sequence of the batch reaches no other. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  default void forward_sequencesOfABatchDoNotMix(Kind kind) {
    Recurrence shape = new Recurrence(kind, 3, 9, 4, 18);
    Host host = new Host(backend(), 14);
    LayerData data = LayerData.random(shape, true, host);
    LayerRun sound = new LayerRun(backend(), host, data);
    sound.forward();
    for (int row = 0; row < 9; row++) {
      LayerData spoilt = data.withInput(data.input().clone());
      spoilt.input()[row * 4 + 1] = Double.NaN;
      LayerRun run = new LayerRun(backend(), host, spoilt);
      run.forward();
      double[] expected = sound.output().clone();
      for (int t = 0; t < 3; t++) {
        int at = (t * 9 + row) * 18;
        Arrays.fill(expected, at, at + 18, Double.NaN);
      }
      Host.assertClose("NaN in sequence " + row, run.output(), expected, tolerance(), 0);
    }
  }

  /** Inputs far outside of what a gate distinguishes: everything saturates, nothing breaks. */
  @Test
  default void hugeInput_saturates() {
    for (Kind kind : new Kind[] {Kind.RNN_TANH, Kind.LSTM, Kind.GRU}) {
      Recurrence shape = new Recurrence(kind, 3, 2, 2, 9);
      Host host = new Host(backend(), 15);
      LayerData data = LayerData.random(shape, true, host);
      LayerRun run =
          new LayerRun(
              backend(), host, data.withInput(host.uniform(data.input().length, 1e5, 1e6)));
      run.forward();
      assertThat(Arrays.stream(run.output())).allMatch(y -> Math.abs(y) <= 1 + 1e-6);
      run.backward().values().forEach(g -> assertThat(Arrays.stream(g)).allMatch(Double::isFinite));
    }
  }

  /** Terms near 1 may cancel in a small tensor; so it counts as if it had a number of 0.1. */
  private void assertNear(String what, double[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    Host.assertClose(what, actual, expected, tolerance() * Math.max(0.1, largest), 0);
  }
}
