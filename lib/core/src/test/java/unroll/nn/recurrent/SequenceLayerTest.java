package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** What every layer over sequences does, in all its variants. */
@OnBackend("ejml")
class SequenceLayerTest {

  private static final int[] LENGTHS = {3, 6, 1, 5};

  static List<Subject<?>> all() {
    return Subject.all();
  }

  static List<Subject<?>> dropping() {
    return Subject.dropping();
  }

  @ParameterizedTest
  @MethodSource("all")
  <S> void padding_changesNothing(Subject<S> subject) {
    paddingChangesNothing(subject, 8, Double.NaN, 1e-12, LENGTHS);
    paddingChangesNothing(subject, 6, 1e3, 1e-12, LENGTHS);
    paddingChangesNothing(subject, 6, 1e3, 1e-12, 6, 6);
    paddingChangesNothing(subject, 5, Double.NaN, 1e-12, 2, 2, 2);
  }

  @ParameterizedTest
  @MethodSource("all")
  <S> void padding_changesNothingOnCpu(Subject<S> subject) {
    OnBackend.Switch.run("cpu", () -> paddingChangesNothing(subject, 8, Double.NaN, 2e-5, LENGTHS));
  }

  private static <S> void paddingChangesNothing(
      Subject<S> subject, int steps, double padding, double tolerance, int... lengths) {
    SequenceLayer<S> layer = subject.layer();
    Samples samples = Samples.of(3);
    Tensor input = Ran.padded(samples, steps, padding, lengths);
    List<Parameter> initial = subject.initial(layer, samples, lengths.length);
    Ran together = Ran.of(subject, layer, input, initial, lengths);
    List<Ran> alone = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      Tensor own = input.slice(1, b, b + 1).slice(0, 0, lengths[b]);
      alone.add(Ran.of(subject, layer, own, subject.sequence(initial, b), null));
      together.hasSequence(b, lengths[b], alone.get(b), tolerance);
    }
    together.sumsUp(alone, tolerance);
  }

  @ParameterizedTest
  @MethodSource("all")
  <S> void howMuchPadding_doesNotCount(Subject<S> subject) {
    OnBackend.Switch.run("cpu", () -> sameForAllPaddings(subject));
    sameForAllPaddings(subject);
  }

  @ParameterizedTest
  @MethodSource("dropping")
  <S> void howMuchPadding_doesNotCountWithDropout(Subject<S> subject) {
    sameForAllPaddings(subject);
  }

  /** A batch's longest sequence decides the sums: what is beyond it makes no difference at all. */
  private static <S> void sameForAllPaddings(Subject<S> subject) {
    SequenceLayer<S> layer = subject.layer();
    List<Parameter> initial = subject.initial(layer, Samples.of(4), LENGTHS.length);
    Generator.State state = Generator.session().state();
    Tensor tight = Ran.padded(Samples.of(3), 6, 0, LENGTHS);
    Ran first = Ran.of(subject, layer, tight, initial, LENGTHS);
    Generator.session().restore(state);
    Tensor wide = Ran.padded(Samples.of(3), 11, Double.NaN, LENGTHS);
    Ran.of(subject, layer, wide, initial, LENGTHS).isSameAs(first);
  }

  @ParameterizedTest
  @MethodSource({"all", "dropping"})
  <S> void gradients_agreeWithCentralDifferences(Subject<S> subject) {
    Generator.seed(1);
    // a row that is nearly constant, as dropout makes them, has a norm of great curvature: there
    // the central difference itself is off, by the square of its step
    boolean curved = subject.name().contains("layer norm") && subject.name().contains("dropout");
    SequenceLayer<S> layer = subject.layer();
    Samples samples = Samples.of(2);
    Parameter input = samples.parameter(4, 3, Subject.INPUT);
    List<Parameter> initial = subject.initial(layer, samples, 3);
    List<Parameter> checked = new ArrayList<>(layer.parameters().values());
    checked.add(input);
    checked.addAll(initial);
    for (int[] lengths : new int[][] {null, {2, 4, 0}}) {
      GradientCheck.Result worst =
          GradientCheck.check(
              checked,
              () -> {
                Unrolled<S> run = layer.run(input.value(), subject.state(initial), lengths);
                Tensor loss = Samples.weigh(run.output());
                for (Tensor part : subject.parts().apply(run.state())) {
                  loss = loss.plus(Samples.weigh(part).times(2));
                }
                loss = loss.plus(Samples.weigh(layer.apply(input.value())));
                return loss.plus(Samples.weigh(layer.last(run.state())));
              });
      assertThat(worst.error()).as(worst.toString()).isLessThan(curved ? 1e-4 : 2e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  <S> void sequencesWithoutSteps_stayWhereTheyStart(Subject<S> subject) {
    SequenceLayer<S> layer = subject.layer();
    List<Parameter> initial = subject.initial(layer, Samples.of(5), 2);
    Tensor input = Tensors.zeros(3, 2, Subject.INPUT).plus(Double.NaN);
    Ran none = Ran.of(subject, layer, input, initial, new int[2]);
    for (double[][] step : none.output()) {
      assertThat(step[0]).containsOnly(0);
      assertThat(step[1]).containsOnly(0);
    }
    for (int i = 0; i < initial.size(); i++) {
      assertThat(none.states().get(i).toArray()).containsExactly(initial.get(i).value().toArray());
    }
    Unrolled<S> empty =
        layer.run(Tensors.zeros(3, 0, Subject.INPUT), layer.initialState(0), new int[0]);
    assertThat(empty.output().shape()).isEqualTo(Shape.of(3, 0, layer.outputSize()));
  }

  @ParameterizedTest
  @MethodSource("all")
  <S> void runsThatHandTheirStateOn_areOneRun(Subject<S> subject) {
    SequenceLayer<S> layer = subject.layer();
    Tensor input = Samples.of(6).tensor(5, 2, Subject.INPUT);
    S state = layer.initialState(2);
    if (layer.isBidirectional()) {
      assertThatThrownBy(() -> layer.step(input.get(0), state))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(layer + ".step: a bidirectional layer needs the whole sequence; use run");
      return;
    }
    Unrolled<S> whole = layer.run(input, state);
    Unrolled<S> first = layer.run(input.slice(0, 0, 3), state);
    Unrolled<S> second = layer.run(input.slice(0, 3, 5), layer.keep(first.state()));
    close(Tensors.concat(0, List.of(first.output(), second.output())), whole.output());
    S now = state;
    for (int t = 0; t < 5; t++) {
      Unrolled<S> step = layer.step(input.get(t), now);
      close(step.output(), whole.output().get(t));
      now = step.state();
    }
    close(layer.last(now), whole.output().get(4));
    for (int i = 0; i < subject.parts().apply(now).size(); i++) {
      close(subject.parts().apply(now).get(i), subject.parts().apply(whole.state()).get(i));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.step(input, state))
        .withMessage(layer + ".step: input must be [batch, features], got [5, 2, 3]");
  }

  private static void close(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    Ran.near("", actual.toArray(), expected.toArray(), 1e-13);
  }

  @ParameterizedTest
  @MethodSource({"all", "dropping"})
  <S> void last_isTheOutputAtTheEnds(Subject<S> subject) {
    SequenceLayer<S> layer = subject.layer();
    Tensor input = Samples.of(7).tensor(6, 4, Subject.INPUT);
    Unrolled<S> run = layer.run(input, layer.initialState(4), LENGTHS);
    Tensor last = layer.last(run.state());
    assertThat(last.shape()).isEqualTo(Shape.of(4, layer.outputSize()));
    assertThat(layer.outputShape(input.shape())).isEqualTo(run.output().shape());
    if (!layer.isBidirectional()) {
      for (int b = 0; b < 4; b++) {
        assertThat(last.get(b).toArray())
            .containsExactly(run.output().get(LENGTHS[b] - 1).get(b).toArray());
      }
    }
  }

  @ParameterizedTest
  @MethodSource({"all", "dropping"})
  <S> void parameters_loadedElsewhereAreTheSameLayer(Subject<S> subject) {
    SequenceLayer<S> layer = subject.layer();
    SequenceLayer<S> other = subject.layers().get();
    Map<String, Tensor> values = new LinkedHashMap<>();
    layer.parameters().forEach((name, p) -> values.put(name, p.value()));
    other.load(values);
    Tensor input = Samples.of(8).tensor(3, 2, Subject.INPUT);
    assertThat(other.apply(input).toArray()).containsExactly(layer.apply(input).toArray());
    assertThat(new java.util.HashSet<>(layer.parameters().values()))
        .hasSameSizeAs(layer.parameters().values());
  }

  @ParameterizedTest
  @MethodSource("all")
  <S> void wrongLengthsAndStates_areNamed(Subject<S> subject) {
    SequenceLayer<S> layer = subject.layer();
    Tensor input = Tensors.zeros(3, 2, Subject.INPUT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.run(input, layer.initialState(2), new int[] {1}))
        .withMessage(layer + ": there must be a length for each of 2 sequences, got 1");
    for (int wrong : new int[] {-1, 4}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.run(input, layer.initialState(2), new int[] {1, wrong}))
          .withMessage(
              layer + ": lengths must be 0 to 3, the steps of the input, got [1, " + wrong + "]");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.run(input, layer.initialState(3), new int[] {1, 2}));
  }

  @Test
  void rectifierInThePadding_doesNotGrow() {
    OnBackend.Switch.run(
        "cpu",
        () -> {
          Rnn layer = Rnn.of(Subject.INPUT, 1).relu();
          layer.parameters().get("weight_ih_l0").set(new double[] {1, 1, 1});
          layer.parameters().get("weight_hh_l0").set(new double[] {10});
          layer.parameters().get("bias_ih_l0").set(new double[] {0});
          layer.parameters().get("bias_hh_l0").set(new double[] {0});
          Subject<Tensor> subject = new Subject<>("", () -> layer, List::of, parts -> parts.get(0));
          Tensor quiet = Tensors.zeros(100, 1, Subject.INPUT).minus(1);
          Tensor loud = Tensors.zeros(100, 1, Subject.INPUT).plus(1);
          List<Parameter> initial = List.of(Parameter.of("h", Tensors.zeros(2, 1)));
          Tensor both = Tensors.concat(1, List.of(quiet, loud));
          Ran ran = Ran.of(subject, layer, both, initial, new int[] {100, 2});
          assertThat(ran.last()[1]).containsExactly(33);
          ran.parameters().values().forEach(g -> assertThat(g[0]).isFinite());
        });
  }

  @Test
  void stateWithoutABatch_isNamed() {
    record Counting(Tensor h, Tensor steps) {}
    RecurrentCell<Counting> cell =
        new RecurrentCell<>() {
          @Override
          public Counting step(Tensor x, Counting state) {
            return new Counting(x, state.steps().plus(1));
          }

          @Override
          public Counting initialState(int batch) {
            return new Counting(Tensors.zeros(batch, 1), Tensors.zeros());
          }

          @Override
          public Tensor output(Counting state) {
            return state.h();
          }
        };
    Recurrent<Counting> layer = Recurrent.over(cell);
    Tensor input = Tensors.zeros(3, 2, 1);
    assertThat(layer.run(input, layer.initialState(2)).state().steps().item()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.run(input, layer.initialState(2), new int[] {1, 3}))
        .withMessage(
            "run: with lengths, each tensor of a state must be [2, ...], the batch first, got []");
  }
}
