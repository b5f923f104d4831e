package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import unroll.backend.Recurrence;
import unroll.backend.Recurrence.Kind;

/** The numbers of cudnn_adv.h: an enum's constants there are counted from 0. */
class LayerPlanTest {

  private static LayerPlan plan(Kind kind, boolean hasBias, boolean persistent) {
    return new LayerPlan(new Recurrence(kind, 7, 3, 2, 5), hasBias, persistent, 3);
  }

  @Test
  void cellModes_reluTanhLstmGru() {
    assertThat(plan(Kind.RNN_RELU, true, false).cellMode()).isZero();
    assertThat(plan(Kind.RNN_TANH, true, false).cellMode()).isEqualTo(1);
    assertThat(plan(Kind.LSTM, true, false).cellMode()).isEqualTo(2);
    assertThat(plan(Kind.GRU, true, false).cellMode()).isEqualTo(3);
  }

  @Test
  void bias_doubleOrNone() {
    assertThat(plan(Kind.LSTM, true, false).biasMode()).isEqualTo(2);
    assertThat(plan(Kind.LSTM, false, false).biasMode()).isZero();
  }

  @Test
  void algorithm_standardUnlessPersistent() {
    assertThat(plan(Kind.GRU, true, false).algorithm()).isZero();
    assertThat(plan(Kind.GRU, true, true).algorithm()).isEqualTo(1);
  }

  @Test
  void shapes_ofStatesAndSequences() {
    LayerPlan plan = plan(Kind.GRU, true, false);
    assertThat(plan.stateDimensions()).containsExactly(1, 3, 5);
    assertThat(plan.stateStrides()).containsExactly(15, 5, 1);
    assertThat(plan.sequenceLengths()).containsExactly(7, 7, 7);
    assertThat(plan.linearLayers()).isEqualTo(6);
    assertThat(plan.isLstm()).isFalse();
    assertThat(plan(Kind.LSTM, true, false).linearLayers()).isEqualTo(8);
  }

  @Test
  void math_float32NeverOnTensorCores() {
    assertThat(MathMode.FLOAT32.cudnnMath()).isEqualTo(3);
    assertThat(MathMode.TF32.cudnnMath()).isZero();
    assertThat(MathMode.FLOAT32.blasCompute()).isEqualTo(68);
    assertThat(MathMode.TF32.blasCompute()).isEqualTo(77);
    assertThat(MathMode.BFLOAT16.blasCompute()).isEqualTo(75);
  }
}
