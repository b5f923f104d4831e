package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.tensor.Tensor;

/**
 * The inside of a recurrent layer, step by step.
 *
 * @param parts each layer and direction, from the input up, forward before reverse
 * @param output [time, batch, outputSize]
 */
public record Activations(List<Part> parts, Tensor output) {

  /** Copies the parts. */
  public Activations {
    parts = List.copyOf(parts);
  }

  /**
   * One layer in one direction.
   *
   * @param layer its number, from 1
   * @param reverse whether it runs from the last step to the first; its gates stand at the steps
   *     that they are of, all the same
   * @param gates each gate, state or candidate by its letter in the equations, [time, batch,
   *     hiddenSize], in the order of the equations; the output is {@code h}, an LSTM's cell {@code
   *     c}
   */
  public record Part(int layer, boolean reverse, Map<String, Tensor> gates) {}

  /** The gates of the first layer, forward. */
  public Map<String, Tensor> gates() {
    return parts.get(0).gates();
  }

  /**
   * What distinguishes a part from the others, in words: "layer 2 reverse"; empty where there is
   * one only.
   */
  public String title(Part part) {
    boolean both = parts.stream().anyMatch(Part::reverse);
    boolean several = parts.get(parts.size() - 1).layer() > 1;
    String layer = several ? "layer " + part.layer() : "";
    String direction = !both ? "" : part.reverse() ? "reverse" : "forward";
    return (layer + " " + direction).strip();
  }
}
