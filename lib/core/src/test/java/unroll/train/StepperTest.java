package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import unroll.autograd.Tape;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.LstmState;
import unroll.nn.recurrent.Unrolled;
import unroll.optim.Adam;
import unroll.optim.Optimizer;
import unroll.optim.OptimizerFactory;
import unroll.optim.Sgd;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

@OnBackend("ejml")
class StepperTest {

  @AfterEach
  void forgetModels() {
    Models.list().forEach(entry -> Models.remove(entry.name()));
  }

  private static Fit settings() {
    return Fit.epochs(3).learningRate(0.02).generator(Generator.of(4));
  }

  private static RunningMean fresh() {
    return RunningMean.of(RunningMean.Network.of(5, 0, 1), 26, 12, 2);
  }

  private static double[] after(RunningMean objective, Fit fit) {
    Run run = Run.start(objective, fit);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    return RunningMean.numbers(objective.model());
  }

  private static void assertClose(double[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("number %d", i).isCloseTo(expected[i], within(1e-9));
    }
  }

  @Test
  void accumulated_isTheStepOfTheLargeBatch() {
    double[] start = RunningMean.numbers(fresh().model());
    double[] whole = after(fresh(), settings().batch(12).clip(0.5));
    double[] parts = after(fresh(), settings().batch(4).accumulate(3).clip(0.5));
    assertClose(parts, whole);
    assertThat(Math.abs(whole[0] - start[0])).isGreaterThan(1e-4);
  }

  @Test
  void accumulatedAndCut_isTheStepOfTheLargeBatchToo() {
    double[] whole = after(fresh(), settings().batch(12).truncate(4));
    double[] parts = after(fresh(), settings().batch(4).accumulate(3).truncate(4));
    assertClose(parts, whole);
    assertThat(whole).isNotEqualTo(after(fresh(), settings().batch(12)));
  }

  @Test
  void cutsLongerThanTheSequences_changeNothing() {
    double[] uncut = after(fresh(), settings().batch(6));
    assertClose(after(fresh(), settings().batch(6).truncate(12)), uncut);
  }

  @Test
  void cut_isAHandWrittenLoopWithTheStateCarriedOver() {
    double[] wave = new double[23];
    Arrays.setAll(wave, t -> StrictMath.sin(t * 0.7));
    RunningMean objective =
        new RunningMean(RunningMean.Network.of(4, 0, 1), new double[][] {wave, wave, wave});
    Run run = Run.start(objective, settings().upTo(1).batch(1).truncate(5));
    assertThat(run.steps()).isEqualTo(3 * 5);

    RunningMean.Network network = RunningMean.Network.of(4, 0, 1);
    RunningMean byHand = new RunningMean(network, objective.sequences());
    Optimizer adam = Adam.defaults().of(network.parameters().values(), 0.02);
    Lstm lstm = network.lstm();
    for (int sequence = 0; sequence < 3; sequence++) {
      LstmState state = lstm.initialState(1);
      for (int from = 0; from < 23; from += 5) {
        int to = Math.min(from + 5, 23);
        try (Tape tape = Tape.open()) {
          Tensor x = Tensor.of(Arrays.copyOfRange(wave, from, to), to - from, 1, 1);
          Unrolled<LstmState> part = lstm.run(x, state);
          Tensor means = Tensor.of(means(wave, from, to), to - from, 1, 1);
          Tensor difference = network.head().apply(part.output()).minus(means);
          adam.step(tape.backward(difference.times(difference).mean()));
          state = lstm.keep(part.state());
        }
      }
    }
    assertClose(RunningMean.numbers(objective.model()), RunningMean.numbers(byHand.model()));
  }

  private static double[] means(double[] x, int from, int to) {
    double[] means = new double[to - from];
    for (int t = from; t < to; t++) {
      means[t - from] = Arrays.stream(x, 0, t + 1).average().orElseThrow();
    }
    return means;
  }

  @Test
  void truncate_whatCannotBeCut_saysSo() {
    RunningMean inner = fresh();
    Objective uncut =
        new Objective() {
          @Override
          public Trainable model() {
            return inner.model();
          }

          @Override
          public int examples() {
            return inner.examples();
          }

          @Override
          public Tensor loss(int[] examples) {
            return inner.loss(examples);
          }

          @Override
          public double validationLoss() {
            return Double.NaN;
          }
        };
    assertThatThrownBy(() -> Run.start(uncut, settings().truncate(2)))
        .hasMessage(
            "fit: truncate: Network cannot be cut into parts; leave truncate out, or shorten the sequences");
  }

  @Test
  void clipValue_boundsEveryElementBeforeTheNorm() {
    RunningMean objective = fresh();
    double[] before = RunningMean.numbers(objective.model());
    Fit fit = settings().upTo(1).batch(26).optimizer(Sgd.defaults()).learningRate(1);
    double[] after = after(objective, fit.clipValue(1e-3));
    double[] steps = new double[before.length];
    Arrays.setAll(steps, i -> Math.abs(after[i] - before[i]));
    assertThat(Arrays.stream(steps).max().orElseThrow()).isCloseTo(1e-3, within(1e-12));
    assertThat(Arrays.stream(steps).filter(s -> s > 0.999e-3).count()).isGreaterThan(1);

    RunningMean again = fresh();
    double[] both = after(again, fit.clipValue(1e-3).clip(1e-4));
    double norm = 0;
    for (int i = 0; i < both.length; i++) {
      norm += (both[i] - before[i]) * (both[i] - before[i]);
    }
    assertThat(Math.sqrt(norm)).isCloseTo(1e-4, within(1e-12));
  }

  @Test
  void schedule_setsTheRateOfEveryStepAndIsKeptInTheHistory() {
    List<Double> rates = new ArrayList<>();
    OptimizerFactory spy =
        (parameters, rate) -> {
          Optimizer inner = Sgd.defaults().of(parameters, rate);
          return new Spy(inner, rates);
        };
    Fit fit = settings().upTo(2).batch(13).optimizer(spy).learningRate(0.5);
    Run run =
        Run.start(fresh(), fit.schedule((base, at) -> base / (1 + at.step() + 10 * at.epoch())));
    assertThat(rates)
        .containsExactly(0.5, 0.5 / (1 + 1 + 5), 0.5 / (1 + 2 + 10), 0.5 / (1 + 3 + 15));
    assertThat(run.history().get(0).learningRate()).isEqualTo(0.5 / 7);
    assertThat(run.learningRates().description()).contains("learning rate");
    assertThat(run.gradientNorms().description()).contains("norm");
  }

  private record Spy(Optimizer inner, List<Double> rates) implements Optimizer {
    @Override
    public void step(unroll.autograd.Gradients gradients, double scale) {
      rates.add(inner.learningRate());
      inner.step(gradients, scale);
    }

    @Override
    public double learningRate() {
      return inner.learningRate();
    }

    @Override
    public void learningRate(double rate) {
      inner.learningRate(rate);
    }

    @Override
    public java.util.Map<String, Tensor> state() {
      return inner.state();
    }

    @Override
    public void load(java.util.Map<String, Tensor> state) {
      inner.load(state);
    }
  }
}
