package unroll.bench.convergence;

import unroll.nn.Initializer;
import unroll.tensor.Generator;
import unroll.tensor.Shape;

/**
 * Biases with which gates remember for some steps from the start, each unit for a different time
 * (Tallec and Ollivier 2018, "Can recurrent neural networks warp time?").
 *
 * <pre>
 * b = ln u, u uniform in [1, lag)
 * LSTM  bias of f = b, bias of i = -b, of g and o 0
 * GRU   bias of z = b, of r and n 0
 * </pre>
 *
 * <p>A gate with this bias keeps u / (1 + u) of its cell each step, so it forgets within about u
 * steps. Here z is the share that is kept, as in PyTorch. A plain network has no such gate and
 * stays as it is.
 */
final class MemoryStart {

  private MemoryStart() {}

  static void apply(String cell, int lag, Network network, Generator generator) {
    if (!cell.equals("RNN")) {
      network.initialize("layer.bias_hh*", Initializer.constant(0), generator);
      network.initialize("layer.bias_ih*", bias(cell, lag), generator);
    }
  }

  /** For a bias [gates hidden] of an LSTM (i, f, g, o) or a GRU (r, z, n). */
  private static Initializer bias(String cell, int lag) {
    int gates = cell.equals("LSTM") ? 4 : 3;
    return (generator, sizes) -> {
      double[] all = new double[Shape.of(sizes).length()];
      int hidden = all.length / gates;
      for (int unit = 0; unit < hidden; unit++) {
        double b = StrictMath.log(1 + (lag - 1) * generator.nextDouble());
        all[hidden + unit] = b;
        if (gates == 4) {
          all[unit] = -b;
        }
      }
      return all;
    };
  }
}
