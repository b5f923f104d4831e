package unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.backend.Backends;
import unroll.tensor.OnBackend;
import unroll.tensor.Operation;
import unroll.tensor.Recorder;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class TapeTest {

  private final Parameter a = Parameter.of("a", Tensor.of(2, 3));
  private final Parameter b = Parameter.of("b", Tensor.of(5, 7));

  @Test
  void product_hasTheOtherFactorAsGradient() {
    try (Tape tape = Tape.open()) {
      Gradients gradients = tape.backward(a.value().times(b.value()).sum());
      assertThat(gradients.of(a).toArray()).containsExactly(5, 7);
      assertThat(gradients.of(b).toArray()).containsExactly(2, 3);
    }
  }

  @Test
  void inputUsedTwice_gradientsAdd() {
    try (Tape tape = Tape.open()) {
      Tensor square = a.value().times(a.value());
      Gradients gradients = tape.backward(square.plus(a.value()).sum());
      assertThat(gradients.of(a).toArray()).containsExactly(5, 7);
    }
  }

  @Test
  void unusedParameter_hasNoGradient() {
    try (Tape tape = Tape.open()) {
      b.value().times(2);
      Gradients gradients = tape.backward(a.value().sum());
      assertThat(gradients.of(b)).isNull();
      assertThat(gradients.of(a)).isNotNull();
    }
  }

  @Test
  void twoLossesOnOneTape_eachHasItsOwnGradients() {
    try (Tape tape = Tape.open()) {
      Tensor shared = Tensors.square(a.value());
      Tensor one = shared.sum();
      Tensor other = shared.times(b.value()).sum();
      Gradients ofOne = tape.backward(one);
      Gradients ofOther = tape.backward(other);
      assertThat(ofOne.of(a).toArray()).containsExactly(4, 6);
      assertThat(ofOne.of(b)).isNull();
      assertThat(ofOther.of(a).toArray()).containsExactly(20, 42);
      assertThat(ofOther.of(b).toArray()).containsExactly(4, 9);
    }
  }

  @Test
  void operationsAfterBackward_areRecordedAgain() {
    try (Tape tape = Tape.open()) {
      tape.backward(a.value().sum());
      Gradients gradients = tape.backward(a.value().times(3).sum());
      assertThat(gradients.of(a).toArray()).containsExactly(3, 3);
    }
  }

  @Test
  void intermediateResult_hasAGradientToo() {
    try (Tape tape = Tape.open()) {
      Tensor middle = a.value().times(2);
      Gradients gradients = tape.backward(Tensors.square(middle).sum());
      assertThat(gradients.of(middle).toArray()).containsExactly(8, 12);
    }
  }

  @Test
  void leafThatIsNoParameter_hasAGradient() {
    Tensor x = Tensor.of(4.0).requiringGradient();
    try (Tape tape = Tape.open()) {
      assertThat(tape.backward(Tensors.square(x).sum()).of(x).item()).isEqualTo(8);
    }
  }

  @Test
  void detached_letsNoGradientThrough() {
    try (Tape tape = Tape.open()) {
      Tensor constant = a.value().times(2).detach();
      assertThat(constant.requiresGradient()).isFalse();
      Gradients gradients = tape.backward(constant.times(a.value()).sum());
      assertThat(gradients.of(a).toArray()).containsExactly(4, 6);
    }
  }

  @Test
  void detached_ofAConstantIsItself() {
    Tensor constant = Tensor.of(1, 2);
    assertThat(constant.detach()).isSameAs(constant);
  }

  @Test
  void kept_outlivesTheTapeAndLetsNoGradientThrough() {
    Tensor kept;
    try (Tape tape = Tape.open()) {
      Tensor doubled = a.value().times(2);
      kept = doubled.keep();
      assertThat(kept.requiresGradient()).isFalse();
      Gradients gradients = tape.backward(kept.times(a.value()).sum());
      assertThat(gradients.of(a).toArray()).containsExactly(4, 6);
    }
    assertThat(kept.toArray()).containsExactly(4, 6);
  }

  @Test
  void to_sameBackend_isTheTensorItself() {
    Tensor x = a.value();
    assertThat(x.to(Backends.named("ejml"))).isSameAs(x);
  }

  @Test
  void to_otherBackend_isAConstantCopyOfThatPrecision() {
    Tensor third = Parameter.of("third", Tensor.of(1 / 3.0)).value();
    Tensor moved = third.to(Backends.named("cpu"));
    assertThat(moved.backend().name()).isEqualTo("cpu");
    assertThat(moved.requiresGradient()).isFalse();
    assertThat(moved.item()).isEqualTo((double) (1 / 3f));
    assertThat(moved.to(Backends.named("ejml")).item()).isEqualTo((double) (1 / 3f));
  }

  @Test
  void to_outlivesTheTape() {
    Tensor moved;
    try (Tape tape = Tape.open()) {
      assertThat(tape.isOpen()).isTrue();
      moved = a.value().times(2).to(Backends.named("cpu"));
    }
    assertThat(moved.toArray()).containsExactly(4, 6);
  }

  @Test
  void resultsAndGradients_endWithTheTape() {
    Tensor result;
    Tensor detached;
    Tensor gradient;
    try (Tape tape = Tape.open()) {
      result = a.value().times(2);
      detached = result.detach().reshape(2, 1);
      gradient = tape.backward(result.sum()).of(a);
    }
    for (Tensor gone : List.of(result, detached, gradient)) {
      assertThatIllegalStateException()
          .isThrownBy(gone::toArray)
          .withMessageContaining("the tape that made this " + gone.shape() + " is closed")
          .withMessageContaining("keep()");
      assertThatIllegalStateException().isThrownBy(() -> gone.plus(1));
    }
  }

  @Test
  void backward_onAClosedTape_isAnError() {
    Tape tape = Tape.open();
    Tensor loss = a.value().sum();
    tape.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> tape.backward(loss))
        .withMessageContaining("Tape.backward: the tape is closed");
  }

  @Test
  void blankTape_ownsMemoryAndRecordsNothing() {
    Tensor square;
    try (Tape tape = Tape.blank()) {
      assertThat(Recorder.recording()).isFalse();
      square = Tensors.square(a.value());
      Tensor loss = square.sum();
      assertThat(loss.item()).isEqualTo(4 + 9);
      assertThatIllegalStateException()
          .isThrownBy(() -> tape.backward(loss))
          .withMessageContaining("a blank tape records nothing");
      try (Tape inner = Tape.open()) {
        assertThat(Recorder.recording()).isTrue();
      }
    }
    assertThatIllegalStateException().isThrownBy(square::toArray);
  }

  @Test
  void closingTwice_doesNothing() {
    try (Tape outer = Tape.open()) {
      Tape inner = Tape.open();
      inner.close();
      inner.close();
      assertThat(Recorder.current()).isSameAs(outer);
    }
    assertThat(Recorder.current()).isNull();
  }

  @Test
  void nestedTape_recordsAloneAndGivesWayAgain() {
    try (Tape outer = Tape.open()) {
      Tensor square = Tensors.square(a.value());
      Tensor kept;
      try (Tape inner = Tape.open()) {
        Tensor innerLoss = square.times(b.value()).sum();
        Gradients gradients = inner.backward(innerLoss);
        assertThat(gradients.of(square).toArray()).containsExactly(5, 7);
        assertThat(gradients.of(a)).isNull();
        kept = innerLoss.keep();
      }
      assertThat(kept.item()).isEqualTo(4 * 5 + 9 * 7);
      Gradients gradients = outer.backward(square.times(kept).sum());
      assertThat(gradients.of(a).toArray()).containsExactly(4 * 83.0, 6 * 83.0);
      assertThat(gradients.of(b)).isNull();
    }
  }

  @Test
  void lossOfAnotherTape_isAnError() {
    try (Tape outer = Tape.open()) {
      Tensor loss = a.value().sum();
      assertThat(outer.backward(loss).of(a)).isNotNull();
      try (Tape inner = Tape.open()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> inner.backward(loss))
            .withMessageContaining("Tape.backward: the loss was not computed on this tape");
      }
    }
  }

  @Test
  void outerTapeClosedFirst_leavesNoTapeBehind() {
    Tape outer = Tape.open();
    Tape inner = Tape.open();
    outer.close();
    assertThat(Recorder.current()).isSameAs(inner);
    inner.close();
    assertThat(Recorder.current()).isNull();
    assertThat(a.value().plus(1).toArray()).containsExactly(3, 4);
  }

  @Test
  void backward_ofMoreThanOneElement_isAnError() {
    try (Tape tape = Tape.open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tape.backward(a.value().times(2)))
          .withMessage("Tape.backward: the loss must have one element, it is [2]; sum or mean it?");
    }
  }

  @Test
  void backward_ofAConstantOrFromOutside_isAnError() {
    Tensor outside = a.value().sum();
    try (Tape tape = Tape.open()) {
      Tensor constant = Tensor.of(1, 2).sum();
      for (Tensor loss : List.of(outside, constant)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> tape.backward(loss))
            .withMessageContaining("depends on no parameter");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000})
  void chainOfAnyLength_hasItsGradient(int length) {
    Parameter x = Parameter.of("x", Tensor.of(0.5));
    double factor = 1 - 1e-5;
    try (Tape tape = Tape.open()) {
      Tensor y = x.value().times(1);
      for (int i = 0; i < length; i++) {
        y = y.times(factor);
      }
      double expected = StrictMath.pow(factor, length);
      double gradient = tape.backward(y.sum()).of(x).item();
      assertThat(gradient).isCloseTo(expected, within(1e-10));
    }
  }

  @Test
  void sequenceOfAHundredThousandSteps_hasItsGradient() {
    int steps = 100_000;
    Parameter x = Samples.of(3).parameter(steps, 1);
    Parameter w = Parameter.of("w", Tensor.of(new double[] {0.9}, 1, 1));
    double[] in = x.value().toArray();
    double h = 0;
    double slope = 0;
    for (double value : in) {
      slope = h + 0.9 * slope;
      h = 0.9 * h + value;
    }
    try (Tape tape = Tape.open()) {
      Tensor state = Tensors.zeros(1);
      List<Tensor> all = new ArrayList<>();
      for (Tensor step : x.value().unstack()) {
        state = state.times(w.value().reshape(1)).plus(step);
        all.add(state);
      }
      Tensor last = Tensors.stack(all).slice(0, steps - 1, steps);
      Gradients gradients = tape.backward(last.sum());
      assertThat(last.toArray()[0]).isCloseTo(h, within(1e-9));
      assertThat(gradients.of(w).toArray()[0]).isCloseTo(slope, within(1e-9));
      assertThat(gradients.of(x).toArray()[steps - 2]).isCloseTo(0.9, within(1e-12));
    }
  }

  /** A notebook's own operation, whose way forward is made of recorded operations. */
  private record Cube() implements Operation.OfOne {
    @Override
    public String name() {
      return "cube";
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.times(x).times(x);
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      return g.times(x).times(x).times(3);
    }
  }

  /** An operation that gives back its own input. */
  private record Same() implements Operation.OfOne {
    @Override
    public String name() {
      return "same";
    }

    @Override
    public Tensor forward(Tensor x) {
      return x;
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      return g.times(10);
    }
  }

  @Test
  void ownOperationOfTensors_countsItsGradientOnce() {
    try (Tape tape = Tape.open()) {
      Tensor y = Operation.apply(new Cube(), a.value());
      Gradients gradients = tape.backward(y.sum());
      assertThat(y.toArray()).containsExactly(8, 27);
      assertThat(gradients.of(a).toArray()).containsExactly(12, 27);
    }
  }

  @Test
  void ownOperationThatReturnsItsInput_usesItsOwnGradient() {
    try (Tape tape = Tape.open()) {
      Tensor y = Operation.apply(new Same(), a.value().times(1));
      assertThat(tape.backward(y.sum()).of(a).toArray()).containsExactly(10, 10);
    }
  }

  @Test
  void inputsOnDifferentBackends_areAnError() {
    Tensor elsewhere = a.value().to(Backends.named("cpu"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.value().plus(elsewhere))
        .withMessage(
            "plus: inputs live on different backends, ejml and cpu; move one with .to(backend)");
  }

  @Test
  void tapesOfTwoThreads_knowNothingOfEachOther() throws InterruptedException {
    double[][] found = new double[1][];
    try (Tape tape = Tape.open()) {
      Tensor loss = a.value().sum();
      Thread other =
          new Thread(
              () -> {
                try (Tape own = Tape.open()) {
                  found[0] = own.backward(b.value().times(4).sum()).of(b).toArray();
                }
              });
      other.start();
      other.join();
      Gradients gradients = tape.backward(loss);
      assertThat(gradients.of(a).toArray()).containsExactly(1, 1);
      assertThat(gradients.of(b)).isNull();
    }
    assertThat(found[0]).containsExactly(4, 4);
  }
}
