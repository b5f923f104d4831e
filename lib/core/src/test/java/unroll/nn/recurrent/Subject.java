package unroll.nn.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.nn.Linear;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * A layer under test, whatever its state.
 *
 * @param name what it is
 * @param layers makes it anew, on the current backend
 * @param parts the tensors in a state
 * @param state a state of these tensors
 */
record Subject<S>(
    String name,
    Supplier<? extends SequenceLayer<S>> layers,
    Function<S, List<Tensor>> parts,
    Function<List<Tensor>, S> state) {

  static final int INPUT = 3;
  static final int HIDDEN = 4;

  /** The layer with distinct numbers, large enough to bend the gates. */
  SequenceLayer<S> layer() {
    SequenceLayer<S> layer = layers.get();
    Samples.of(11).redraw(layer.parameters().values(), -0.9, 0.9);
    return layer;
  }

  /** Initial states as parameters, the batch in the axis before the last. */
  List<Parameter> initial(SequenceLayer<S> layer, Samples samples, int batch) {
    List<Parameter> all = new ArrayList<>();
    for (Tensor part : parts.apply(layer.initialState(batch))) {
      all.add(samples.parameter(part.shape().sizes()));
    }
    return all;
  }

  S state(List<Parameter> parameters) {
    return state.apply(parameters.stream().map(Parameter::value).toList());
  }

  /** Some of the sequences of a state. */
  List<Parameter> sequence(List<Parameter> initial, int b) {
    return initial.stream()
        .map(p -> Parameter.of(p.name(), p.value().slice(-2, b, b + 1)))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }

  private static Subject<Tensor> of(Supplier<RecurrentLayer<Tensor, ?>> layers) {
    return new Subject<>(
        layers.get().toString() + biases(layers.get()), layers, List::of, parts -> parts.get(0));
  }

  private static Subject<LstmState> lstm(Supplier<Lstm> layers) {
    return ofLstm(layers.get().toString() + biases(layers.get()), layers);
  }

  private static Subject<LstmState> ofLstm(
      String name, Supplier<? extends SequenceLayer<LstmState>> layers) {
    return new Subject<>(
        name,
        layers,
        state -> List.of(state.hidden(), state.cell()),
        parts -> new LstmState(parts.get(0), parts.get(1)));
  }

  private static String biases(SequenceLayer<?> layer) {
    return layer.parameters().keySet().stream().anyMatch(name -> name.contains("bias"))
        ? ""
        : " no bias";
  }

  /** Plain networks, gated ones, their variants, and cells of one's own. */
  static List<Subject<?>> all() {
    List<Subject<?>> all = new ArrayList<>();
    all.add(of(() -> rnn()));
    all.add(of(() -> rnn().relu()));
    all.add(of(() -> rnn().layers(2).withoutBias()));
    all.add(of(() -> rnn().relu().bidirectional().layers(3)));
    all.add(of(() -> rnn().layers(2).bidirectional(Merge.SUM)));
    all.add(of(() -> rnn().layerNorm()));
    all.add(of(() -> rnn().relu().layerNorm().layers(2).bidirectional()));
    all.add(of(() -> gru()));
    all.add(of(() -> gru().withoutBias().bidirectional()));
    all.add(of(() -> gru().layers(2)));
    all.add(of(() -> gru().layers(2).bidirectional()));
    all.add(of(() -> gru().bidirectional(Merge.SUM).learnedInitialState()));
    all.add(of(() -> gru().layerNorm().bidirectional()));
    all.add(of(() -> gru().resetBefore()));
    all.add(of(() -> gru().resetBefore().layers(2).bidirectional()));
    all.add(of(() -> gru().resetBefore().layerNorm().learnedInitialState()));
    all.add(lstm(() -> lstm()));
    all.add(lstm(() -> lstm().withoutBias()));
    all.add(lstm(() -> lstm().layers(3)));
    all.add(lstm(() -> lstm().layers(2).bidirectional().forgetBias(1)));
    all.add(lstm(() -> lstm().bidirectional(Merge.SUM).layers(2).learnedInitialState()));
    all.add(lstm(() -> lstm().projection(2)));
    all.add(lstm(() -> lstm().projection(2).layers(2).bidirectional()));
    all.add(lstm(() -> lstm().layerNorm()));
    all.add(lstm(() -> lstm().layerNorm().projection(3).layers(2)));
    all.add(ofLstm("peepholes", () -> Recurrent.over(PeepholeLstmCell.of(INPUT, HIDDEN))));
    all.add(
        new Subject<Tensor>(
            "own cell", () -> Recurrent.over(Own.create()), List::of, parts -> parts.get(0)));
    return all;
  }

  /** Those with dropout somewhere. */
  static List<Subject<?>> dropping() {
    return List.of(
        of(() -> rnn().recurrentDropout(0.4)),
        of(() -> rnn().layerNorm().recurrentDropout(0.4).layers(2).bidirectional()),
        of(() -> gru().recurrentDropout(0.4).layers(2).dropout(0.3)),
        of(() -> gru().resetBefore().recurrentDropout(0.4)),
        lstm(() -> lstm().layers(2).bidirectional().dropout(0.4)),
        lstm(() -> lstm().recurrentDropout(0.4).bidirectional()),
        lstm(() -> lstm().projection(2).recurrentDropout(0.4)));
  }

  private static Rnn rnn() {
    return Rnn.of(INPUT, HIDDEN);
  }

  private static Gru gru() {
    return Gru.of(INPUT, HIDDEN);
  }

  private static Lstm lstm() {
    return Lstm.of(INPUT, HIDDEN);
  }

  /** A leaky average of a function of input and state. */
  private record Own(Linear map) implements RecurrentCell<Tensor> {

    static Own create() {
      return new Own(Linear.of(INPUT + HIDDEN, HIDDEN));
    }

    @Override
    public Tensor step(Tensor x, Tensor h) {
      return h.times(0.5).plus(Tensors.tanh(map.apply(Tensors.concat(x, h))));
    }

    @Override
    public Tensor initialState(int batch) {
      return Tensors.zeros(batch, HIDDEN);
    }
  }
}
