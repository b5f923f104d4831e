package unroll.io;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.LstmState;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * A layer on the data of a reference file.
 *
 * @param stateNames what the file calls the parts of a state, before {@code _0} and {@code _n}
 * @param state a state of these parts
 * @param parts the parts of a state
 */
record ParityRun<S>(
    ParityCase reference,
    SequenceLayer<S> layer,
    List<String> stateNames,
    Function<List<Tensor>, S> state,
    Function<S, List<Tensor>> parts) {

  static ParityRun<LstmState> of(ParityCase reference, Lstm layer) {
    return new ParityRun<>(
        reference,
        layer,
        List.of("h", "c"),
        tensors -> new LstmState(tensors.get(0), tensors.get(1)),
        state -> List.of(state.hidden(), state.cell()));
  }

  static ParityRun<Tensor> of(ParityCase reference, SequenceLayer<Tensor> layer) {
    return new ParityRun<>(
        reference, layer, List.of("h"), tensors -> tensors.get(0), tensor -> List.of(tensor));
  }

  /** Loads the weights, runs forward and backward, and compares all that the file tells. */
  List<ParityResult.Row> rows(Backend backend) throws SafeTensorsException {
    layer.load(reference.weights(backend));
    Shape sequence = reference.shape("input", 3);
    Shape outputShape = layer.outputShape(sequence);
    Parameter input = Parameter.of("input", reference.tensor("input", sequence, backend));
    Tensor probe = reference.tensor("probe", outputShape, backend);
    List<Parameter> initial = new ArrayList<>();
    List<Shape> stored = new ArrayList<>();
    List<Tensor> zeros = parts.apply(layer.initialState(sequence.size(1)));
    for (int i = 0; i < zeros.size(); i++) {
      Shape own = zeros.get(i).shape();
      stored.add(own.rank() == 3 ? own : Shape.of(1, own.size(0), own.size(1)));
      Tensor value = reference.tensor(stateNames.get(i) + "_0", stored.get(i), backend);
      initial.add(Parameter.of(stateNames.get(i) + "_0", value.reshape(own.sizes())));
    }
    List<ParityResult.Row> rows = new ArrayList<>();
    try (Tape tape = Tape.open()) {
      S start = state.apply(initial.stream().map(Parameter::value).toList());
      Unrolled<S> run = layer.run(input.value(), start, reference.lengths());
      Gradients gradients = tape.backward(run.output().times(probe).sum());
      rows.add(row("output", run.output(), outputShape));
      List<Tensor> last = parts.apply(run.state());
      for (int i = 0; i < last.size(); i++) {
        rows.add(row(stateNames.get(i) + "_n", last.get(i), stored.get(i)));
      }
      rows.add(row("grad.input", gradients.of(input), sequence));
      for (int i = 0; i < initial.size(); i++) {
        Parameter p = initial.get(i);
        rows.add(row("grad." + p.name(), gradients.of(p), stored.get(i)));
      }
      for (Parameter p : layer.parameters().values()) {
        rows.add(row("grad." + p.name(), gradients.of(p), p.shape()));
      }
    }
    return rows;
  }

  private ParityResult.Row row(String name, Tensor actual, Shape shape)
      throws SafeTensorsException {
    return new ParityResult.Row(name, error(actual.toArray(), reference.numbers(name, shape)));
  }

  /** The largest difference over the largest magnitude expected. */
  private static double error(double[] actual, double[] expected) {
    double difference = 0;
    double magnitude = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
    }
    return difference == 0 ? 0 : difference / magnitude;
  }
}
