package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static unroll.cuda.WeightLayout.Part.BIAS_HH;
import static unroll.cuda.WeightLayout.Part.BIAS_IH;
import static unroll.cuda.WeightLayout.Part.WEIGHT_HH;
import static unroll.cuda.WeightLayout.Part.WEIGHT_IH;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.backend.Recurrence;
import unroll.backend.Recurrence.Kind;
import unroll.cuda.WeightLayout.LinearLayer;
import unroll.cuda.WeightLayout.Piece;

class WeightLayoutTest {

  /** I = 2, H = 5: matrices of 10 and 25 numbers, biases of 5. */
  private static LayerPlan plan(Kind kind, boolean hasBias) {
    return new LayerPlan(new Recurrence(kind, 3, 4, 2, 5), hasBias, false, 3);
  }

  /** All matrices behind one another, then all biases, as cuDNN was seen to do it. */
  private static List<LinearLayer> together(LayerPlan plan) {
    int gates = plan.shape().kind().gates();
    long matrices = gates * (10L + 25) * 4;
    List<LinearLayer> layers = new ArrayList<>();
    for (int i = 0; i < 2 * gates; i++) {
      long matrix = i < gates ? i * 40L : gates * 40L + (i - gates) * 100L;
      layers.add(
          plan.hasBias()
              ? new LinearLayer(matrix, i < gates ? 10 : 25, matrices + i * 20L, 5)
              : new LinearLayer(matrix, i < gates ? 10 : 25, -1, 0));
    }
    return layers;
  }

  @Test
  void matricesTogether_areOnePieceEach() {
    WeightLayout layout =
        WeightLayout.of(plan(Kind.LSTM, true), together(plan(Kind.LSTM, true)), 720);
    assertThat(layout.pieces())
        .containsExactly(
            new Piece(WEIGHT_IH, 0, 40, 0),
            new Piece(WEIGHT_HH, 0, 100, 160),
            new Piece(BIAS_IH, 0, 20, 560),
            new Piece(BIAS_HH, 0, 20, 640));
  }

  @Test
  void noBias_onlyMatrices() {
    LayerPlan plan = plan(Kind.GRU, false);
    assertThat(WeightLayout.of(plan, together(plan), 420).pieces())
        .containsExactly(new Piece(WEIGHT_IH, 0, 30, 0), new Piece(WEIGHT_HH, 0, 75, 120));
  }

  @Test
  void matricesApart_stayPiecesOfTheirGate() {
    LayerPlan plan = plan(Kind.RNN_TANH, true);
    List<LinearLayer> apart =
        List.of(new LinearLayer(200, 10, 300, 5), new LinearLayer(0, 25, 100, 5));
    assertThat(WeightLayout.of(plan, apart, 320).pieces())
        .containsExactly(
            new Piece(WEIGHT_IH, 0, 10, 200),
            new Piece(WEIGHT_HH, 0, 25, 0),
            new Piece(BIAS_IH, 0, 5, 300),
            new Piece(BIAS_HH, 0, 5, 100));
  }

  /** Neighbours in the space that are not neighbours of ours must not become one. */
  @Test
  void gatesInAnotherOrder_areNotJoined() {
    LayerPlan plan = plan(Kind.GRU, false);
    List<LinearLayer> layers = together(plan);
    Collections.swap(layers, 0, 1);
    assertThat(WeightLayout.of(plan, layers, 420).pieces())
        .startsWith(
            new Piece(WEIGHT_IH, 0, 10, 40),
            new Piece(WEIGHT_IH, 10, 10, 0),
            new Piece(WEIGHT_IH, 20, 10, 80));
  }

  @Test
  void whatDoesNotFit_isRefused() {
    LayerPlan plan = plan(Kind.RNN_RELU, true);
    LinearLayer input = new LinearLayer(0, 10, 200, 5);
    LinearLayer hidden = new LinearLayer(40, 25, 220, 5);
    assertThat(WeightLayout.of(plan, List.of(input, hidden), 240).bytes()).isEqualTo(240);
    assertRefused(plan, List.of(hidden, input), 240, "matrix of linear layer 0");
    assertRefused(
        plan, List.of(input, new LinearLayer(40, 25, 220, 4)), 240, "should have 5 numbers");
    assertRefused(
        plan, List.of(input, new LinearLayer(36, 25, 220, 5)), 240, "lies in another's place");
    assertRefused(plan, List.of(input, hidden), 239, "weights up to 240");
    assertRefused(
        plan, List.of(input, new LinearLayer(42, 25, 220, 5)), 240, "lies in another's place");
  }

  private static void assertRefused(
      LayerPlan plan, List<LinearLayer> layers, long bytes, String words) {
    assertThatThrownBy(() -> WeightLayout.of(plan, layers, bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(words);
  }
}
