package unroll.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Precision;
import unroll.io.ParityResult.Outcome;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.RecurrentLayer;
import unroll.nn.recurrent.Rnn;
import unroll.tensor.Generator;

/**
 * Compares a recurrent layer with PyTorch's, through reference files.
 *
 * <p>Such a file is safetensors with a layer's settings as metadata ({@code module}, {@code
 * input_size}, {@code hidden_size}, {@code num_layers}, {@code bidirectional}, {@code proj_size},
 * {@code bias}, {@code nonlinearity}; {@code lengths} where the batch is padded), its weights under
 * PyTorch's names, {@code input} [T, B, I], {@code h_0} and {@code c_0} [layers directions, B, H],
 * {@code probe} [T, B, directions H], and what must come out: {@code output}, {@code h_n}, {@code
 * c_n}, and under {@code grad.} the gradients of sum(output probe).
 */
public final class Parity {

  /** The largest error that passes where the file is in single precision. */
  public static final double LIMIT_F32 = 1e-4;

  /** The largest error that passes where the file is in double precision. */
  public static final double LIMIT_F64 = 1e-9;

  private Parity() {}

  /**
   * Runs the layer of a reference file forward and backward on the current backend.
   *
   * @throws SafeTensorsException if the file is not sound or no reference file; the message names
   *     the tensor or setting
   * @throws IOException if it cannot be read
   */
  public static ParityResult check(Path file) throws IOException {
    return check(file, Backends.current());
  }

  private static ParityResult check(Path file, Backend backend) throws IOException {
    ParityCase reference = ParityCase.read(file);
    boolean isDouble = reference.isDouble();
    double limit = isDouble ? LIMIT_F64 : LIMIT_F32;
    String unsupported = reference.unsupported();
    if (!unsupported.isEmpty()) {
      return without(reference, backend, limit, Outcome.NOT_SUPPORTED, unsupported);
    }
    if (isDouble && backend.precision() != Precision.FLOAT64) {
      String reason = "the file is in float64, the backend in float32; take ejml";
      return without(reference, backend, limit, Outcome.SKIPPED, reason);
    }
    try {
      ParityRun<?> run = layer(reference);
      List<ParityResult.Row> rows = run.rows(backend);
      boolean within = rows.stream().allMatch(row -> row.error() <= limit);
      Outcome outcome = within ? Outcome.PASSED : Outcome.FAILED;
      String layer = run.layer().toString();
      return new ParityResult(reference.name(), layer, backend.name(), outcome, "", limit, rows);
    } catch (IllegalArgumentException e) {
      throw reference.bad("does not fit its settings: " + e.getMessage());
    }
  }

  private static ParityResult without(
      ParityCase reference, Backend backend, double limit, Outcome outcome, String reason)
      throws SafeTensorsException {
    String layer = reference.module();
    return new ParityResult(
        reference.name(), layer, backend.name(), outcome, reason, limit, List.of());
  }

  private static ParityRun<?> layer(ParityCase reference) throws SafeTensorsException {
    int inputSize = reference.inputSize();
    int hiddenSize = reference.hiddenSize();
    Generator overwritten = Generator.of(0);
    return switch (reference.module()) {
      case "LSTM" -> {
        Lstm plain = Lstm.of(inputSize, hiddenSize, overwritten);
        int size = reference.projection();
        yield ParityRun.of(reference, built(reference, size == 0 ? plain : plain.projection(size)));
      }
      case "GRU" -> {
        Gru plain = Gru.of(inputSize, hiddenSize, overwritten);
        yield ParityRun.of(reference, built(reference, plain));
      }
      default -> {
        Rnn tanh = Rnn.of(inputSize, hiddenSize, overwritten);
        yield ParityRun.of(reference, built(reference, reference.isRelu() ? tanh.relu() : tanh));
      }
    };
  }

  /** Layers, directions and biases as the file says. */
  private static <L extends RecurrentLayer<?, L>> L built(ParityCase reference, L plain)
      throws SafeTensorsException {
    L layer = plain.layers(reference.numLayers());
    layer = reference.isBidirectional() ? layer.bidirectional() : layer;
    return reference.hasBias() ? layer : layer.withoutBias();
  }
}
