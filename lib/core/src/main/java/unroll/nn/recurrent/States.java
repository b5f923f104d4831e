package unroll.nn.recurrent;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import unroll.tensor.Tensor;

/** States as values: tensors, or records of states. */
final class States {

  private States() {}

  /** A copy that belongs to no tape and through which no gradient flows. */
  @SuppressWarnings("unchecked")
  static <S> S keep(S state) {
    if (state instanceof Tensor tensor) {
      return (S) tensor.keep();
    }
    if (state instanceof Record parts) {
      return (S) keepRecord(parts);
    }
    throw new IllegalArgumentException(
        "keep: a state must be a tensor or a record of tensors, got "
            + state.getClass().getSimpleName());
  }

  private static Record keepRecord(Record state) {
    RecordComponent[] parts = state.getClass().getRecordComponents();
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] kept = new Object[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i].getAccessor().setAccessible(true);
        kept[i] = keep(parts[i].getAccessor().invoke(state));
      }
      Constructor<? extends Record> constructor = state.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(kept);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "keep: cannot copy a " + state.getClass().getSimpleName(), e);
    }
  }
}
