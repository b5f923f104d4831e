package unroll.nn.recurrent;

import java.util.Map;
import unroll.tensor.Tensor;

/**
 * The inside of a recurrent layer, step by step.
 *
 * @param gates each gate, state or candidate by its letter in the equations, [time, batch,
 *     hiddenSize], in the order of the equations; the output is {@code h}, an LSTM's cell {@code c}
 * @param output [time, batch, hiddenSize]
 */
public record Activations(Map<String, Tensor> gates, Tensor output) {}
