package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.nn.Layer;
import unroll.nn.Linear;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class CarryTest {

  private final Generator generator = Generator.of(1);
  private final List<Layer> layers =
      List.of(
          Lstm.of(2, 3, generator),
          Linear.of(3, 4, generator),
          Gru.of(4, 3, generator),
          Recurrent.over(Lstm.of(3, 2, generator).cell()));
  private final Tensor input = Samples.of(2).tensor(7, 3, 2);

  @Test
  void parts_areTheWhole() {
    Tensor x = input;
    for (Layer layer : layers) {
      x = layer.apply(x);
    }
    Unrolled<List<Tensor>> first = Carry.run(layers, input.slice(0, 0, 3), List.of(), null);
    assertThat(first.state()).hasSize(2 + 1 + 2);
    Unrolled<List<Tensor>> second = Carry.run(layers, input.slice(0, 3, 7), first.state(), null);
    assertThat(Tensors.concat(0, List.of(first.output(), second.output())).toArray())
        .containsExactly(x.toArray(), org.assertj.core.data.Offset.offset(1e-14));
  }

  @Test
  void endedSequence_keepsItsState() {
    int[] none = {4, 0, 2};
    Unrolled<List<Tensor>> first = Carry.run(layers, input.slice(0, 0, 3), List.of(), null);
    Unrolled<List<Tensor>> second = Carry.run(layers, input.slice(0, 3, 7), first.state(), none);
    for (int i = 0; i < first.state().size(); i++) {
      assertThat(second.state().get(i).get(1).toArray())
          .isEqualTo(first.state().get(i).get(1).toArray());
      assertThat(second.state().get(i).get(0).toArray())
          .isNotEqualTo(first.state().get(i).get(0).toArray());
    }
  }

  /** A layer that needs the whole sequence. */
  private record BothWays() implements SequenceLayer<Tensor> {
    @Override
    public Unrolled<Tensor> run(Tensor input, Tensor initial, int[] lengths) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Tensor last(Tensor state) {
      return state;
    }

    @Override
    public Tensor initialState(int batch) {
      return Tensors.zeros(batch, 1);
    }

    @Override
    public boolean isBidirectional() {
      return true;
    }

    @Override
    public int outputSize() {
      return 1;
    }

    @Override
    public Map<String, Parameter> parameters() {
      return Map.of();
    }
  }

  @Test
  void bidirectional_saysWhy() {
    assertThatThrownBy(() -> Carry.run(List.of(new BothWays()), input, List.of(), null))
        .hasMessageContaining("a bidirectional layer needs the whole sequence; leave truncate out");
  }
}
