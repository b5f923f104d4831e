package unroll.nn.recurrent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.Initializer;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * The state that a layer starts with, for any number of sequences: zeros, or one that is learned,
 * the same for all sequences.
 */
final class Start {

  private static final List<String> NAMES = List.of("h_0", "c_0");

  private final Equations equations;
  private final int tracks;
  private final List<Parameter> learned = new ArrayList<>();

  Start(Equations equations, Wiring wiring, Supply supply) {
    this.equations = equations;
    this.tracks = wiring.tracks();
    if (wiring.learned()) {
      List<Integer> sizes = equations.stateSizes();
      for (int i = 0; i < sizes.size(); i++) {
        learned.add(supply.parameter(Initializer.constant(0), NAMES.get(i), tracks, sizes.get(i)));
      }
    }
  }

  Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    learned.forEach(p -> all.put(p.name(), p));
    return all;
  }

  /** The parts of the state. */
  List<Tensor> parts(int batch) {
    List<Tensor> parts = new ArrayList<>();
    List<Shape> shapes = shapes(batch);
    for (int i = 0; i < shapes.size(); i++) {
      parts.add(learned.isEmpty() ? zeros(shapes.get(i)) : repeated(i, shapes.get(i)));
    }
    return parts;
  }

  /** The shapes of the parts of a state: [batch, size], of several tracks [tracks, batch, size]. */
  List<Shape> shapes(int batch) {
    return equations.stateSizes().stream()
        .map(size -> tracks == 1 ? Shape.of(batch, size) : Shape.of(tracks, batch, size))
        .toList();
  }

  private Tensor zeros(Shape shape) {
    return Tensor.filled(0, shape, equations.weights().backend());
  }

  private Tensor repeated(int part, Shape shape) {
    Tensor value = learned.get(part).value();
    int size = shape.size(-1);
    Tensor one = tracks == 1 ? value.reshape(1, size) : value.reshape(tracks, 1, size);
    return one.broadcastTo(shape);
  }
}
