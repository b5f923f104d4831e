package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import unroll.autograd.Parameter;
import unroll.backend.Backends;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class TrainableTest {

  private record Gain(Parameter gain, String unit) implements Trainable {}

  private record Network(Linear first, List<Layer> middle, Gain last, int size, Linear none)
      implements Trainable {}

  private record Tied(Linear encoder, Linear decoder, Parameter shared) implements Trainable {}

  /** A class with a static field, a private one and one of its own making. */
  private static final class Plain implements Trainable {
    static final Parameter CONSTANT = Parameter.of("constant", Tensor.of(1.0));
    private final Linear hidden = Linear.of(2, 3, Generator.of(1));

    @Override
    public String toString() {
      return "Plain " + hidden + CONSTANT;
    }
  }

  /** A part that, being no static class, holds on to the whole. */
  private static final class Whole implements Trainable {
    final class Part implements Trainable {
      final Parameter weight = Parameter.of("weight", Tensor.of(1.0));

      String path() {
        return name + ".part";
      }
    }

    final String name = "whole";
    final Part part = new Part();
  }

  private static Linear linear(int in, int out) {
    return Linear.of(in, out, Generator.of(in * 100 + out));
  }

  private static Parameter parameter(String name, int size) {
    return Parameter.of(name, Tensors.ones(size));
  }

  @Test
  void recordOfLayers_namesItsParametersInOrder() {
    Network network =
        new Network(
            linear(4, 3),
            List.of(linear(3, 3), linear(3, 3).withoutBias()),
            new Gain(parameter("own name", 2), "dB"),
            7,
            null);
    assertThat(network.parameters().keySet())
        .containsExactly(
            "first.weight",
            "first.bias",
            "middle.0.weight",
            "middle.0.bias",
            "middle.1.weight",
            "last.gain");
    assertThat(network.parameterCount()).isEqualTo(15 + 12 + 9 + 2);
    assertThat(network.parameters().get("first.bias"))
        .isSameAs(network.first().parameters().get("bias"));
  }

  @Test
  void sharedParameter_countsOnce() {
    Linear layer = linear(2, 2);
    Tied tied = new Tied(layer, layer, layer.parameters().get("bias"));
    assertThat(tied.parameters().keySet()).containsExactly("encoder.weight", "encoder.bias");
    assertThat(tied.parameterCount()).isEqualTo(6);
  }

  @Test
  void classWithFields_staticOnesDoNotCount() {
    assertThat(new Plain().parameters().keySet()).containsExactly("hidden.weight", "hidden.bias");
  }

  @Test
  void innerClass_isNotSearchedForItsOuterOne() {
    Whole whole = new Whole();
    assertThat(whole.parameters()).containsExactly(Map.entry("part.weight", whole.part.weight));
    assertThat(whole.part.parameters()).containsOnlyKeys("weight");
    assertThat(whole.part.path()).isEqualTo("whole.part");
  }

  @Test
  void nothingToLearn_isEmpty() {
    Trainable nothing = new Trainable() {};
    assertThat(nothing.parameters()).isEmpty();
    assertThat(nothing.parameterCount()).isZero();
  }

  private static Map<String, Tensor> values(Trainable whole, double value) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    whole
        .parameters()
        .forEach((name, p) -> values.put(name, Tensor.filled(value, p.shape().sizes())));
    return values;
  }

  @Test
  void load_givesEveryParameterItsNumbers() {
    Linear layer = linear(2, 3);
    Tensor weight = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Tensor bias = Tensor.of(7, 8, 9).to(Backends.named("cpu"));
    layer.load(Map.of("bias", bias, "weight", weight));
    assertThat(layer.parameters().get("weight").value().toArray())
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(layer.parameters().get("bias").value().toArray()).containsExactly(7, 8, 9);
    assertThat(layer.parameters().get("bias").backend().name()).isEqualTo("ejml");
    Network whole = new Network(layer, List.of(linear(3, 3)), null, 0, null);
    whole.load(values(whole, 4));
    assertThat(layer.apply(Tensors.ones(2)).toArray()).containsExactly(12, 12, 12);
  }

  @Test
  void load_ofAnotherNetworksParameters_makesThemEqual() {
    Linear from = Linear.of(3, 2, Generator.of(1));
    Linear to = Linear.of(3, 2, Generator.of(2));
    Map<String, Tensor> values = new HashMap<>();
    from.parameters().forEach((name, p) -> values.put(name, p.value()));
    to.load(values);
    Tensor x = Tensor.of(1, 2, 3);
    assertThat(to.apply(x).toArray()).containsExactly(from.apply(x).toArray());
    from.parameters().get("bias").set(new double[] {9, 9});
    assertThat(to.parameters().get("bias").value().toArray()).doesNotContain(9);
  }

  @Test
  void load_whatIsMissingSuperfluousOrMisshapen_isNamedAndNothingChanges() {
    Linear layer = linear(2, 3);
    Tensor before = layer.apply(Tensors.ones(2));

    Map<String, Tensor> missing = values(layer, 1);
    missing.remove("bias");
    refuse(layer, missing, "Linear.load: no tensor for parameter 'bias' [3]; there are [weight]");

    Map<String, Tensor> superfluous = values(layer, 1);
    superfluous.put("gain", Tensor.of(1.0));
    refuse(
        layer,
        superfluous,
        "Linear.load: no parameter for tensor 'gain'; there are [weight, bias]");

    Map<String, Tensor> turned = values(layer, 1);
    turned.put("weight", Tensors.zeros(2, 3));
    refuse(layer, turned, "Linear.load: tensor 'weight' must be [3, 2], got [2, 3]; transposed?");

    Map<String, Tensor> wrong = values(layer, 1);
    wrong.put("bias", Tensors.zeros(1, 3));
    refuse(layer, wrong, "Linear.load: tensor 'bias' must be [3], got [1, 3]");

    assertThat(layer.apply(Tensors.ones(2)).toArray()).containsExactly(before.toArray());
    assertThat(layer.outputShape(Shape.of(2))).isEqualTo(Shape.of(3));
  }

  private static void refuse(Trainable whole, Map<String, Tensor> values, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> whole.load(values)).withMessage(message);
  }

  @Test
  void unreadableField_isNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Parts.parameters("text"))
        .withMessageContaining("of String cannot be read; override parameters()");
  }
}
