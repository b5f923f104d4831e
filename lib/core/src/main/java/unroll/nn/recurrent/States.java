package unroll.nn.recurrent;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** States as values: tensors, or records of states. */
public final class States {

  private States() {}

  /** The tensors of a state, in the order of its components. */
  public static List<Tensor> tensors(Object state) {
    List<Tensor> found = new ArrayList<>();
    map("tensors", state, found::add);
    return found;
  }

  /**
   * A state made of other tensors.
   *
   * @param kind a state of the same kind
   * @param tensors as many as it has, in the order of its components
   */
  public static <S> S of(S kind, List<Tensor> tensors) {
    Iterator<Tensor> next = tensors.iterator();
    int wanted = tensors(kind).size();
    if (tensors.size() != wanted) {
      throw new IllegalArgumentException(
          "States.of: a %s has %d tensors, got %d"
              .formatted(kind.getClass().getSimpleName(), wanted, tensors.size()));
    }
    return combine("of", kind, kind, (tensor, same) -> next.next());
  }

  private static void map(String what, Object state, Consumer<Tensor> f) {
    combine(
        what,
        state,
        state,
        (tensor, same) -> {
          f.accept(tensor);
          return tensor;
        });
  }

  /** The states of some of the sequences, whose batch is an axis of each of its tensors. */
  static <S> S select(S state, int[] sequences, ToIntFunction<Tensor> batchAxis) {
    return combine(
        "select",
        state,
        state,
        (tensor, same) ->
            batchAxis.applyAsInt(tensor) == 0
                ? tensor.gather(sequences)
                : tensor.transpose(0, 1).gather(sequences).transpose(0, 1));
  }

  /** A copy that belongs to no tape and through which no gradient flows. */
  static <S> S keep(S state) {
    return combine("keep", state, state, (tensor, same) -> tensor.keep());
  }

  /**
   * The state after a step of sequences that have the step, the state before of those that have
   * ended; the first axis of each of its tensors is the batch.
   */
  static <S> S advance(S before, S after, int step, Lengths lengths) {
    return combine("run", before, after, (b, a) -> advance(b, a, step, lengths));
  }

  private static Tensor advance(Tensor before, Tensor after, int step, Lengths lengths) {
    int batch = before.shape().rank() == 0 ? -1 : before.size(0);
    if (batch != lengths.batch() || !after.shape().equals(before.shape())) {
      throw new IllegalArgumentException(
          "run: with lengths, each tensor of a state must be [%d, ...], the batch first, got %s"
              .formatted(lengths.batch(), after.shape()));
    }
    int[] rows = new int[batch];
    Arrays.setAll(rows, b -> lengths.has(step, b) ? batch + b : b);
    return Tensors.concat(0, List.of(before, after)).gather(rows);
  }

  @SuppressWarnings("unchecked")
  private static <S> S combine(String what, S a, S b, BinaryOperator<Tensor> f) {
    if (a instanceof Tensor tensor) {
      return (S) f.apply(tensor, (Tensor) b);
    }
    if (a instanceof Record parts) {
      return (S) combineRecords(what, parts, (Record) b, f);
    }
    throw new IllegalArgumentException(
        what
            + ": a state must be a tensor or a record of tensors, got "
            + a.getClass().getSimpleName());
  }

  private static Record combineRecords(String what, Record a, Record b, BinaryOperator<Tensor> f) {
    RecordComponent[] parts = a.getClass().getRecordComponents();
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] made = new Object[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i].getAccessor().setAccessible(true);
        Object first = parts[i].getAccessor().invoke(a);
        made[i] = combine(what, first, parts[i].getAccessor().invoke(b), f);
      }
      Constructor<? extends Record> constructor = a.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(made);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          what + ": cannot copy a " + a.getClass().getSimpleName(), e);
    }
  }
}
