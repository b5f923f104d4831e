package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.autograd.Parameter;
import unroll.nn.Layer;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.LstmState;
import unroll.nn.recurrent.Recurrent;
import unroll.nn.recurrent.RecurrentCell;
import unroll.nn.recurrent.Rnn;
import unroll.optim.Sgd;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("cpu")
class DivergenceTest {

  private static final int HIDDEN = 4;

  @AfterEach
  void forgetModels() {
    Models.list().forEach(entry -> Models.remove(entry.name()));
  }

  /** Sequences of six steps, the same for all layers: small, but for one number at step 4. */
  private static double[] sequence(double atStepFour) {
    double[] x = new double[6];
    Arrays.setAll(x, t -> 0.1 * (t + 1));
    x[3] = atStepFour;
    return x;
  }

  private static Fit settings() {
    return Fit.epochs(2).batch(2).generator(Generator.of(1));
  }

  private static void set(Parameter parameter, int index, double value) {
    double[] numbers = parameter.value().toArray();
    numbers[index] = value;
    parameter.set(numbers);
  }

  private static Divergence divergence(Objective objective, Fit fit) {
    Run run = Run.start(objective, fit);
    assertThat(run.status()).isEqualTo(Run.Status.DIVERGED);
    return run.divergence().orElseThrow();
  }

  /** An infinite weight: the gate is shut or open, but where the input is zero it is NaN. */
  private static RunningMean.Network poisoned(int block) {
    RunningMean.Network network = RunningMean.Network.of(HIDDEN, 0, 1);
    int row = block * HIDDEN + 1;
    set(network.lstm().parameters().get("weight_ih_l0"), row, Double.POSITIVE_INFINITY);
    return network;
  }

  @ParameterizedTest
  @CsvSource({"0, gate i", "1, gate f", "2, the candidate g", "3, gate o"})
  void infiniteWeight_namesTheGateAndTheStepOfTime(int block, String gate) {
    double[] x = sequence(0);
    RunningMean objective = new RunningMean(poisoned(block), new double[][] {x, x, x});
    Divergence found = divergence(objective, settings());
    assertThat(found.layer()).isEqualTo("lstm, Lstm");
    assertThat(found.timeStep()).isEqualTo(4);
    assertThat(found.step()).isEqualTo(1);
    assertThat(found.toString())
        .isEqualTo(
            "the loss became NaN, first in "
                + gate
                + ", in lstm.weight_ih_l0, of lstm, Lstm at time step 4;"
                + " lower the learning rate or clip the gradients: clip(1)");
  }

  @Test
  void sequencesOfDifferentLengths_nameTheGateToo() {
    double[][] sequences = {sequence(0), Arrays.copyOf(sequence(0), 5)};
    Divergence found = divergence(new RunningMean(poisoned(1), sequences), settings());
    assertThat(found.gate()).isEqualTo("gate f, in lstm.weight_ih_l0,");
  }

  @Test
  void cutSequence_countsTheStepsOfTimeFromItsBeginning() {
    double[] x = sequence(0);
    Fit tiny = settings().truncate(3).optimizer(Sgd.defaults()).learningRate(1e-30);
    Divergence found = divergence(new RunningMean(poisoned(1), new double[][] {x, x, x}), tiny);
    assertThat(found.timeStep()).isEqualTo(4);
    assertThat(found.gate()).startsWith("gate f");
  }

  @Test
  void missingValue_isNamedAsData() {
    double[] x = sequence(Double.NaN);
    RunningMean.Network network = RunningMean.Network.of(HIDDEN, 0, 1);
    Divergence found = divergence(new RunningMean(network, new double[][] {x, x, x}), settings());
    assertThat(found.place()).isEqualTo("first in the data, before Lstm at time step 4");
    assertThat(found.mend()).contains("missing or infinite values");
  }

  /** Layers over a sequence; the loss is a multiple of the last output. */
  private record Last(List<Layer> parts, double[] x, double scale) implements Trainable, Objective {
    @Override
    public Map<String, Parameter> parameters() {
      Map<String, Parameter> all = new java.util.LinkedHashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        String prefix = i + ".";
        parts.get(i).parameters().forEach((name, p) -> all.put(prefix + name, p));
      }
      return all;
    }

    @Override
    public Trainable model() {
      return this;
    }

    @Override
    public int examples() {
      return 1;
    }

    @Override
    public Tensor loss(int[] examples) {
      Tensor y = Tensor.of(x, x.length, 1, 1);
      for (Layer layer : parts) {
        y = layer.apply(y);
      }
      return y.get(x.length - 1).mean().times(scale);
    }

    @Override
    public double validationLoss() {
      return Double.NaN;
    }
  }

  @Test
  void explodingGradient_namesTheStepOfTimeWhereItOverflowed() {
    Rnn rnn = Rnn.of(1, 1, Generator.of(1)).relu().withoutBias();
    rnn.parameters().get("weight_ih_l0").set(new double[] {1});
    rnn.parameters().get("weight_hh_l0").set(new double[] {10});
    double[] x = new double[40];
    x[0] = 2e-38; // 40 steps later 20, with a gradient of 10^39 times the loss's
    Divergence found = divergence(new Last(List.of(rnn), x, 1e10), settings());
    assertThat(found.gradient()).isTrue();
    assertThat(found.value()).startsWith("the gradient became ");
    assertThat(found.layer()).isEqualTo("layer 0, Rnn");
    assertThat(found.timeStep()).isEqualTo(11); // 10^10 10^(40 - 11) is past the largest float
    assertThat(found.place())
        .isEqualTo("first in the gradient of the hidden state h of layer 0, Rnn at time step 11");
    assertThat(found.mend()).contains("clip(1)").contains("truncate");
  }

  @Test
  void overflowOfTheState_namesItsStepOfTime() {
    Rnn rnn = Rnn.of(1, 1, Generator.of(1)).relu().withoutBias();
    rnn.parameters().get("weight_ih_l0").set(new double[] {1});
    rnn.parameters().get("weight_hh_l0").set(new double[] {10});
    double[] x = new double[45];
    x[0] = 1; // h is 10^(t - 1)
    Divergence found = divergence(new Last(List.of(rnn), x, 1), settings());
    assertThat(found.toString())
        .startsWith(
            "the loss became infinite, first in the hidden state h of layer 0, Rnn at time step 40; ");
  }

  @Test
  void laterLayer_isNamedByItsPlace() {
    Gru gru = Gru.of(1, 3, Generator.of(1));
    Linear head = Linear.of(3, 1, Generator.of(2));
    set(head.parameters().get("bias"), 0, Double.POSITIVE_INFINITY);
    Divergence found = divergence(new Last(List.of(gru, head), sequence(0), 1), settings());
    assertThat(found.place()).isEqualTo("first in 1.bias of layer 1, Linear");
  }

  @Test
  void cellStepByStep_namesTheGateAndTheStepOfTime() {
    RecurrentCell<LstmState> cell = Lstm.of(1, 2, Generator.of(1)).cell();
    Layer layer = Recurrent.over(cell);
    Divergence data = divergence(new Last(List.of(layer), sequence(Double.NaN), 1), settings());
    assertThat(data.place()).isEqualTo("first in the data, before Linear at time step 4");

    set(cell.parameters().values().iterator().next(), 2, Double.POSITIVE_INFINITY);
    Divergence weight = divergence(new Last(List.of(layer), sequence(0), 1), settings());
    assertThat(weight.place())
        .isEqualTo("first in gate f, in 0.weight_ih_l0, of layer 0, Linear at time step 1");
  }

  @Test
  void logarithmOfZero_isNamedWithItsMend() {
    Parameter p = Parameter.of("p", Tensor.of(0.0));
    Trainable model = new One(p);
    Objective objective =
        new Objective() {
          @Override
          public Trainable model() {
            return model;
          }

          @Override
          public int examples() {
            return 3;
          }

          @Override
          public Tensor loss(int[] examples) {
            return Tensors.log(p.value().times(2)).mean();
          }

          @Override
          public double validationLoss() {
            return Double.NaN;
          }
        };
    Divergence found = divergence(objective, settings());
    assertThat(found.place()).isEqualTo("first in log after p");
    assertThat(found.mend()).contains("away from zero");
    assertThat(found.value()).isEqualTo("the loss became minus infinity");
  }

  @ParameterizedTest
  @CsvSource({"0, gate i", "1, gate f", "2, the candidate g", "3, gate o"})
  void projection_namesTheGateToo(int block, String gate) {
    Lstm lstm = Lstm.of(1, 6, Generator.of(1)).projection(2);
    set(lstm.parameters().get("weight_hh_l0"), (block * 6 + 5) * 2, Double.POSITIVE_INFINITY);
    Divergence found = divergence(new Last(List.of(lstm), sequence(0), 1), settings());
    assertThat(found.gate()).isEqualTo(gate + ", in 0.weight_hh_l0,");
    assertThat(found.timeStep()).isEqualTo(1);
  }

  @Test
  void reverse_countsTheStepsOfTimeFromTheBeginning() {
    Lstm lstm = Lstm.of(1, HIDDEN, Generator.of(1)).bidirectional();
    set(lstm.parameters().get("weight_ih_l0_reverse"), HIDDEN + 1, Double.POSITIVE_INFINITY);
    Divergence found = divergence(new Last(List.of(lstm), sequence(0), 1), settings());
    assertThat(found.gate()).isEqualTo("gate f, in 0.weight_ih_l0_reverse,");
    assertThat(found.timeStep()).isEqualTo(4);
  }

  /** Two sequences of different lengths in place of what comes in. */
  private record Padded(Gru gru) implements Layer {
    @Override
    public Tensor apply(Tensor input) {
      double[] x = new double[2 * 6];
      Arrays.setAll(x, i -> i / 2 == 3 ? 0 : 0.1);
      return gru.run(Tensor.of(x, 6, 2, 1), gru.initialState(2), new int[] {6, 5}).output();
    }

    @Override
    public Shape outputShape(Shape input) {
      return gru.outputShape(input);
    }
  }

  @Test
  void reverseOfDifferentLengths_saysNoStepOfTime() {
    Gru gru = Gru.of(1, HIDDEN, Generator.of(1)).bidirectional();
    set(gru.parameters().get("weight_ih_l0_reverse"), HIDDEN + 1, Double.POSITIVE_INFINITY);
    Divergence found = divergence(new Last(List.of(new Padded(gru)), sequence(0), 1), settings());
    assertThat(found.gate()).startsWith("gate z, in 0.");
    assertThat(found.timeStep()).isZero();
  }

  @Test
  void searchThatFails_keepsTheRun() {
    Parameter p = Parameter.of("p", Tensor.of(1.0));
    Trainable model = new One(p);
    int[] calls = {0};
    Objective once =
        new Objective() {
          @Override
          public Trainable model() {
            return model;
          }

          @Override
          public int examples() {
            return 3;
          }

          @Override
          public Tensor loss(int[] examples) {
            calls[0]++;
            if (calls[0] == 5) { // two measure the memory of a step, the fourth was NaN
              throw new IllegalStateException("the data is gone");
            }
            return p.value().times(calls[0] == 4 ? Double.NaN : 1).mean();
          }

          @Override
          public double validationLoss() {
            return Double.NaN;
          }
        };
    Divergence found = divergence(once, settings());
    assertThat(calls[0]).isEqualTo(5);
    assertThat(found.step()).isEqualTo(2);
    assertThat(found.place()).isEmpty();
    assertThat(found.value()).isEqualTo("the loss became NaN");
  }

  private record One(Parameter p) implements Trainable {}

  @Test
  void firstEpoch_restoresTheLastWeightsWithAFiniteLoss() {
    double[][] sequences = new double[40][];
    Arrays.setAll(sequences, i -> sequence(0.3));
    RunningMean objective = new RunningMean(RunningMean.Network.of(HIDDEN, 0, 1), sequences);
    double[][] seen = new double[12][];
    Fit fit =
        settings()
            .callback(
                Callback.afterStep(
                    run -> seen[(int) run.steps() % 12] = RunningMean.numbers(objective.model())))
            .schedule((base, at) -> at.step() < 9 ? base : 1e38)
            .optimizer(Sgd.defaults());
    Run run = Run.start(objective, fit);
    assertThat(run.status()).isEqualTo(Run.Status.DIVERGED);
    assertThat(run.steps()).isEqualTo(10);
    assertThat(RunningMean.numbers(objective.model())).isEqualTo(seen[9]);
    assertThat(run.toString()).startsWith("diverged in epoch 1, step 10 of 20: ");
    run.resume(settings -> settings.schedule(unroll.optim.Schedule.constant()));
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(run.divergence()).isEmpty();
  }
}
