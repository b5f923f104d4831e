package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.nn.Initializer;
import unroll.nn.LayerNorm;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** Stacks, directions, dropout and settings. */
@OnBackend("ejml")
class RecurrentLayerTest {

  private final Samples samples = Samples.of(1);

  static List<UnaryOperator<Lstm>> forms() {
    return List.of(
        plain -> plain.layers(2).bidirectional(),
        plain -> plain.bidirectional(Merge.SUM).layers(3),
        plain -> plain.projection(2).layers(2).bidirectional(),
        plain -> plain.layerNorm().layers(2).bidirectional());
  }

  /** One direction of one layer of a stack, as a layer of its own. */
  private static Lstm track(Lstm stack, int inputSize, String suffix) {
    Lstm one = Lstm.of(inputSize, 4);
    one = stack.formula.normed() ? one.layerNorm() : one;
    one = stack.formula.projection() > 0 ? one.projection(stack.formula.projection()) : one;
    Map<String, Tensor> values = new LinkedHashMap<>();
    one.parameters()
        .keySet()
        .forEach(
            name -> values.put(name, stack.parameters().get(name.replace("_l0", suffix)).value()));
    one.load(values);
    return one;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void stack_isItsLayersOneAfterTheOther(UnaryOperator<Lstm> form) {
    Lstm stack = form.apply(Lstm.of(3, 4));
    Samples.of(2).redraw(stack.parameters().values(), -0.9, 0.9);
    Tensor input = samples.tensor(5, 2, 3);
    Tensor x = input;
    for (int layer = 0; layer < stack.numLayers(); layer++) {
      String suffix = "_l" + layer;
      Tensor forward = track(stack, x.size(2), suffix).apply(x);
      int[] backwards = {4, 3, 2, 1, 0};
      Tensor reverse =
          track(stack, x.size(2), suffix + "_reverse").apply(x.gather(backwards)).gather(backwards);
      x = stack.wiring.merge().of(forward, reverse);
    }
    assertThat(stack.apply(input).toArray())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(x.toArray());
  }

  @Test
  void shapes_areThoseOfPyTorch() {
    Lstm layer = Lstm.of(3, 8).projection(2).layers(2).bidirectional();
    assertThat(layer.parameters().keySet())
        .containsExactly(
            "weight_ih_l0",
            "weight_hh_l0",
            "bias_ih_l0",
            "bias_hh_l0",
            "weight_hr_l0",
            "weight_ih_l0_reverse",
            "weight_hh_l0_reverse",
            "bias_ih_l0_reverse",
            "bias_hh_l0_reverse",
            "weight_hr_l0_reverse",
            "weight_ih_l1",
            "weight_hh_l1",
            "bias_ih_l1",
            "bias_hh_l1",
            "weight_hr_l1",
            "weight_ih_l1_reverse",
            "weight_hh_l1_reverse",
            "bias_ih_l1_reverse",
            "bias_hh_l1_reverse",
            "weight_hr_l1_reverse");
    assertThat(layer.parameters().get("weight_ih_l1").shape()).isEqualTo(Shape.of(32, 4));
    assertThat(layer.parameters().get("weight_hh_l1").shape()).isEqualTo(Shape.of(32, 2));
    assertThat(layer.parameters().get("weight_hr_l1").shape()).isEqualTo(Shape.of(2, 8));
    assertThat(layer.initialState(5).hidden().shape()).isEqualTo(Shape.of(4, 5, 2));
    assertThat(layer.initialState(5).cell().shape()).isEqualTo(Shape.of(4, 5, 8));
    assertThat(layer.outputSize()).isEqualTo(4);
    assertThat(layer.hiddenSize()).isEqualTo(8);
    assertThat(layer).hasToString("Lstm 3 → 8 projected to 2 ×2 bidirectional");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.run(Tensors.zeros(1, 5, 3), layer.initialState(1)))
        .withMessage(layer + ": state must be [4, 5, 2], got [4, 1, 2]");
  }

  @Test
  void norms_areNamedByLayerAndDirection() {
    Gru layer = Gru.of(3, 4).layerNorm().bidirectional();
    assertThat(layer.parameters().keySet())
        .contains("norm_ih_l0.weight", "norm_hn_l0_reverse.bias", "weight_hh_l0_reverse")
        .noneMatch(name -> name.startsWith("bias"));
    assertThat(layer).hasToString("Gru 3 → 4 layer norm bidirectional");
    assertThat(Rnn.of(1, 2).relu().layers(3).dropout(0.5).recurrentDropout(0.25))
        .hasToString("Rnn 1 → 2 relu ×3 dropout 0.5 recurrent dropout 0.25");
    assertThat(Gru.of(1, 2).resetBefore().bidirectional(Merge.SUM).learnedInitialState())
        .hasToString("Gru 1 → 2 reset before bidirectional sum learned start");
  }

  @Test
  void anotherForm_keepsTheParametersThatFit() {
    Gru plain = Gru.of(3, 4);
    Gru stack = plain.layers(2);
    Gru both = stack.bidirectional();
    plain
        .parameters()
        .forEach(
            (name, p) -> {
              assertThat(stack.parameters().get(name)).isSameAs(p);
              assertThat(both.parameters().get(name)).isSameAs(p);
            });
    assertThat(both.parameters().get("weight_hh_l1"))
        .isSameAs(stack.parameters().get("weight_hh_l1"));
    assertThat(both.parameters().get("weight_ih_l1").shape()).isEqualTo(Shape.of(12, 8));
    Gru normed = stack.layerNorm();
    assertThat(normed.dropout(0.5).parameters()).isEqualTo(normed.parameters());
    assertThat(plain.layers(1).parameters()).isEqualTo(plain.parameters());
  }

  @Test
  void numbers_comeFromTheGivenGenerator() {
    Generator.State session = Generator.session().state();
    Lstm a = Lstm.of(2, 3, Generator.of(5)).layers(2).bidirectional().projection(1).layerNorm();
    Lstm b = Lstm.of(2, 3, Generator.of(5)).layers(2).bidirectional().projection(1).layerNorm();
    a.parameters()
        .forEach(
            (name, p) ->
                assertThat(p.value().toArray())
                    .containsExactly(b.parameters().get(name).value().toArray()));
    assertThat(Generator.session().state()).isEqualTo(session);
  }

  @Test
  void forgetBias_isTheSumOfBoth() {
    Lstm plain = Lstm.of(2, 3);
    Lstm layer = plain.forgetBias(1).layers(2).bidirectional();
    for (String suffix : List.of("_l0", "_l0_reverse", "_l1", "_l1_reverse")) {
      double[] first = layer.parameters().get("bias_ih" + suffix).value().toArray();
      double[] second = layer.parameters().get("bias_hh" + suffix).value().toArray();
      assertThat(Arrays.copyOfRange(first, 3, 6)).containsOnly(1);
      assertThat(Arrays.copyOfRange(second, 3, 6)).containsOnly(0);
      assertThat(first[0]).isNotZero().isBetween(-1.0, 1.0);
    }
    assertThat(plain.parameters().get("bias_hh_l0").value().toArray()).doesNotContain(0);
    assertThat(layer.parameters().get("weight_ih_l0"))
        .isSameAs(plain.parameters().get("weight_ih_l0"));
    double[] norm =
        Lstm.of(2, 3)
            .layerNorm()
            .forgetBias(2)
            .parameters()
            .get("norm_ih_l0.bias")
            .value()
            .toArray();
    assertThat(norm).containsExactly(0, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0);
    assertThatThrownBy(() -> Lstm.of(2, 3).withoutBias().forgetBias(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Lstm 2 → 3.forgetBias: the layer has no biases");
  }

  @Test
  void learnedStart_isAParameterOfEveryTrack() {
    Lstm layer = Lstm.of(2, 3).projection(1).layers(2).learnedInitialState();
    assertThat(layer.parameters().get("h_0").shape()).isEqualTo(Shape.of(2, 1));
    assertThat(layer.parameters().get("c_0").shape()).isEqualTo(Shape.of(2, 3));
    assertThat(layer.initialState(4).cell().toArray()).containsOnly(0);
    layer.parameters().get("c_0").set(new double[] {1, 2, 3, 4, 5, 6});
    assertThat(layer.initialState(2).cell().toArray())
        .containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
  }

  /** A network that shows what its state has become: it doubles nothing and adds nothing. */
  private static Rnn memory(int units) {
    Rnn layer = Rnn.of(1, units).relu().withoutBias();
    layer.initialize("weight_ih*", Initializer.constant(0));
    layer.initialize("weight_hh*", Initializer.identity());
    return layer;
  }

  @Test
  void recurrentDropout_isOneMaskASequence() {
    Rnn layer = memory(50).recurrentDropout(0.5);
    Tensor ones = Tensors.ones(2, 50);
    Tensor input = Tensors.zeros(6, 2, 1);
    try (Tape tape = Tape.open()) {
      double[] last = layer.last(layer.run(input, ones).state()).toArray();
      assertThat(last).containsOnly(0, 64);
      assertThat(Arrays.stream(last).filter(v -> v == 0).count()).isBetween(30L, 70L);
      assertThat(Arrays.copyOf(last, 50)).isNotEqualTo(Arrays.copyOfRange(last, 50, 100));
      assertThat(layer.last(layer.run(input, ones).state()).toArray()).isNotEqualTo(last);
    }
    assertThat(layer.last(layer.run(input, ones).state()).toArray()).containsOnly(1);
  }

  @Test
  void dropout_isBetweenLayersAndAnewAtEachStep() {
    Rnn layer = memory(50).layers(2).dropout(0.5);
    layer.initialize("weight_ih_l1", Initializer.identity());
    layer.initialize("weight_hh_l1", Initializer.constant(0));
    Tensor start = Tensors.concat(0, List.of(Tensors.ones(1, 1, 50), Tensors.zeros(1, 1, 50)));
    Tensor input = Tensors.zeros(2, 1, 1);
    try (Tape tape = Tape.open()) {
      Unrolled<Tensor> run = layer.run(input, start);
      assertThat(run.output().toArray()).containsOnly(0, 2);
      assertThat(run.output().get(0).toArray()).isNotEqualTo(run.output().get(1).toArray());
      assertThat(run.state().get(0).toArray()).containsOnly(1);
    }
    assertThat(layer.run(input, start).output().toArray()).containsOnly(1);
    Rnn single = memory(50).dropout(0.5);
    try (Tape tape = Tape.open()) {
      assertThat(single.run(input, Tensors.ones(1, 50)).output().toArray()).containsOnly(1);
    }
  }

  @Test
  void cell_isThatOfASingleTrack() {
    assertThat(Gru.of(2, 3).resetBefore().cell()).hasToString("GruCell 2 → 3 reset before");
    assertThat(Lstm.of(2, 3).projection(1).cell()).hasToString("LstmCell 2 → 3 projected to 1");
    assertThat(Rnn.of(2, 3).relu().layerNorm().cell()).hasToString("LayerNormRnnCell 2 → 3 relu");
    Lstm layer = Lstm.of(2, 3).projection(1).layerNorm();
    Tensor input = samples.tensor(4, 2, 2);
    assertThat(Recurrent.over(layer.cell()).apply(input).toArray())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(layer.apply(input).toArray());
    assertThatThrownBy(() -> Gru.of(2, 3).layers(2).cell())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Gru 2 → 3 ×2.cell: a stack or both directions are no single cell; use step");
    assertThatThrownBy(() -> Rnn.of(2, 3).bidirectional().cell())
        .hasMessage("Rnn 2 → 3 bidirectional.cell: a stack or both directions are no single cell");
  }

  @Test
  void wrongSettings_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gru.of(2, 3).layers(0))
        .withMessage("Gru.layers: must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rnn.of(2, 3).dropout(1))
        .withMessageStartingWith("Rnn.dropout: the probability must be");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lstm.of(2, 3).recurrentDropout(-0.1))
        .withMessageStartingWith("Lstm.recurrentDropout: the probability must be");
    for (int size : new int[] {0, 3}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Lstm.of(2, 3).projection(size))
          .withMessage("Lstm.projection: size must be 1 to 2, less than hiddenSize, got " + size);
    }
  }

  @Test
  void activations_areOfEachLayerAndDirection() {
    Gru stack = Gru.of(3, 4).layers(2).bidirectional();
    Tensor input = samples.tensor(5, 2, 3);
    Activations all = stack.activations(input);
    assertThat(all.parts())
        .extracting(all::title)
        .containsExactly(
            "layer 1 forward", "layer 1 reverse", "layer 2 forward", "layer 2 reverse");
    assertThat(all.output().toArray()).containsExactly(stack.apply(input).toArray());
    Tensor top =
        Tensors.concat(all.parts().get(2).gates().get("h"), all.parts().get(3).gates().get("h"));
    assertThat(top.toArray()).containsExactly(all.output().toArray());
    Activations.Part reverse = all.parts().get(1);
    assertThat(reverse.gates().keySet()).containsExactly("r", "z", "n", "h");
    for (int t = 0; t < 5; t++) {
      Tensor z = reverse.gates().get("z").get(t);
      Tensor after = t == 4 ? Tensors.zeros(2, 4) : reverse.gates().get("h").get(t + 1);
      Tensor h = z.negate().plus(1).times(reverse.gates().get("n").get(t)).plus(z.times(after));
      assertThat(h.toArray())
          .usingComparatorWithPrecision(1e-14)
          .containsExactly(reverse.gates().get("h").get(t).toArray());
    }
    assertThat(Rnn.of(3, 4).activations(input).parts())
        .singleElement()
        .satisfies(part -> assertThat(part.gates()).containsOnlyKeys("h"));
    Activations one = Rnn.of(3, 4).bidirectional().activations(input);
    assertThat(one.parts()).extracting(one::title).containsExactly("forward", "reverse");
  }

  @Test
  void activations_stepByStepFollowTheEquations() {
    Lstm layer = Lstm.of(3, 4).projection(2).layerNorm();
    Samples.of(3).redraw(layer.parameters().values(), -0.9, 0.9);
    Tensor input = samples.tensor(3, 2, 3);
    Map<String, Tensor> gates = layer.activations(input).gates();
    assertThat(gates.keySet()).containsExactly("i", "f", "g", "o", "c", "h");
    LayerNorm norm = layer.tracks.norms().get("norm_c_l0");
    Tensor c = Tensors.zeros(2, 4);
    for (int t = 0; t < 3; t++) {
      int step = t;
      java.util.function.Function<String, Tensor> at = name -> gates.get(name).get(step);
      c = at.apply("f").times(c).plus(at.apply("i").times(at.apply("g")));
      Tensor h = at.apply("o").times(Tensors.tanh(norm.apply(c)));
      Tensor shown = h.matmul(layer.parameters().get("weight_hr_l0").value().transpose());
      assertThat(at.apply("c").toArray())
          .usingComparatorWithPrecision(1e-14)
          .containsExactly(c.toArray());
      assertThat(at.apply("h").toArray())
          .usingComparatorWithPrecision(1e-14)
          .containsExactly(shown.toArray());
    }
    assertThat(layer.activations(input).output().toArray())
        .containsExactly(layer.apply(input).toArray());
  }
}
