package unroll.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.autograd.Samples;
import unroll.nn.Linear;
import unroll.nn.recurrent.Activations;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

@OnBackend("ejml")
class TraceTest {

  private final Gru gru = Gru.of(3, 4).layers(2).bidirectional();
  private final Lstm lstm = Lstm.of(8, 5);
  private final Tensor input = Samples.of(1).tensor(6, 2, 3);
  private final Trace trace =
      Trace.steps(
          List.of(gru, lstm, Linear.of(5, 1)),
          input,
          1,
          "word",
          List.of("a", "b", "c", "d", "e", "f"));

  @Test
  void eachLayerAndDirection_isATraceOfItsOwn() {
    assertThat(trace.layers())
        .extracting(LayerTrace::layer)
        .containsExactly(
            "Gru 3 → 4 ×2 bidirectional, layer 1 forward",
            "Gru 3 → 4 ×2 bidirectional, layer 1 reverse",
            "Gru 3 → 4 ×2 bidirectional, layer 2 forward",
            "Gru 3 → 4 ×2 bidirectional, layer 2 reverse",
            "Lstm 8 → 5");
    assertThat(trace.table().rowCount()).isEqualTo((4 * 4 * 4 + 6 * 5) * 6);
  }

  @Test
  void columns_areTheStepsOfOneSequence() {
    List<Activations.Part> parts = gru.activations(input).parts();
    for (int index = 0; index < 4; index++) {
      double[][] z = trace.layers().get(index).gates().get("z");
      Tensor all = parts.get(index).gates().get("z");
      for (int t = 0; t < 6; t++) {
        double[] expected = all.get(t).get(1).toArray();
        for (int unit = 0; unit < 4; unit++) {
          assertThat(z[unit][t]).isEqualTo(expected[unit]);
        }
      }
    }
  }

  @Test
  void drawings_areOfTheLayerAskedFor() {
    assertThat(trace.gates(3).title())
        .isEqualTo("Gates of Gru 3 → 4 ×2 bidirectional, layer 2 reverse");
    assertThat(trace.gates().title()).contains("layer 1 forward");
    assertThat(trace.heatMap("f", 4).title()).isEqualTo("forget gate f");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trace.heatMap("f"))
        .withMessageContaining("has no 'f'; it has [r, z, n, h]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trace.gates(5))
        .withMessageStartingWith("trace: there is no layer 5; there are [Gru");
  }
}
