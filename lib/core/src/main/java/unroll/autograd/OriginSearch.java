package unroll.autograd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import unroll.tensor.Operation;
import unroll.tensor.Tensor;

/** Walks a tape in search of the first number that is none. */
final class OriginSearch {

  /** The variable that an operation, or the nearest before it, took in. */
  private record Place(Tensor leaf, int use) {}

  private final Set<Tensor> made = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Tensor, Integer> uses = new IdentityHashMap<>();
  private final List<Place> places = new ArrayList<>();
  private Place place = new Place(null, 0);
  private Origin origin;

  Optional<Origin> found() {
    return Optional.ofNullable(origin);
  }

  /** The next operation on the way forward; whether it is the one. */
  boolean forward(Operation operation, List<Tensor> inputs, List<Tensor> outputs) {
    for (Tensor input : inputs) {
      if (input.requiresGradient() && !made.contains(input)) {
        place = new Place(input, uses.merge(input, 1, Integer::sum));
      }
    }
    places.add(place);
    made.addAll(outputs);
    if (isFinite(outputs)) {
      return false;
    }
    boolean givenBad = !isFinite(inputs);
    origin = new Origin(operation, inputs, outputs, List.of(), place.leaf(), place.use(), givenBad);
    return true;
  }

  /** An operation on the way back, after its gradients are there; whether it is the one. */
  boolean back(
      int index,
      Operation operation,
      List<Tensor> inputs,
      List<Tensor> outputs,
      List<Tensor> arriving,
      IdentityHashMap<Tensor, Tensor> gradients) {
    List<Tensor> leaving = new ArrayList<>();
    inputs.forEach(input -> leaving.add(gradients.get(input)));
    if (isFinite(leaving)) {
      return false;
    }
    Place at = places.get(index);
    origin = new Origin(operation, inputs, outputs, arriving, at.leaf(), at.use(), false);
    return true;
  }

  private static boolean isFinite(List<Tensor> tensors) {
    for (Tensor tensor : tensors) {
      if (tensor == null) {
        continue;
      }
      for (double value : tensor.toArray()) {
        if (!Double.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }
}
