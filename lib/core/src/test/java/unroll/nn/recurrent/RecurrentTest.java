package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static unroll.tensor.Tensors.concat;
import static unroll.tensor.Tensors.one;
import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;
import static unroll.tensor.Tensors.zeros;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import unroll.autograd.Parameter;
import unroll.nn.Linear;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

/** Cells of a user's own. */
@OnBackend("ejml")
class RecurrentTest {

  /** One gate decides what the candidate sees and what is kept. */
  private record MinimalGate(Linear gate, Linear update) implements RecurrentCell<Tensor> {

    static MinimalGate of(int inputSize, int hiddenSize) {
      int both = inputSize + hiddenSize;
      return new MinimalGate(Linear.of(both, hiddenSize), Linear.of(both, hiddenSize));
    }

    @Override
    public Tensor step(Tensor x, Tensor h) {
      Tensor f = sigmoid(gate.apply(concat(x, h)));
      Tensor candidate = tanh(update.apply(concat(x, f.times(h))));
      return f.times(candidate).plus(one().minus(f).times(h));
    }

    @Override
    public Tensor initialState(int batch) {
      return zeros(batch, gate.outputSize());
    }
  }

  @Nested
  class MinimalGateTest extends RecurrentCellContract<Tensor> {

    @Override
    Network<Tensor> create(int inputSize, int hiddenSize) {
      MinimalGate cell = MinimalGate.of(inputSize, hiddenSize);
      return new Network<>(cell, Recurrent.over(cell));
    }

    @Override
    List<Tensor> parts(Tensor state) {
      return List.of(state);
    }

    @Override
    Tensor state(List<Tensor> parts) {
      return parts.get(0);
    }

    @Override
    double[][] equations(Scalars weights, double[] x, double[][] state) {
      double[] h = state[0];
      double[] f = new double[h.length];
      double[] kept = new double[h.length];
      double[] next = new double[h.length];
      for (int j = 0; j < h.length; j++) {
        f[j] = Scalars.sigmoid(weights.affine("gate.weight", "gate.bias", j, join(x, h)));
        kept[j] = f[j] * h[j];
      }
      for (int j = 0; j < h.length; j++) {
        double n = Math.tanh(weights.affine("update.weight", "update.bias", j, join(x, kept)));
        next[j] = f[j] * n + (1 - f[j]) * h[j];
      }
      return new double[][] {next};
    }

    private static double[] join(double[] a, double[] b) {
      double[] both = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }
  }

  /** Two averages of its input, a slow and a fast one; it shows their difference. */
  private record Averages(Parameter rates) implements RecurrentCell<Averages.Pair> {

    record Pair(Tensor slow, Tensor fast) {}

    @Override
    public Pair step(Tensor x, Pair state) {
      Tensor slow = state.slow().plus(x.minus(state.slow()).times(rates.value().get(0)));
      Tensor fast = state.fast().plus(x.minus(state.fast()).times(rates.value().get(1)));
      return new Pair(slow, fast);
    }

    @Override
    public Pair initialState(int batch) {
      return new Pair(zeros(batch, 1), zeros(batch, 1));
    }

    @Override
    public Tensor output(Pair state) {
      return state.fast().minus(state.slow());
    }
  }

  /** The same, which forgets to say what it shows. */
  private record Hidden(Averages averages) implements RecurrentCell<Averages.Pair> {
    @Override
    public Averages.Pair step(Tensor x, Averages.Pair state) {
      return averages.step(x, state);
    }

    @Override
    public Averages.Pair initialState(int batch) {
      return averages.initialState(batch);
    }
  }

  private final Averages averages = new Averages(Parameter.of("rates", Tensor.of(0.25, 0.5)));

  @Test
  void stateThatIsARecord_isCarriedAndShown() {
    Recurrent<Averages.Pair> layer = Recurrent.over(averages);
    Tensor input = Tensor.of(new double[] {4, 8}, 2, 1, 1);
    Unrolled<Averages.Pair> run = layer.run(input, layer.initialState(1));
    assertThat(run.output().toArray()).containsExactly(1, 5 - 2.75);
    assertThat(run.state().slow().item()).isEqualTo(2.75);
    assertThat(run.state().fast().item()).isEqualTo(5);
    assertThat(layer.parameters()).containsOnlyKeys("rates");
    assertThat(layer.outputSize()).isEqualTo(1);
  }

  @Test
  void stateThatIsARecordWithoutOutput_isAnErrorThatSaysWhatToDo() {
    Recurrent<Averages.Pair> layer = Recurrent.over(new Hidden(averages));
    assertThatThrownBy(() -> layer.apply(zeros(2, 1, 1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("Hidden: override output(state) to say what of it is the output");
  }

  @Test
  void cellOfLayers_namesItsParameters() {
    assertThat(MinimalGate.of(2, 3).parameters().keySet())
        .containsExactly("gate.weight", "gate.bias", "update.weight", "update.bias");
    assertThat(Recurrent.over(MinimalGate.of(2, 3)).parameterCount()).isEqualTo(2 * (3 * 5 + 3));
  }

  @Test
  void cellsOnTheirOwn_areAsTheLayersTheyAreOf() {
    Tensor x = Tensor.of(new double[] {0.5, -1}, 1, 2);
    Tensor sequence = x.reshape(1, 1, 2);
    RnnCell rnn = RnnCell.of(2, 3, Generator.of(1));
    LstmCell lstm = LstmCell.of(2, 3, Generator.of(1));
    GruCell gru = GruCell.of(2, 3, Generator.of(1));
    assertThat(rnn.step(x, rnn.initialState(1)).toArray())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(Rnn.of(2, 3, Generator.of(1)).apply(sequence).toArray());
    assertThat(rnn.relu().step(x, rnn.initialState(1)).toArray())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(Rnn.of(2, 3, Generator.of(1)).relu().apply(sequence).toArray());
    assertThat(lstm.step(x, lstm.initialState(1)).hidden().toArray())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(Lstm.of(2, 3, Generator.of(1)).apply(sequence).toArray());
    assertThat(gru.step(x, gru.initialState(1)).toArray())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(Gru.of(2, 3, Generator.of(1)).apply(sequence).toArray());
    assertThat(lstm.parameters().keySet())
        .containsExactly("weight_ih", "weight_hh", "bias_ih", "bias_hh");
    assertThat(lstm.parameterCount()).isEqualTo(4 * 3 * (2 + 3 + 2));
  }

  @Test
  void sizesBelowOne_areRefused() {
    assertThatThrownBy(() -> Lstm.of(0, 3))
        .hasMessage("Lstm: sizes must be at least 1, got 0 and 3");
    assertThatThrownBy(() -> GruCell.of(3, -1))
        .hasMessage("GruCell: sizes must be at least 1, got 3 and -1");
    assertThatThrownBy(() -> Rnn.of(1, 0)).hasMessage("Rnn: sizes must be at least 1, got 1 and 0");
  }
}
