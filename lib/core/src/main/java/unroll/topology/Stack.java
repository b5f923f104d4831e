package unroll.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.plot.NetworkDrawing;
import unroll.plot.Stage;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Layers one above the other. */
final class Stack implements Trainable {

  private final List<Layer> layers;
  private final Map<String, Parameter> parameters;

  Stack(String topology, List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(topology + ": needs at least one layer");
    }
    this.layers = List.copyOf(layers);
    Map<String, Parameter> all = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String prefix = i + ".";
      layers.get(i).parameters().forEach((name, p) -> all.put(prefix + name, p));
    }
    parameters = Collections.unmodifiableMap(all);
  }

  List<Layer> layers() {
    return layers;
  }

  Tensor apply(Tensor input) {
    Tensor x = input;
    for (Layer layer : layers) {
      x = layer.apply(x);
    }
    return x;
  }

  @Override
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /** The layers unrolled in time, with the letters T and B for the length and the batch. */
  NetworkDrawing drawing(String title) {
    int inputSize = layers.get(0).inputSize();
    List<Stage> stages = new ArrayList<>();
    Shape shape = Shape.of(1, 1, Math.max(1, inputSize));
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
      String name = layer.toString();
      String output = shapeText(shape.size(-1));
      long count = layer.parameterCount();
      stages.add(
          layer instanceof SequenceLayer
              ? Stage.recurrent(name, output, count)
              : Stage.apart(name, output, count));
    }
    return NetworkDrawing.of(title, shapeText(inputSize), stages)
        .memory(parameterBytes(), "of parameters");
  }

  long parameterBytes() {
    return parameters.values().stream()
        .mapToLong(p -> (long) p.shape().length() * p.backend().precision().bytes())
        .sum();
  }

  private static String shapeText(int features) {
    return features < 0 ? "[T, B, any]" : "[T, B, " + features + "]";
  }

  /** A line for each layer: its name, the shape it gives out, the number of its parameters. */
  String summary(String title) {
    int inputSize = layers.get(0).inputSize();
    StringBuilder text = new StringBuilder(title);
    text.append("  input ").append(shapeText(inputSize));
    Shape shape = Shape.of(1, 1, Math.max(1, inputSize));
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
      text.append(
          "%n  %-24s %-14s %,10d parameters"
              .formatted(layer, shapeText(shape.size(-1)), layer.parameterCount()));
    }
    text.append(
        "%n  %-24s %-14s %,10d parameters, %,d bytes"
            .formatted("total", "", parameterCount(), parameterBytes()));
    return text.toString();
  }
}
