package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** What every recurrent cell does, alone in a loop and in the form over whole sequences. */
@OnBackend("ejml")
abstract class RecurrentCellContract<S> {

  static final int INPUT = 3;
  static final int HIDDEN = 4;

  /** The network under test with any numbers, on the current backend. */
  abstract Network<S> create(int inputSize, int hiddenSize);

  /** The tensors in a state. */
  abstract List<Tensor> parts(S state);

  /** A state of these tensors. */
  abstract S state(List<Tensor> parts);

  /**
   * One step of one sequence by the documented equations.
   *
   * @param state the parts of the state before
   * @return the parts of the state after; the first is the output
   */
  abstract double[][] equations(Scalars weights, double[] x, double[][] state);

  /** The network with distinct numbers, large enough to bend the gates. */
  final Network<S> network(int inputSize, int hiddenSize) {
    Network<S> network = create(inputSize, hiddenSize);
    assertThat(network.whole().parameters().values())
        .containsExactlyElementsOf(network.cell().parameters().values());
    Samples.of(11).redraw(network.cell().parameters().values(), -0.9, 0.9);
    return network;
  }

  final Network<S> network() {
    return network(INPUT, HIDDEN);
  }

  private List<Parameter> initial(Samples samples, Network<S> network, int batch) {
    List<Parameter> all = new ArrayList<>();
    for (Tensor part : parts(network.cell().initialState(batch))) {
      all.add(samples.parameter(part.shape().sizes()));
    }
    return all;
  }

  private Pass pass(Network<S> network, Form form, Pass.Of loss, int batch, int... lengths) {
    Samples samples = Samples.of(5);
    Parameter input = samples.parameter(Arrays.stream(lengths).sum(), batch, INPUT);
    List<Parameter> initial = initial(samples, network, batch);
    return Pass.of(network.in(form), input, initial, this::state, this::parts, loss, lengths);
  }

  @ParameterizedTest
  @EnumSource
  void output_asTheEquationsInAScalarLoop(Form form) {
    Network<S> network = network();
    int steps = 4;
    int batch = 3;
    Samples samples = Samples.of(1);
    Tensor input = samples.tensor(steps, batch, INPUT);
    List<Tensor> initial = new ArrayList<>();
    initial(samples, network, batch).forEach(p -> initial.add(p.value()));
    Unrolled<S> run = network.in(form).run(input, state(initial));
    assertThat(run.output().shape()).isEqualTo(Shape.of(steps, batch, HIDDEN));

    Scalars weights = new Scalars(network.cell().parameters());
    for (int b = 0; b < batch; b++) {
      double[][] state = rows(initial, b);
      for (int t = 0; t < steps; t++) {
        state = equations(weights, input.get(t).get(b).toArray(), state);
        close(run.output().get(t).get(b).toArray(), state[0]);
      }
      double[][] last = rows(parts(run.state()), b);
      for (int i = 0; i < last.length; i++) {
        close(last[i], state[i]);
      }
    }
  }

  private static double[][] rows(List<Tensor> tensors, int index) {
    return tensors.stream().map(t -> t.get(index).toArray()).toArray(double[][]::new);
  }

  static void close(double[] actual, double... expected) {
    assertThat(actual).usingComparatorWithPrecision(1e-13).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "STEP_BY_STEP, 3, 2, 4",
    "STEP_BY_STEP, 1, 1, 1",
    "STEP_BY_STEP, 2, 0, 3",
    "WHOLE, 3, 2, 4",
    "WHOLE, 1, 2, 3",
    "WHOLE, 4, 1, 2",
    "WHOLE, 1, 1, 1",
    "WHOLE, 2, 0, 3"
  })
  void gradients_agreeWithCentralDifferences(Form form, int steps, int batch, int hidden) {
    Network<S> network = network(INPUT, hidden);
    SequenceLayer<S> layer = network.in(form);
    Samples samples = Samples.of(2);
    Parameter input = samples.parameter(steps, batch, INPUT);
    List<Parameter> initial = initial(samples, network, batch);
    List<Parameter> all = new ArrayList<>(layer.parameters().values());
    all.add(input);
    all.addAll(initial);
    GradientCheck.Result worst =
        GradientCheck.check(
            all,
            () -> {
              S start = state(initial.stream().map(Parameter::value).toList());
              Unrolled<S> run = layer.run(input.value(), start);
              Tensor loss = Samples.weigh(run.output());
              for (Tensor part : parts(run.state())) {
                loss = loss.plus(Samples.weigh(part).times(2));
              }
              return loss;
            });
    assertThat(worst.error()).as(worst.toString()).isLessThan(1e-8);
  }

  @ParameterizedTest
  @CsvSource({
    "ejml, BOTH, 1e-12",
    "ejml, OUTPUT, 1e-12",
    "ejml, LAST, 1e-12",
    "cpu, BOTH, 1e-5",
    "cpu, LAST, 1e-5"
  })
  void stepByStep_isTheWholeSequence(String backend, Pass.Of loss, double tolerance) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Network<S> network = network();
          Pass steps = pass(network, Form.STEP_BY_STEP, loss, 3, 6);
          Pass whole = pass(network, Form.WHOLE, loss, 3, 6);
          whole.isCloseTo(steps, tolerance);
        });
  }

  @Test
  void cpu_isCloseToTheReference() {
    Pass[] found = new Pass[2];
    OnBackend.Switch.run("cpu", () -> found[0] = pass(network(), Form.WHOLE, Pass.Of.BOTH, 2, 5));
    found[1] = pass(network(), Form.WHOLE, Pass.Of.BOTH, 2, 5);
    found[0].isCloseTo(found[1], 1e-5);
  }

  @ParameterizedTest
  @EnumSource
  void runsThatHandTheirStateOn_areOneRun(Form form) {
    Network<S> network = network();
    Pass one = pass(network, form, Pass.Of.BOTH, 2, 6);
    pass(network, form, Pass.Of.BOTH, 2, 1, 3, 2).isCloseTo(one, 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"STEP_BY_STEP, ejml, 1e-14", "WHOLE, ejml, 1e-14", "WHOLE, cpu, 1e-6"})
  void batch_isItsRowsOneByOne(Form form, String backend, double tolerance) {
    OnBackend.Switch.run(
        backend,
        () -> {
          SequenceLayer<S> layer = network().in(form);
          Tensor input = Samples.of(3).tensor(5, 4, INPUT);
          Unrolled<S> all = layer.run(input, layer.initialState(4));
          for (int b = 0; b < 4; b++) {
            Unrolled<S> one = layer.run(input.slice(1, b, b + 1), layer.initialState(1));
            assertThat(one.output().toArray())
                .usingComparatorWithPrecision(tolerance)
                .containsExactly(all.output().slice(1, b, b + 1).toArray());
            for (int i = 0; i < parts(one.state()).size(); i++) {
              assertThat(parts(one.state()).get(i).toArray())
                  .usingComparatorWithPrecision(tolerance)
                  .containsExactly(parts(all.state()).get(i).get(b).toArray());
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void apply_startsFromZeros(Form form) {
    SequenceLayer<S> layer = network().in(form);
    Tensor input = Samples.of(4).tensor(3, 2, INPUT);
    assertThat(parts(layer.initialState(2)))
        .allSatisfy(
            part -> {
              assertThat(part.shape()).isEqualTo(Shape.of(2, HIDDEN));
              assertThat(part.toArray()).containsOnly(0);
            });
    assertThat(layer.apply(input).toArray())
        .containsExactly(layer.run(input, layer.initialState(2)).output().toArray());
    assertThat(layer.outputSize()).isEqualTo(HIDDEN);
    assertThat(layer.outputShape(input.shape())).isEqualTo(Shape.of(3, 2, HIDDEN));
  }

  @ParameterizedTest
  @EnumSource
  void inputs_stayAsTheyAre(Form form) {
    Network<S> network = network();
    Parameter input = Samples.of(6).parameter(3, 2, INPUT);
    List<Parameter> initial = initial(Samples.of(7), network, 2);
    List<double[]> before = new ArrayList<>();
    List<Parameter> all = new ArrayList<>(network.cell().parameters().values());
    all.add(input);
    all.addAll(initial);
    all.forEach(p -> before.add(p.value().toArray()));
    Pass.of(network.in(form), input, initial, this::state, this::parts, Pass.Of.BOTH, 3);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).value().toArray()).containsExactly(before.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void inputThatIsNoSequence_isNamed(Form form) {
    SequenceLayer<S> layer = network().in(form);
    for (int[] shape : new int[][] {{3, INPUT}, {INPUT}, {0, 2, INPUT}}) {
      Tensor input = Tensors.zeros(shape);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.apply(input))
          .withMessage(
              layer
                  + ": input must be [time, batch, features] with time at least 1, got "
                  + input.shape());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.run(input, layer.initialState(2)))
          .withMessageContaining("input must be [time, batch, features]");
    }
  }
}
