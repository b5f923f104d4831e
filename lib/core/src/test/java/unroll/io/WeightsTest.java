package unroll.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.nn.LayerNorm;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Rnn;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.topology.SequenceToSequence;

@OnBackend("cpu")
class WeightsTest {

  @TempDir Path folder;

  private static SequenceToSequence forecaster() {
    return SequenceToSequence.of(Lstm.of(3, 5), LayerNorm.of(5), Linear.of(5, 2));
  }

  private static Weights loadForecaster() throws IOException {
    return Weights.load(resource("forecaster")).rename("rnn", "0").rename("norm", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "ejml"})
  void stateDictOfPyTorch_givesPyTorchsOutput(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          SequenceToSequence model = forecaster();
          load(() -> loadForecaster().rename("head", "2"), model);
          requireOutput("forecaster", model);
        });
  }

  static Stream<Arguments> plain() {
    return Stream.of(
        Arguments.of("gru-half", Gru.of(3, 4), DType.F16),
        Arguments.of("rnn-bfloat16", Rnn.of(3, 4).relu(), DType.BF16),
        Arguments.of("lstm-double", Lstm.of(3, 4).withoutBias(), DType.F64));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plain")
  void otherPrecisions_areConverted(String name, unroll.nn.Layer layer, DType dtype)
      throws IOException {
    assertThat(SafeTensors.read(resource(name)).get("rnn.weight_ih_l0").dtype()).isEqualTo(dtype);
    SequenceToSequence model = SequenceToSequence.of(layer, Linear.of(4, 2));
    load(() -> Weights.load(resource(name)).rename("rnn", "0").rename("head", "1"), model);
    requireOutput(name, model);
  }

  /** The way back: names, kinds, shapes and bits are those of the file that PyTorch wrote. */
  @Test
  void backToPyTorch_isTheSameStateDict() throws IOException {
    SequenceToSequence model = forecaster();
    loadForecaster().rename("head", "2").into(model);
    Path file = folder.resolve("back.safetensors");
    Weights.of(model).rename("0", "rnn").rename("1", "norm").rename("2", "head").save(file);
    assertThat(SafeTensors.read(file).tensors())
        .containsExactlyInAnyOrderElementsOf(SafeTensors.read(resource("forecaster")).tensors());
    assertThat(SafeTensors.read(file).metadata()).containsEntry("format", "pt");
  }

  @Test
  void doublePrecision_isSavedAsSuch() {
    OnBackend.Switch.run(
        "ejml",
        () -> {
          Linear layer = Linear.of(3, 2);
          Path file = folder.resolve("double.safetensors");
          Linear other = Linear.of(3, 2);
          try {
            Weights.of(layer).save(file);
            assertThat(SafeTensors.read(file).get("bias").dtype()).isEqualTo(DType.F64);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          load(() -> Weights.load(file), other);
          assertThat(numbers(other)).isEqualTo(numbers(layer));
        });
  }

  @Test
  void weights_areCopies() {
    Linear layer = Linear.of(3, 2);
    Weights before = Weights.of(layer);
    String then = numbers(layer);
    layer.parameters().get("weight").set(new double[6]);
    before.into(layer);
    assertThat(numbers(layer)).isEqualTo(then);
  }

  @Test
  void names_changeByPart() {
    Weights weights = of("rnn.weight_hh_l0", "rnn.weight_ih_l0", "rnn2.bias", "scale");
    assertThat(weights.rename("rnn", "0").names())
        .containsExactly("0.weight_hh_l0", "0.weight_ih_l0", "rnn2.bias", "scale");
    assertThat(weights.rename("rnn", "").names())
        .containsExactly("weight_hh_l0", "weight_ih_l0", "rnn2.bias", "scale");
    assertThat(weights.rename("", "model").names())
        .containsExactly(
            "model.rnn.weight_hh_l0", "model.rnn.weight_ih_l0", "model.rnn2.bias", "model.scale");
    assertThat(weights.rename("scale", "head.scale").names()).contains("head.scale");
    assertThat(weights.rename(name -> name.replace("_l0", "")).names())
        .contains("rnn.weight_hh", "rnn.weight_ih");
    assertThat(weights.without("rnn").names()).containsExactly("rnn2.bias", "scale");
    assertThat(weights.under("rnn").names()).containsExactly("weight_hh_l0", "weight_ih_l0");
    assertThat(weights.names()).hasSize(4);
  }

  @Test
  void unknownOrClashingNames_areRefused() {
    Weights weights = of("rnn.weight", "head.weight");
    assertThatThrownBy(() -> weights.rename("rn", "0"))
        .hasMessageContaining("Weights.rename: nothing in These is called 'rn'")
        .hasMessageContaining("[rnn.weight, head.weight]");
    assertThatThrownBy(() -> weights.without("bias")).hasMessageContaining("'bias'");
    assertThatThrownBy(() -> weights.under("rnn.weight.x")).hasMessageContaining("'rnn.weight.x'");
    assertThatThrownBy(() -> weights.rename("rnn", "head"))
        .hasMessageContaining("'rnn.weight' and 'head.weight'")
        .hasMessageContaining("both be called 'head.weight'");
  }

  static Stream<Arguments> unfitting() {
    StoredTensor bias = StoredTensor.of("bias", new int[] {2}, 1f, 2f);
    StoredTensor weight = StoredTensor.of("weight", new int[] {2, 3}, 1f, 2f, 3f, 4f, 5f, 6f);
    return Stream.of(
        Arguments.of("missing", List.of(weight), "no tensor for parameter 'bias' [2]"),
        Arguments.of(
            "another name", List.of(weight, bias.named("b")), "without a parameter are [b]"),
        Arguments.of(
            "a name too many",
            List.of(weight, bias, bias.named("scale")),
            "tensor 'scale' is superfluous"),
        Arguments.of(
            "transposed",
            List.of(StoredTensor.of("weight", new int[] {3, 2}, 1f, 2f, 3f, 4f, 5f, 6f), bias),
            "tensor 'weight' must be [2, 3], got [3, 2]; transposed?"),
        Arguments.of(
            "shape",
            List.of(weight, StoredTensor.of("bias", new int[] {1, 2}, 1f, 2f)),
            "tensor 'bias' must be [2], got [1, 2]"),
        Arguments.of(
            "scalar",
            List.of(weight, StoredTensor.of("bias", new int[0], 1f)),
            "tensor 'bias' must be [2], got []"),
        Arguments.of(
            "nothing in it",
            List.of(
                weight,
                new StoredTensor("bias", DType.F32, new int[] {0, 1 << 30, 8}, new byte[0])),
            "tensor 'bias' must be [2], got [0, 1073741824, 8]"),
        Arguments.of(
            "whole numbers",
            List.of(weight, StoredTensor.of("bias", new int[] {2}, 1L, 2L)),
            "tensor 'bias' holds I64"),
        Arguments.of(
            "too large",
            List.of(weight, StoredTensor.of("bias", new int[] {2}, 1.0, 1e39)),
            "tensor 'bias' holds 1.0E39, which is too large"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unfitting")
  void whatDoesNotFit_isRefusedByName_andChangesNothing(
      String what, List<StoredTensor> tensors, String message) throws IOException {
    Path file = folder.resolve("given.safetensors");
    SafeTensors.of(Map.of(), tensors).write(file);
    Weights weights = Weights.load(file);
    Linear layer = Linear.of(3, 2);
    String before = numbers(layer);
    assertThatThrownBy(() -> weights.into(layer))
        .as(what)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Weights.into(Linear): " + file)
        .hasMessageContaining(message);
    assertThat(numbers(layer)).isEqualTo(before);
  }

  @Test
  void error_namesTheTensorOfTheFile() throws IOException {
    Weights weights = loadForecaster().rename("head", "2");
    SequenceToSequence wide =
        SequenceToSequence.of(Lstm.of(3, 5), LayerNorm.of(5), Linear.of(5, 4));
    assertThatThrownBy(() -> weights.into(wide))
        .hasMessageContaining("tensor 'head.weight', here called '2.weight', must be [4, 5]")
        .hasMessageContaining("forecaster.safetensors");
  }

  @Test
  void failedSave_leavesTheFileAsItWas() throws IOException {
    Path file = folder.resolve("there.safetensors");
    Weights.of(Linear.of(3, 2)).save(file);
    byte[] before = Files.readAllBytes(file);
    Weights broken = of("a").rename("a", "\ud800");
    assertThatThrownBy(() -> broken.save(file)).hasMessageContaining("surrogate");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void text_listsTheTensors() throws IOException {
    assertThat(Weights.load(resource("gru-half")))
        .asString()
        .contains("gru-half.safetensors")
        .contains("rnn.weight_ih_l0 F16 [12, 3]");
  }

  private interface Loading {
    Weights load() throws IOException;
  }

  private static void load(Loading loading, Trainable model) {
    try {
      loading.load().into(model);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void requireOutput(String name, SequenceToSequence model) {
    try {
      SafeTensors frozen = SafeTensors.read(resource(name + "-case"));
      StoredTensor input = frozen.get("input");
      Tensor x =
          Tensor.of(
              input.doubles(),
              Shape.of(input.shape()),
              model.parameters().values().iterator().next().backend());
      assertThat(model.predict(x).toArray())
          .containsExactly(frozen.get("output").doubles(), within(2e-6));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Weights of(String... names) {
    Map<String, unroll.autograd.Parameter> parameters = new LinkedHashMap<>();
    List<String> all = new ArrayList<>(List.of(names));
    all.forEach(name -> parameters.put(name, unroll.autograd.Parameter.of(name, Tensor.of(1.0))));
    record These(Map<String, unroll.autograd.Parameter> parameters) implements Trainable {}
    return Weights.of(new These(parameters));
  }

  private static String numbers(Trainable model) {
    StringBuilder text = new StringBuilder();
    model
        .parameters()
        .forEach((n, p) -> text.append(n).append(java.util.Arrays.toString(p.value().toArray())));
    return text.toString();
  }

  private static Path resource(String name) {
    var url = WeightsTest.class.getResource("/weights/" + name + ".safetensors");
    return Path.of(URI.create(url.toString()));
  }
}
