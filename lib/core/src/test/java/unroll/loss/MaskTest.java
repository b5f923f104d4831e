package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class MaskTest {

  @Test
  void ofLengths_isOneInsideEachSequence() {
    Tensor mask = Mask.ofLengths(3, 2, 0, 3);
    assertThat(mask.shape().sizes()).containsExactly(3, 3);
    assertThat(mask.toArray()).containsExactly(1, 0, 1, 1, 0, 1, 0, 0, 1);
    assertThat(Mask.ofLengths(0).shape().sizes()).containsExactly(0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.ofLengths(3, 4))
        .withMessage("Mask.ofLengths: lengths must be from 0 to 3, got 4");
  }

  @Test
  void select_takesElementsOrRows() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
    Tensor rows = Mask.select(x, Tensor.of(new double[][] {{0, 1}, {1, 0}}));
    assertThat(rows.shape().sizes()).containsExactly(2, 2);
    assertThat(rows.toArray()).containsExactly(3, 4, 5, 6);
    Tensor elements = Mask.select(x, Tensor.of(new double[] {0, 1, 0, 0, 0, 0, 1, 0}, 2, 2, 2));
    assertThat(elements.toArray()).containsExactly(2, 7);
    assertThat(Mask.select(x, Tensors.ones(2)).toArray()).containsExactly(x.toArray());
    assertThat(Mask.select(Tensor.of(new double[] {3}), Tensors.one()).toArray())
        .containsExactly(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.select(x, Tensors.ones(2, 3)))
        .withMessage("Mask: a mask must be shaped like [2, 2, 2] or its first axes, got [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.select(x, Tensors.zeros(2)))
        .withMessageStartingWith("Mask: the mask leaves nothing of [2, 2, 2] to take a mean of");
  }
}
