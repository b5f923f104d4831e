package unroll.backend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.backend.Recurrence.Kind;
import unroll.io.DType;
import unroll.io.SafeTensors;

/** The whole-sequence kernels against cases that PyTorch computed; see parity/generate.py. */
interface ParityContract {

  Backend backend();

  @ParameterizedTest
  @ValueSource(strings = {"rnn-tanh", "lstm", "gru", "lstm-double", "gru-no-bias-double"})
  default void layer_agreesWithPyTorch(String name) throws IOException {
    SafeTensors file = resource("/parity/" + name + ".safetensors");
    boolean single = file.get("output").dtype() == DType.F32;
    assumeTrue(
        single || backend().precision() == Precision.FLOAT64, "a float64 case needs float64");
    double tolerance = single ? 1e-5 : 1e-12;
    LayerData data = data(file);
    LayerRun run = new LayerRun(backend(), new Host(backend(), 1), data);
    run.forward();
    Host.assertCloseInAll("output", run.output(), file.get("output").doubles(), tolerance);
    Map<GradientPart, double[]> gradients = run.backward(run.parts(), false, false);
    gradients.forEach(
        (part, g) -> {
          double[] expected = file.get("grad." + nameOf(part)).doubles();
          Host.assertCloseInAll(part.name(), g, expected, tolerance);
        });
  }

  private static LayerData data(SafeTensors file) {
    Map<String, String> settings = file.metadata();
    Kind kind =
        switch (settings.get("module")) {
          case "LSTM" -> Kind.LSTM;
          case "GRU" -> Kind.GRU;
          default -> Kind.RNN_TANH;
        };
    int[] input = file.get("input").shape();
    int hiddenSize = Integer.parseInt(settings.get("hidden_size"));
    boolean bias = Boolean.parseBoolean(settings.get("bias"));
    double[] state = file.get("h_0").doubles();
    return new LayerData(
        new Recurrence(kind, input[0], input[1], input[2], hiddenSize),
        bias,
        file.get("weight_ih_l0").doubles(),
        file.get("weight_hh_l0").doubles(),
        bias ? file.get("bias_ih_l0").doubles() : null,
        bias ? file.get("bias_hh_l0").doubles() : null,
        file.get("input").doubles(),
        state,
        kind == Kind.LSTM ? file.get("c_0").doubles() : null,
        file.get("probe").doubles(),
        null,
        null);
  }

  private static String nameOf(GradientPart part) {
    return switch (part) {
      case INPUT -> "input";
      case WEIGHT_IH -> "weight_ih_l0";
      case WEIGHT_HH -> "weight_hh_l0";
      case BIAS_IH -> "bias_ih_l0";
      case BIAS_HH -> "bias_hh_l0";
      case INITIAL_HIDDEN -> "h_0";
      case INITIAL_CELL -> "c_0";
    };
  }

  /** From a folder, or from a jar where the backend lives in another module. */
  private static SafeTensors resource(String name) throws IOException {
    Path file = Files.createTempFile("unroll-", ".safetensors");
    try (InputStream in = ParityContract.class.getResourceAsStream(name)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return SafeTensors.read(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
