package unroll.nn.recurrent;

import static unroll.tensor.Tensors.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.tensor.Tensor;

/**
 * Any cell unrolled over a sequence, one step after the other. For a cell of one's own; {@link
 * Rnn}, {@link Lstm} and {@link Gru} do the same for theirs, faster.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, outputSize]
 * </pre>
 *
 * @param <S> the cell's state
 */
public final class Recurrent<S> implements SequenceLayer<S> {

  private final RecurrentCell<S> cell;

  private Recurrent(RecurrentCell<S> cell) {
    this.cell = cell;
  }

  /** Unrolls a cell. */
  public static <S> Recurrent<S> over(RecurrentCell<S> cell) {
    return new Recurrent<>(cell);
  }

  /** What is unrolled. */
  public RecurrentCell<S> cell() {
    return cell;
  }

  @Override
  public Unrolled<S> run(Tensor input, S initial, int[] lengths) {
    Inputs.requireSequence(this, input);
    Lengths own = Lengths.of(this, input, lengths);
    Lengths trimmed = own.trimmed();
    List<Tensor> outputs = new ArrayList<>(input.size(0));
    S state = initial;
    for (Tensor x : own.mask(input, trimmed.steps()).unstack()) {
      int step = outputs.size();
      S after = cell.step(x, state);
      state = step < own.shortest() ? after : States.advance(state, after, step, own);
      outputs.add(cell.output(state));
    }
    return new Unrolled<>(trimmed.mask(stack(outputs), input.size(0)), state);
  }

  @Override
  public Tensor last(S state) {
    return cell.output(state);
  }

  @Override
  public S initialState(int batch) {
    return cell.initialState(batch);
  }

  /** The batch is the first axis of each tensor of a cell's state. */
  @Override
  public S select(S state, int... sequences) {
    return States.select(state, sequences, tensor -> 0);
  }

  @Override
  public int outputSize() {
    return cell.output(cell.initialState(1)).size(-1);
  }

  @Override
  public Map<String, Parameter> parameters() {
    return cell.parameters();
  }

  @Override
  public String toString() {
    return "Recurrent over " + cell;
  }
}
