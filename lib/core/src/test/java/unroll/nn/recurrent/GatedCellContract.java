package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.autograd.Samples;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** What the library's own cells and layers do besides. */
abstract class GatedCellContract<S> extends RecurrentCellContract<S> {

  /** The layer's name, and the cell's without its ending. */
  abstract String name();

  @Test
  void step_wrongInput_isNamed() {
    RecurrentCell<S> cell = network().cell();
    refuse(cell, Tensors.zeros(2, 5), 2, "input must be [batch, 3], got [2, 5]");
    refuse(cell, Tensors.zeros(3, 5), 2, "input must be [batch, 3], got [3, 5]; transposed?");
    refuse(cell, Tensors.zeros(2, 3, 1), 2, "input must be [batch, 3], got [2, 3, 1]");
    refuse(cell, Tensors.zeros(2, 3), 1, "state must be [2, 4], got [1, 4]");
  }

  private void refuse(RecurrentCell<S> cell, Tensor input, int batch, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cell.step(input, cell.initialState(batch)))
        .withMessage(name() + "Cell.step: " + message);
  }

  @Test
  void everyPartOfAState_mustFit() {
    Network<S> network = network();
    int parts = parts(network.cell().initialState(2)).size();
    for (int wrong = 0; wrong < parts; wrong++) {
      List<Tensor> tensors = new ArrayList<>(parts(network.cell().initialState(2)));
      tensors.set(wrong, Tensors.zeros(2, 5));
      S state = state(tensors);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.cell().step(Tensors.zeros(2, 3), state))
          .withMessage(name() + "Cell.step: state must be [2, 4], got [2, 5]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.whole().run(Tensors.zeros(6, 2, 3), state))
          .withMessage(network.whole() + ": state must be [2, 4], got [2, 5]");
    }
  }

  @Test
  void whole_wrongFeatures_areNamed() {
    SequenceLayer<S> layer = network().whole();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.apply(Tensors.zeros(6, 2, 4)))
        .withMessage(layer + ": input must be [time, batch, 3], got [6, 2, 4]");
    assertThat(layer.toString()).startsWith(name() + " 3 → 4");
    assertThat(network().cell().toString()).startsWith(name() + "Cell 3 → 4");
  }

  @Test
  void parameters_bearTheNamesOfPyTorch() {
    SequenceLayer<S> layer = network().whole();
    boolean biased = layer.parameters().size() == 4;
    assertThat(layer.parameters().keySet())
        .containsExactlyElementsOf(
            biased
                ? List.of("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
                : List.of("weight_ih_l0", "weight_hh_l0"));
  }

  @Test
  void activations_areOfTheSameRun() {
    Network<S> network = network();
    Tensor input = Samples.of(8).tensor(5, 2, INPUT);
    Activations activations = ((Traceable) network.whole()).activations(input);
    double[] output = network.whole().apply(input).toArray();
    assertThat(activations.output().toArray()).containsExactly(output);
    assertThat(activations.gates().get("h").toArray()).containsExactly(output);
    Scalars weights = new Scalars(network.cell().parameters());
    for (int b = 0; b < 2; b++) {
      double[] before = new double[HIDDEN];
      double[] cellBefore = new double[HIDDEN];
      for (int t = 0; t < 5; t++) {
        int step = t;
        int row = b;
        Gates gates = name -> activations.gates().get(name).get(step).get(row).toArray();
        checkActivations(weights, gates, input.get(t).get(b).toArray(), before, cellBefore);
        before = gates.of("h");
        cellBefore = activations.gates().containsKey("c") ? gates.of("c") : cellBefore;
      }
    }
  }

  /** The gates of one sequence at one step, by name. */
  interface Gates {
    double[] of(String name);
  }

  /**
   * Checks the gates of a step against the equations.
   *
   * @param h the output of the step before
   * @param c the cell of the step before, where there is one
   */
  abstract void checkActivations(Scalars weights, Gates gates, double[] x, double[] h, double[] c);
}
