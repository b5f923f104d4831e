package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import unroll.autograd.Samples;
import unroll.nn.Initializer;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** The cells that have no form of their own over whole sequences. */
@OnBackend("ejml")
class CellsTest {

  /** What all of them do. */
  private abstract static class Contract<S> extends RecurrentCellContract<S> {

    abstract RecurrentCell<S> cell(int inputSize, int hiddenSize);

    abstract String name();

    /** Names of parameters besides the weights. */
    abstract Set<String> others();

    @Override
    Network<S> create(int inputSize, int hiddenSize) {
      RecurrentCell<S> cell = cell(inputSize, hiddenSize);
      return new Network<>(cell, Recurrent.over(cell));
    }

    @Test
    void wrongInputAndState_areNamed() {
      RecurrentCell<S> cell = cell(3, 4);
      refuse(
          cell, Tensors.zeros(2, 5), cell.initialState(2), "input must be [batch, 3], got [2, 5]");
      refuse(cell, Tensors.zeros(2, 3), cell.initialState(1), "state must be [2, 4], got [1, 4]");
      for (int wrong = 0; wrong < parts(cell.initialState(2)).size(); wrong++) {
        List<Tensor> parts = new ArrayList<>(parts(cell.initialState(2)));
        parts.set(wrong, Tensors.zeros(2, 5));
        refuse(cell, Tensors.zeros(2, 3), state(parts), "state must be [2, 4], got [2, 5]");
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cell(0, 4))
          .withMessage(name() + ": sizes must be at least 1, got 0 and 4");
    }

    private void refuse(RecurrentCell<S> cell, Tensor x, S state, String message) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cell.step(x, state))
          .withMessage(name() + ".step: " + message);
    }

    @Test
    void parameters_areThoseOfTheEquations() {
      RecurrentCell<S> cell = cell(3, 4);
      assertThat(cell.toString()).startsWith(name() + " 3 → 4");
      assertThat(cell.parameters().keySet()).contains("weight_ih", "weight_hh");
      Set<String> others = new HashSet<>(cell.parameters().keySet());
      others.removeAll(Set.of("weight_ih", "weight_hh"));
      assertThat(others).isEqualTo(others());
    }
  }

  private abstract static class OfTensor extends Contract<Tensor> {
    @Override
    List<Tensor> parts(Tensor state) {
      return List.of(state);
    }

    @Override
    Tensor state(List<Tensor> parts) {
      return parts.get(0);
    }
  }

  private abstract static class OfLstmState extends Contract<LstmState> {
    @Override
    List<Tensor> parts(LstmState state) {
      return List.of(state.hidden(), state.cell());
    }

    @Override
    LstmState state(List<Tensor> parts) {
      return new LstmState(parts.get(0), parts.get(1));
    }
  }

  @Nested
  class PeepholeLstm extends OfLstmState {
    @Override
    RecurrentCell<LstmState> cell(int inputSize, int hiddenSize) {
      return PeepholeLstmCell.of(inputSize, hiddenSize);
    }

    @Override
    String name() {
      return "PeepholeLstmCell";
    }

    @Override
    Set<String> others() {
      return Set.of("bias_ih", "bias_hh", "weight_ch");
    }

    @Override
    double[][] equations(Scalars weights, double[] x, double[][] state) {
      double[] h = state[0];
      double[] c = state[1];
      int size = h.length;
      double[] p = weights.of("weight_ch");
      double[][] next = new double[2][size];
      for (int j = 0; j < size; j++) {
        double i = Scalars.sigmoid(weights.both(j, x, h) + p[j] * c[j]);
        double f = Scalars.sigmoid(weights.both(size + j, x, h) + p[size + j] * c[j]);
        double g = Math.tanh(weights.both(2 * size + j, x, h));
        next[1][j] = f * c[j] + i * g;
        double o = Scalars.sigmoid(weights.both(3 * size + j, x, h) + p[2 * size + j] * next[1][j]);
        next[0][j] = o * Math.tanh(next[1][j]);
      }
      return next;
    }
  }

  @Nested
  class GruResetBefore extends OfTensor {
    @Override
    RecurrentCell<Tensor> cell(int inputSize, int hiddenSize) {
      return GruCell.of(inputSize, hiddenSize).resetBefore();
    }

    @Override
    String name() {
      return "GruCell";
    }

    @Override
    Set<String> others() {
      return Set.of("bias_ih", "bias_hh");
    }

    @Override
    double[][] equations(Scalars weights, double[] x, double[][] state) {
      double[] h = state[0];
      int size = h.length;
      double[] reset = new double[size];
      double[] next = new double[size];
      for (int j = 0; j < size; j++) {
        reset[j] = Scalars.sigmoid(weights.both(j, x, h)) * h[j];
      }
      for (int j = 0; j < size; j++) {
        double z = Scalars.sigmoid(weights.both(size + j, x, h));
        double n = Math.tanh(weights.both(2 * size + j, x, reset));
        next[j] = (1 - z) * n + z * h[j];
      }
      return new double[][] {next};
    }
  }

  @Nested
  class LayerNormLstm extends OfLstmState {
    @Override
    RecurrentCell<LstmState> cell(int inputSize, int hiddenSize) {
      return LayerNormLstmCell.of(inputSize, hiddenSize);
    }

    @Override
    String name() {
      return "LayerNormLstmCell";
    }

    @Override
    Set<String> others() {
      return Set.of(
          "norm_ih.weight",
          "norm_ih.bias",
          "norm_hh.weight",
          "norm_hh.bias",
          "norm_c.weight",
          "norm_c.bias");
    }

    @Override
    double[][] equations(Scalars weights, double[] x, double[][] state) {
      int size = state[0].length;
      double[] a = new double[4 * size];
      double[] b = new double[4 * size];
      for (int j = 0; j < 4 * size; j++) {
        a[j] = weights.fromInput(j, x);
        b[j] = weights.fromHidden(j, state[0]);
      }
      a = weights.norm("norm_ih", a);
      b = weights.norm("norm_hh", b);
      double[][] next = new double[2][size];
      for (int j = 0; j < size; j++) {
        double i = Scalars.sigmoid(a[j] + b[j]);
        double f = Scalars.sigmoid(a[size + j] + b[size + j]);
        double g = Math.tanh(a[2 * size + j] + b[2 * size + j]);
        next[1][j] = f * state[1][j] + i * g;
      }
      double[] c = weights.norm("norm_c", next[1]);
      for (int j = 0; j < size; j++) {
        double o = Scalars.sigmoid(a[3 * size + j] + b[3 * size + j]);
        next[0][j] = o * Math.tanh(c[j]);
      }
      return next;
    }
  }

  @Nested
  class LayerNormGru extends OfTensor {
    @Override
    RecurrentCell<Tensor> cell(int inputSize, int hiddenSize) {
      return LayerNormGruCell.of(inputSize, hiddenSize);
    }

    @Override
    String name() {
      return "LayerNormGruCell";
    }

    @Override
    Set<String> others() {
      return Set.of(
          "norm_ih.weight",
          "norm_ih.bias",
          "norm_hh.weight",
          "norm_hh.bias",
          "norm_in.weight",
          "norm_in.bias",
          "norm_hn.weight",
          "norm_hn.bias");
    }

    @Override
    double[][] equations(Scalars weights, double[] x, double[][] state) {
      double[] h = state[0];
      int size = h.length;
      double[] a = new double[3 * size];
      double[] b = new double[3 * size];
      for (int j = 0; j < 3 * size; j++) {
        a[j] = weights.fromInput(j, x);
        b[j] = weights.fromHidden(j, h);
      }
      double[] gatesA = weights.norm("norm_ih", Arrays.copyOf(a, 2 * size));
      double[] gatesB = weights.norm("norm_hh", Arrays.copyOf(b, 2 * size));
      double[] candidateA = weights.norm("norm_in", Arrays.copyOfRange(a, 2 * size, 3 * size));
      double[] candidateB = weights.norm("norm_hn", Arrays.copyOfRange(b, 2 * size, 3 * size));
      double[] next = new double[size];
      for (int j = 0; j < size; j++) {
        double r = Scalars.sigmoid(gatesA[j] + gatesB[j]);
        double z = Scalars.sigmoid(gatesA[size + j] + gatesB[size + j]);
        double n = Math.tanh(candidateA[j] + r * candidateB[j]);
        next[j] = (1 - z) * n + z * h[j];
      }
      return new double[][] {next};
    }
  }

  private abstract static class LayerNormRnn extends OfTensor {

    private final boolean relu;

    LayerNormRnn(boolean relu) {
      this.relu = relu;
    }

    @Override
    RecurrentCell<Tensor> cell(int inputSize, int hiddenSize) {
      LayerNormRnnCell cell = LayerNormRnnCell.of(inputSize, hiddenSize);
      return relu ? cell.relu() : cell;
    }

    @Override
    String name() {
      return "LayerNormRnnCell";
    }

    @Override
    Set<String> others() {
      return Set.of("norm.weight", "norm.bias");
    }

    @Override
    double[][] equations(Scalars weights, double[] x, double[][] state) {
      double[] a = new double[state[0].length];
      Arrays.setAll(a, j -> weights.both(j, x, state[0]));
      double[] next = weights.norm("norm", a);
      Arrays.setAll(next, j -> relu ? Math.max(next[j], 0) : Math.tanh(next[j]));
      return new double[][] {next};
    }
  }

  @Nested
  class LayerNormRnnTanh extends LayerNormRnn {
    LayerNormRnnTanh() {
      super(false);
    }
  }

  @Nested
  class LayerNormRnnRelu extends LayerNormRnn {
    LayerNormRnnRelu() {
      super(true);
    }
  }

  @Test
  void peepholesOfZero_areAnLstm() {
    PeepholeLstmCell peephole = PeepholeLstmCell.of(3, 4, Generator.of(1));
    LstmCell lstm = LstmCell.of(3, 4, Generator.of(1));
    peephole.initialize("weight_ch", Initializer.constant(0));
    Tensor input = Samples.of(2).tensor(5, 2, 3);
    assertThat(Recurrent.over(peephole).apply(input).toArray())
        .containsExactly(Recurrent.over(lstm).apply(input).toArray());
  }

  @Test
  void irnn_startsByAddingUpWhatItSees() {
    RnnCell cell = RnnCell.irnn(2, 6, Generator.of(1));
    assertThat(cell).hasToString("RnnCell 2 → 6 relu");
    double[] weight = cell.parameters().get("weight_ih").value().toArray();
    assertThat(Arrays.stream(weight))
        .allSatisfy(w -> assertThat(Math.abs(w)).isBetween(1e-9, 0.005));
    Tensor x = Tensor.of(new double[] {3, -2}, 1, 2);
    Tensor steps = Tensors.stack(List.of(x, x, x));
    double[] output = Recurrent.over(cell).apply(steps).get(2).toArray();
    for (int j = 0; j < 6; j++) {
      double once = Math.max(3 * weight[2 * j] - 2 * weight[2 * j + 1], 0);
      assertThat(output[j]).isBetween(3 * once - 1e-12, 3 * once + 1e-12);
    }
    assertThat(Arrays.stream(output)).anyMatch(y -> y > 0);
  }

  @Test
  void layerNorm_makesTheSizeOfTheWeightsIrrelevant() {
    LayerNormLstmCell cell = LayerNormLstmCell.of(3, 4, Generator.of(1));
    Tensor input = Samples.of(2).tensor(5, 2, 3);
    double[] before = Recurrent.over(cell).apply(input).toArray();
    for (String name : List.of("weight_ih", "weight_hh")) {
      double[] weight = cell.parameters().get(name).value().toArray();
      cell.parameters().get(name).set(Arrays.stream(weight).map(w -> 1000 * w).toArray());
    }
    double[] after = Recurrent.over(cell).apply(input).toArray();
    assertThat(after).usingComparatorWithPrecision(1e-2).containsExactly(before);
  }
}
