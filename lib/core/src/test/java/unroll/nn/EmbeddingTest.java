package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

@OnBackend("ejml")
class EmbeddingTest {

  private final Embedding layer = Embedding.of(5, 3, Generator.of(1));
  private final Parameter weight = layer.parameters().get("weight");

  @Test
  void lookup_givesEachTokenItsRow() {
    Tensor y = layer.lookup(new int[] {4, 0, 0, 2}, 2, 2);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 3));
    double[] table = weight.value().toArray();
    assertThat(y.get(0).get(0).toArray()).containsExactly(Arrays.copyOfRange(table, 12, 15));
    assertThat(y.get(0).get(1).toArray()).containsExactly(Arrays.copyOfRange(table, 0, 3));
    assertThat(y.get(1).get(0).toArray()).containsExactly(Arrays.copyOfRange(table, 0, 3));
    assertThat(y.get(1).get(1).toArray()).containsExactly(Arrays.copyOfRange(table, 6, 9));
    assertThat(layer.lookup(new int[0], 0, 2).shape()).isEqualTo(Shape.of(0, 2, 3));
  }

  @Test
  void gradient_addsWhereATokenComesAgain() {
    GradientCheck.Result worst =
        GradientCheck.check(
            List.of(weight), () -> Samples.weigh(layer.lookup(new int[] {4, 0, 0, 2}, 2, 2)));
    assertThat(worst.error()).isLessThan(1e-9);
  }

  @Test
  void padding_isZeroAndLearnsNothing() {
    Embedding padded = layer.padding(2);
    int[] tokens = {4, 2, 0, 2, 1, 4};
    Tensor y = padded.lookup(tokens, 3, 2);
    double[] plain = layer.lookup(tokens, 3, 2).toArray();
    for (int i = 0; i < plain.length; i++) {
      assertThat(y.toArray()[i]).isEqualTo(tokens[i / 3] == 2 ? 0 : plain[i]);
    }
    try (Tape tape = Tape.open()) {
      Tensor loss = Samples.weigh(padded.lookup(tokens, 3, 2));
      double[] gradient = tape.backward(loss).of(weight).toArray();
      assertThat(Arrays.copyOfRange(gradient, 6, 9)).containsOnly(0);
      assertThat(Arrays.copyOfRange(gradient, 12, 15)).doesNotContain(0);
    }
    GradientCheck.Result worst =
        GradientCheck.check(List.of(weight), () -> Samples.weigh(padded.lookup(tokens, 3, 2)));
    assertThat(worst.error()).isLessThan(1e-9);
    assertThat(padded.parameters().get("weight")).isSameAs(weight);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.padding(5))
        .withMessage("Embedding: tokens must be from 0 to 4, got 5");
  }

  @Test
  void start_isNormal() {
    double[] values =
        Embedding.of(100, 100, Generator.of(2)).parameters().get("weight").value().toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = Arrays.stream(values).map(x -> x * x).average().orElseThrow();
    assertThat(mean).isBetween(-0.04, 0.04);
    assertThat(square).isBetween(0.94, 1.06);
  }

  @Test
  void wrongTokens_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.lookup(new int[3], 2, 2))
        .withMessage("Embedding: [2, 2] needs 4 tokens, got 3");
    for (int token : new int[] {-1, 5}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.lookup(new int[] {token}, 1, 1))
          .withMessage("Embedding: tokens must be from 0 to 4, got " + token);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.of(0, 3))
        .withMessage("Embedding: sizes must be at least 1, got 0 and 3");
  }
}
