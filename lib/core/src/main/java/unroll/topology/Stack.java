package unroll.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.data.TokenBatch;
import unroll.data.Vocabulary;
import unroll.nn.Embedding;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Carry;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Layers one above the other, above an embedding where tokens go in. */
final class Stack implements Trainable {

  private final String topology;
  private final Embedding embedding;
  private final List<Layer> layers;
  private final Map<String, Parameter> parameters;

  /**
   * Puts layers together.
   *
   * @param embedding null where numbers go in
   */
  Stack(String topology, Embedding embedding, List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(topology + ": needs at least one layer");
    }
    this.topology = topology;
    this.embedding = embedding;
    this.layers = List.copyOf(layers);
    List<Trainable> parts = new ArrayList<>();
    if (embedding != null) {
      parts.add(embedding);
    }
    parts.addAll(layers);
    Map<String, Parameter> all = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String prefix = i + ".";
      parts.get(i).parameters().forEach((name, p) -> all.put(prefix + name, p));
    }
    parameters = Collections.unmodifiableMap(all);
    checkSizes();
  }

  /** Refuses layers that do not fit each other, before any data comes. */
  private void checkSizes() {
    int size = embedding == null ? -1 : embedding.features();
    String below = String.valueOf(embedding);
    for (Layer layer : layers) {
      if (size >= 0 && layer.inputSize() >= 0 && layer.inputSize() != size) {
        throw new IllegalArgumentException(
            "%s: %s takes %d numbers, but %s below gives out %d"
                .formatted(topology, layer, layer.inputSize(), below, size));
      }
      int known = layer.inputSize() >= 0 ? layer.inputSize() : size;
      size = known < 0 && !(layer instanceof SequenceLayer) ? -1 : outputSize(layer, known);
      below = layer.toString();
    }
  }

  private static int outputSize(Layer layer, int inputSize) {
    return layer.outputShape(Shape.of(1, 1, Math.max(1, inputSize))).size(-1);
  }

  List<Layer> layers() {
    return layers;
  }

  /** The embedding, or null where numbers go in. */
  Embedding embedding() {
    return embedding;
  }

  /** The layers up to and with the last recurrent one. */
  Stack body() {
    return new Stack(topology, embedding, layers.subList(0, lastRecurrent() + 1));
  }

  /** The index of the last recurrent layer, or -1. */
  int lastRecurrent() {
    int last = -1;
    for (int i = 0; i < layers.size(); i++) {
      last = layers.get(i) instanceof SequenceLayer ? i : last;
    }
    return last;
  }

  /** The words that go in. */
  Vocabulary vocabulary() {
    if (embedding == null) {
      throw new IllegalArgumentException(
          topology
              + ": numbers go into it, not words; begin it with Embedding.of(vocabulary, size)");
    }
    return embedding
        .vocabulary()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: its %s was made without a vocabulary; use Embedding.of(vocabulary, %d)"
                        .formatted(topology, embedding, embedding.features())));
  }

  Tensor embed(TokenBatch batch) {
    vocabulary();
    return embedding.lookup(batch);
  }

  /** All layers at every step, without padding. */
  Tensor apply(Tensor input) {
    Tensor x = input;
    for (Layer layer : layers) {
      x = layer.apply(x);
    }
    return x;
  }

  /** Some of the layers; where a layer does not run over time it does not matter what is padded. */
  Tensor apply(Tensor input, int from, int to, int[] lengths) {
    Tensor x = input;
    for (Layer layer : layers.subList(from, to)) {
      x =
          layer instanceof SequenceLayer<?> recurrent
              ? run(recurrent, x, lengths).output()
              : layer.apply(x);
    }
    return x;
  }

  /**
   * All layers over a part of a sequence.
   *
   * @param before the states after the part before, or an empty list at the beginning
   */
  Unrolled<List<Tensor>> carry(Tensor input, List<Tensor> before) {
    return Carry.run(layers, input, before, null);
  }

  static <S> Unrolled<S> run(SequenceLayer<S> layer, Tensor input, int[] lengths) {
    return layer.run(input, layer.initialState(input.size(1)), lengths);
  }

  /** Null where all sequences are full: what layers do fastest. */
  static int[] lengthsOrNull(int[] lengths, int steps) {
    for (int length : lengths) {
      if (length != steps) {
        return lengths;
      }
    }
    return null;
  }

  @Override
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Where its parameters live. */
  Backend backend() {
    return parameters.values().iterator().next().backend();
  }
}
