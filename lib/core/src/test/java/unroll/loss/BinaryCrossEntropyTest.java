package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

class BinaryCrossEntropyTest extends ElementLossContract {

  @Override
  Loss loss() {
    return Loss.binaryCrossEntropy();
  }

  @Override
  String name() {
    return "binaryCrossEntropy";
  }

  @Override
  double target(double drawn) {
    return (1 + drawn) / 2;
  }

  @Override
  double element(double prediction, double target) {
    double p = 1 / (1 + Math.exp(-prediction));
    return -(target * Math.log(p) + (1 - target) * Math.log(1 - p));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "cpu"})
  void largeLogits_neitherOverflowNorVanish(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Parameter logits = Parameter.of("logits", Tensor.of(1000, -1000, 1000, -1000));
          try (Tape tape = Tape.open()) {
            Tensor loss = loss().of(logits.value(), Tensor.of(1, 0, 0, 1)).times(4);
            assertThat(loss.item()).isCloseTo(2000, within(1e-3));
            assertThat(tape.backward(loss).of(logits).toArray()).containsExactly(0, 0, 1, -1);
          }
        });
  }

  @Test
  void noOpinion_isOneBitWithItsOwnGradient() {
    Parameter logit = Parameter.of("logit", Tensor.of(0.0));
    try (Tape tape = Tape.open()) {
      Tensor loss = loss().of(logit.value(), Tensor.of(1.0));
      assertThat(loss.item()).isCloseTo(Math.log(2), within(1e-15));
      assertThat(tape.backward(loss).of(logit).toArray()).containsExactly(-0.5);
    }
  }
}
