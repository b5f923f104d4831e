package unroll.nn.recurrent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * What {@link Rnn}, {@link Lstm} and {@link Gru} have in common: layers one above the other, in one
 * direction or in two, over sequences of one length or of several.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, outputSize]; both directions side by side, or their sum
 * state   [batch, hiddenSize]; with several layers or two directions
 *         [layers directions, batch, hiddenSize], layer by layer, forward before reverse
 * </pre>
 *
 * <p>A layer is a value: each of {@link #layers}, {@link #bidirectional()}, {@link #dropout} and so
 * on gives another one, which shares the parameters that both have, where their shapes agree, and
 * draws those that are missing. So say what a layer shall be before it is trained.
 *
 * <p>Parameters bear PyTorch's names, {@code weight_ih_l0}, {@code weight_hh_l1_reverse}, and so do
 * its settings; PyTorch has no dropout inside the recurrence, no layer normalisation, no sum of
 * directions and no learned start.
 *
 * @param <S> the state
 * @param <L> the layer itself
 */
public abstract sealed class RecurrentLayer<S, L extends RecurrentLayer<S, L>>
    implements SequenceLayer<S>, Traceable permits Rnn, Lstm, Gru {

  final Formula formula;
  final Wiring wiring;
  final Tracks tracks;
  private final Start start;
  private final Generator generator;

  RecurrentLayer(Formula formula, Wiring wiring, Supply supply) {
    this.formula = formula;
    this.wiring = wiring;
    generator = supply.generator();
    tracks = new Tracks(name(), formula, wiring, supply);
    start = new Start(tracks.first(), wiring, supply);
  }

  /** The layer's name in messages. */
  final String name() {
    return getClass().getSimpleName();
  }

  /** A layer of another form. */
  abstract L with(Formula other, Wiring wires, Supply supply);

  abstract List<Tensor> parts(S state);

  abstract S state(List<Tensor> parts);

  /** This layer's parameters, and new ones from its generator where another form needs them. */
  final Supply supply() {
    return new Supply(parameters(), tracks.norms(), generator);
  }

  final L with(Formula other) {
    return with(other, wiring, supply());
  }

  private L with(Wiring other) {
    return with(formula, other, supply());
  }

  /** So many layers, each over the outputs of the one below. */
  public final L layers(int count) {
    return with(wiring.withLayers(name(), count));
  }

  /**
   * Each layer in both directions, the outputs side by side (Schuster and Paliwal 1997). Each step
   * then sees what comes after it as well, so there is no going {@linkplain #step step by step}.
   */
  public final L bidirectional() {
    return bidirectional(Merge.CONCATENATE);
  }

  /** Each layer in both directions. */
  public final L bidirectional(Merge merge) {
    return with(wiring.withMerge(merge));
  }

  /**
   * Dropout between layers (Zaremba et al. 2014): in training, each number that a layer hands to
   * the next is zero with probability p, anew at each step. It has no effect on a single layer.
   */
  public final L dropout(double p) {
    return with(wiring.withDropout(name(), p));
  }

  /**
   * Variational dropout inside the recurrence (Gal and Ghahramani 2016): in training, the gates do
   * not see a share p of the hidden state of the step before, the same units at all steps of a
   * sequence; others are enlarged by 1 / (1 - p). One mask serves all gates. It runs step by step,
   * slower than without. Each call of {@link #step} is a sequence of its own and draws anew.
   */
  public final L recurrentDropout(double p) {
    return with(wiring.withRecurrentDropout(name(), p));
  }

  /** The same weights without biases. */
  public final L withoutBias() {
    return with(formula.withoutBias());
  }

  /**
   * With layer normalisation inside the recurrence (Ba et al. 2016); the layer's cell states the
   * equations. The norms' biases take the place of the layer's. It runs step by step, slower than
   * without.
   */
  public final L layerNorm() {
    return with(formula.withNorm());
  }

  /**
   * With an initial state that is learned, the same for all sequences: parameters {@code h_0} and,
   * for an LSTM, {@code c_0}, [layers directions, size], which start at zero.
   */
  public final L learnedInitialState() {
    return with(wiring.withLearnedStart());
  }

  /**
   * The same parameters one step at a time.
   *
   * @throws IllegalStateException if there are several layers or two directions
   */
  public abstract RecurrentCell<S> cell();

  final void requireOneTrack() {
    if (wiring.tracks() > 1) {
      throw new IllegalStateException(
          "%s.cell: a stack or both directions are no single cell%s"
              .formatted(this, isBidirectional() ? "" : "; use step"));
    }
  }

  @Override
  public final Unrolled<S> run(Tensor input, S initial, int[] lengths) {
    Tracks.Result result = run(input, parts(initial), lengths, false);
    return new Unrolled<>(result.output(), state(result.state()));
  }

  private Tracks.Result run(Tensor input, List<Tensor> initial, int[] lengths, boolean traced) {
    Inputs.requireSequence(this, input, inputSize());
    List<Shape> shapes = start.shapes(input.size(1));
    for (int i = 0; i < shapes.size(); i++) {
      Inputs.requireState(this, initial.get(i), shapes.get(i));
    }
    return tracks.run(input, initial, Lengths.of(this, input, lengths), traced);
  }

  /** The gates of every layer and direction, and the hidden states {@code h}. */
  @Override
  public final Activations activations(Tensor input) {
    Inputs.requireSequence(this, input);
    Tracks.Result result = run(input, start.parts(input.size(1)), null, true);
    return new Activations(result.insides(), result.output());
  }

  @Override
  public final Tensor last(S state) {
    return tracks.last(parts(state).get(0));
  }

  @Override
  public final S initialState(int batch) {
    return state(start.parts(batch));
  }

  @Override
  public final boolean isBidirectional() {
    return wiring.directions() == 2;
  }

  @Override
  public final int inputSize() {
    return wiring.inputSize();
  }

  /** The number of units of each layer. */
  public final int hiddenSize() {
    return formula.hiddenSize();
  }

  /** The number of layers. */
  public final int numLayers() {
    return wiring.layers();
  }

  @Override
  public final int outputSize() {
    return wiring.outputSize(formula.shownSize());
  }

  @Override
  public final Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>(tracks.parameters());
    all.putAll(start.parameters());
    return Collections.unmodifiableMap(all);
  }

  @Override
  public final String toString() {
    return "%s %d → %d%s%s"
        .formatted(name(), inputSize(), hiddenSize(), formula.remarks(), wiring.remarks());
  }
}
