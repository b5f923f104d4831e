package unroll.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.backend.Backends;
import unroll.io.ParityResult.Outcome;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;

@OnBackend("ejml")
class ParityTest {

  @TempDir Path folder;

  private Map<String, String> metadata;
  private Map<String, StoredTensor> tensors;

  private static Path file(String name) {
    try {
      return Path.of(ParityTest.class.getResource("/parity/" + name + ".safetensors").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The contents of a reference file, to be changed and written by {@link #changed}. */
  private void open(String name) throws IOException {
    SafeTensors contents = SafeTensors.read(file(name));
    metadata = new LinkedHashMap<>(contents.metadata());
    tensors = new LinkedHashMap<>();
    contents.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
  }

  @BeforeEach
  void lstm() throws IOException {
    open("lstm");
  }

  private Path changed() throws IOException {
    Path file = folder.resolve("changed.safetensors");
    SafeTensors.of(metadata, List.copyOf(tensors.values())).write(file);
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "rnn-tanh, ejml, 8, 1e-6",
    "rnn-tanh, cpu, 8, 1e-5",
    "lstm, ejml, 10, 1e-6",
    "lstm, cpu, 10, 1e-5",
    "lstm-double, ejml, 10, 1e-12",
    "gru, ejml, 8, 1e-6",
    "gru, cpu, 8, 1e-5",
    "gru-no-bias-double, ejml, 6, 1e-12",
    "rnn-relu-stacked, ejml, 12, 1e-6",
    "rnn-relu-stacked, cpu, 12, 1e-5",
    "lstm-bidirectional-stacked, ejml, 22, 1e-6",
    "lstm-bidirectional-stacked, cpu, 22, 1e-5",
    "lstm-projected, ejml, 11, 1e-6",
    "lstm-projected, cpu, 11, 1e-5",
    "lstm-variable-length, ejml, 10, 1e-6",
    "lstm-variable-length, cpu, 10, 1e-5",
    "gru-bidirectional-variable-length, ejml, 12, 1e-6",
    "gru-bidirectional-variable-length, cpu, 12, 1e-5"
  })
  void layer_agreesWithPyTorch(String name, String backend, int rows, double error)
      throws IOException {
    Backends.use(backend);
    ParityResult result = Parity.check(file(name));
    assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.PASSED);
    assertThat(result.isFine()).isTrue();
    assertThat(result.rows()).hasSize(rows);
    assertThat(result.worst()).isLessThan(error);
    assertThat(result.limit()).isEqualTo(name.endsWith("double") ? 1e-9 : 1e-4);
    assertThat(result.backend()).isEqualTo(backend);
    assertThat(result.reason()).isEmpty();
  }

  @Test
  void rows_areAllThatTheFileTells() throws IOException {
    List<String> expected = new ArrayList<>(List.of("output", "h_n", "c_n"));
    tensors.keySet().stream().filter(name -> name.startsWith("grad.")).forEach(expected::add);
    assertThat(expected).hasSize(10);
    ParityResult result = Parity.check(file("lstm"));
    assertThat(result.rows())
        .extracting(ParityResult.Row::tensor)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(result.toString())
        .startsWith("lstm.safetensors  Lstm 4 → 7 on ejml: passed")
        .contains("\n  grad.weight_ih_l0      ")
        .doesNotContain("over");
  }

  @Test
  void doubleFileOnFloat32_isSkipped() throws IOException {
    Backends.use("cpu");
    ParityResult result = Parity.check(file("lstm-double"));
    assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(result.isFine()).isTrue();
    assertThat(result.rows()).isEmpty();
    assertThat(result)
        .hasToString(
            "lstm-double.safetensors  LSTM on cpu: skipped: the file is in float64, the backend in"
                + " float32; take ejml");
  }

  @ParameterizedTest
  @CsvSource({
    "gru, proj_size, 3, projection of a GRU",
    "lstm, module, Transformer, module Transformer"
  })
  void whatTheLibraryHasNot_isSaidAndIsNotFine(String name, String key, String value, String reason)
      throws IOException {
    open(name);
    metadata.put(key, value);
    ParityResult result = Parity.check(changed());
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_SUPPORTED);
    assertThat(result.isFine()).isFalse();
    assertThat(result.rows()).isEmpty();
    assertThat(result.toString()).endsWith("on ejml: not supported yet: " + reason);
  }

  @Test
  void everyTensorCounts() throws IOException {
    for (String name : List.copyOf(tensors.keySet())) {
      open("lstm");
      tensors.put(name, nudged(tensors.get(name), 0.01));
      ParityResult result = Parity.check(changed());
      assertThat(result.outcome()).as(name).isEqualTo(Outcome.FAILED);
      assertThat(result.isFine()).isFalse();
      if (name.startsWith("grad.") || name.endsWith("_n") || name.equals("output")) {
        assertThat(result.rows().stream().filter(row -> row.error() > 1e-4))
            .extracting(ParityResult.Row::tensor)
            .containsExactly(name);
        assertThat(result.toString()).contains(": FAILED").containsOnlyOnce("over 1e-04");
      }
    }
  }

  @Test
  void notANumber_fails() throws IOException {
    tensors.put("h_n", nudged(tensors.get("h_n"), Double.NaN));
    ParityResult result = Parity.check(changed());
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.worst()).isNaN();
    assertThat(result.toString()).containsPattern("h_n +NaN  over 1e-04");
  }

  private static StoredTensor nudged(StoredTensor tensor, double by) {
    float[] values = tensor.floats();
    values[values.length - 1] += (float) by;
    return StoredTensor.of(tensor.name(), tensor.shape(), values);
  }

  @Test
  void reluAndTanh_areToldApart() throws IOException {
    open("rnn-tanh");
    metadata.put("nonlinearity", "relu");
    ParityResult result = Parity.check(changed());
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.layer()).isEqualTo("Rnn 4 → 6 relu");
  }

  @Test
  void sessionGenerator_isLeftAlone() throws IOException {
    Generator.State before = Generator.session().state();
    Parity.check(file("gru"));
    assertThat(Generator.session().state()).isEqualTo(before);
  }

  private void refused(String... words) throws IOException {
    Path file = changed();
    assertThatThrownBy(() -> Parity.check(file))
        .isInstanceOf(SafeTensorsException.class)
        .hasMessageStartingWith("Parity.check: " + file)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void missingTensor_isNamed() throws IOException {
    for (String name : List.copyOf(tensors.keySet())) {
      open("lstm");
      tensors.remove(name);
      refused("'" + name + "'");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "module, , has no 'module'",
    "hidden_size, , has no 'hidden_size'",
    "hidden_size, seven, hidden_size 'seven'; expected a whole number",
    "hidden_size, 1000000, 'has hidden_size 1000000, but ''weight_hh_l0'' of shape [28, 7]'",
    "input_size, 3, 'has input_size 3, but ''weight_ih_l0'' of shape [28, 4]'",
    "hidden_size, 6, 'has hidden_size 6, but ''weight_hh_l0'' of shape [28, 7]'",
    "num_layers, 2, no tensor 'weight_hh_l1'",
    "num_layers, 0, num_layers 0; expected 1 at least",
    "num_layers, 1000000, no tensor 'weight_hh_l999999'",
    "bidirectional, true, no tensor for parameter 'weight_ih_l0_reverse'",
    "proj_size, 3, no tensor 'weight_hr_l0'",
    "lengths, '[3, 1]', 'there must be a length for each of 3 sequences, got 2'",
    "lengths, '[3, 1, 7]', 'lengths must be 0 to 6, the steps of the input, got [3, 1, 7]'",
    "lengths, 'all', lengths 'all'; expected whole numbers",
    "bias, maybe, bias 'maybe'; expected true or false",
    "bias, false, no parameter for tensor 'bias_ih_l0'",
    "module, GRU, 'tensor ''weight_ih_l0'' must be [21, 4], got [28, 4]'"
  })
  void wrongSetting_isNamed(String key, String value, String message) throws IOException {
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    refused(message);
  }

  @Test
  void wrongShapesAndKinds_areNamed() throws IOException {
    tensors.put("extra", StoredTensor.of("extra", new int[] {1}, 1f));
    refused("no parameter for tensor 'extra'");
    open("lstm");
    tensors.put("h_0", StoredTensor.of("h_0", new int[] {3, 7}, new float[21]));
    refused("has tensor 'h_0' of shape [3, 7]; expected [1, 3, 7]");
    open("lstm");
    tensors.put("input", StoredTensor.of("input", new int[] {6, 12}, new float[72]));
    refused("has tensor 'input' of shape [6, 12]; expected 3 axes");
    open("lstm");
    tensors.put("output", StoredTensor.of("output", new int[] {1}, 1L));
    refused("has output as I64; expected F32 or F64");
  }

  @Test
  void unknownNonlinearity_isNamed() throws IOException {
    open("rnn-tanh");
    metadata.put("nonlinearity", "sine");
    refused("has nonlinearity 'sine'; expected tanh or relu");
  }

  @Test
  void noFile_isNamed() {
    assertThatThrownBy(() -> Parity.check(folder.resolve("none.safetensors")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none.safetensors");
  }
}
