package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Rnn;
import unroll.nn.recurrent.SequenceLayer;
import unroll.optim.Sgd;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

@OnBackend("cpu")
class SweepTest {

  @BeforeEach
  void seed() {
    Generator.seed(5);
  }

  @AfterEach
  void forgetModelsAndMonitor() {
    Models.list().forEach(entry -> Models.remove(entry.name()));
    Monitor.use(Monitor.NONE);
    Generator.seed(Generator.DEFAULT_SEED);
  }

  /** Learns to add up the numbers it sees. */
  private record Sum(Network model) implements Objective {
    @Override
    public int examples() {
      return 32;
    }

    @Override
    public Tensor loss(int[] examples) {
      double[] x = new double[4 * examples.length];
      double[] y = new double[examples.length];
      for (int b = 0; b < examples.length; b++) {
        for (int t = 0; t < 4; t++) {
          x[t * examples.length + b] = StrictMath.sin(examples[b] * 4 + t) / 2;
          y[b] += x[t * examples.length + b];
        }
      }
      Tensor out = model.layer().apply(Tensor.of(x, 4, examples.length, 1)).get(3);
      Tensor difference = model.head().apply(out).minus(Tensor.of(y, examples.length, 1));
      return difference.times(difference).mean();
    }

    @Override
    public double validationLoss() {
      return Double.NaN;
    }
  }

  private record Network(SequenceLayer<?> layer, Linear head) implements Trainable {
    static Network rnn(int hidden) {
      return new Network(Rnn.of(1, hidden), Linear.of(hidden, 1));
    }
  }

  private static Run fit(Network network, Fit settings) {
    return Run.start(new Sum(network), settings);
  }

  private static Run sgd(double rate) {
    Fit fit = Fit.epochs(40).batch(8).optimizer(Sgd.defaults()).learningRate(rate);
    return fit(Network.rnn(6), fit);
  }

  private static String verdict(SweepResult result, int row) {
    return result.table().stringColumn("verdict").get(row);
  }

  @Test
  void settings_areJudgedInWords() {
    SweepResult result = Sweep.over(List.of(0.2, 1e-7, 1e30), SweepTest::sgd);
    assertThat(result.isComplete()).isTrue();
    assertThat(result.table().stringColumn("setting").asList())
        .containsExactly("0.2", "1.0E-7", "1.0E30");
    assertThat(verdict(result, 0)).isIn("converged", "still learning");
    assertThat(verdict(result, 1)).isEqualTo("stalled");
    assertThat(verdict(result, 2)).isEqualTo("diverged");
    assertThat(result.best()).containsSame(result.runs().get("0.2"));
    assertThat(result.toString())
        .startsWith("best: 0.2\n0.2: ")
        .contains("\n1.0E-7: stalled (finished after 40 epochs; best ")
        .contains("\n1.0E30: diverged (diverged in epoch ");
    assertThat(result.losses().description()).contains("0.2: 40 points").contains("1.0E-7: ");
  }

  @Test
  void everyTraining_startsFromTheSameSeedAndTheSessionsGeneratorIsAsBefore() {
    Generator.State before = Generator.session().state();
    SweepResult result = Sweep.over(List.of(0.1, 0.2), SweepTest::sgd);
    assertThat(Generator.session().state()).isEqualTo(before);
    Generator.seed(5);
    Run alone = sgd(0.2);
    assertThat(result.runs().get("0.2").history()).isEqualTo(alone.history());
  }

  @Test
  void severalSeeds_areSeveralTrainings() {
    SweepResult result = Sweep.over(List.of(0.1), SweepTest::sgd, 1, 2);
    assertThat(result.runs()).containsOnlyKeys("0.1, seed 1", "0.1, seed 2");
    assertThat(result.runs().get("0.1, seed 1").history())
        .isNotEqualTo(result.runs().get("0.1, seed 2").history());
  }

  @Test
  void interrupted_keepsWhatIsDoneAndResumeGoesOnToTheSameBits() {
    SweepResult whole = Sweep.over(List.of(0.05, 0.1, 0.2), SweepTest::sgd);
    int[] updates = {0};
    Monitor.use(
        run -> {
          if (++updates[0] == 200) {
            Thread.currentThread().interrupt();
          }
        });
    SweepResult parts = Sweep.over(List.of(0.05, 0.1, 0.2), SweepTest::sgd);
    assertThat(parts.isComplete()).isFalse();
    assertThat(parts.runs()).containsOnlyKeys("0.05", "0.1");
    assertThat(verdict(parts, 1)).isEqualTo("interrupted");
    assertThat(parts.toString()).endsWith("1 of 3 not begun; resume() goes on");
    parts.resume();
    assertThat(parts.isComplete()).isTrue();
    whole
        .runs()
        .forEach(
            (name, run) ->
                assertThat(parts.runs().get(name).history()).as(name).isEqualTo(run.history()));
  }

  @Test
  void budget_givesEachAsManyUnitsAsFit() {
    SweepResult result =
        Sweep.models("RNN", Network::rnn)
            .and("LSTM", h -> new Network(Lstm.of(1, h), Linear.of(h, 1)))
            .and("GRU", h -> new Network(Gru.of(1, h), Linear.of(h, 1)))
            .budget(500)
            .fit(model -> fit(model, Fit.epochs(2).learningRate(0.01)));
    assertThat(result.runs()).containsOnlyKeys("RNN 20", "LSTM 9", "GRU 11");
    for (Run run : result.runs().values()) {
      assertThat(run.model().parameterCount()).isBetween(420L, 500L);
    }
  }

  @Test
  void hiddenSize_isTheLargestThatFitsAndDrawsNothing() {
    Generator.State before = Generator.session().state();
    for (long budget = 6; budget < 300; budget += 7) {
      int hidden = Sweep.hiddenSize(budget, Network::rnn);
      assertThat(Network.rnn(hidden).parameterCount()).isLessThanOrEqualTo(budget);
      assertThat(Network.rnn(hidden + 1).parameterCount()).isGreaterThan(budget);
      Generator.session().restore(before);
    }
    assertThat(Sweep.hiddenSize(100, Network::rnn)).isPositive();
    assertThat(Generator.session().state()).isEqualTo(before);
    assertThatThrownBy(() -> Sweep.hiddenSize(5, Network::rnn))
        .hasMessage("Sweep: a budget of 5 parameters is too small, one hidden unit takes 6");
  }

  @Test
  void failure_isKeptBesideTheOthers() {
    SweepResult result =
        Sweep.over(
            List.of("good", "bad"),
            name -> {
              if (name.equals("bad")) {
                throw new IllegalStateException("out of room");
              }
              return sgd(0.1);
            });
    assertThat(result.toString()).contains("\nbad: failed (out of room)");
    assertThat(verdict(result, 1)).isEqualTo("failed");
    assertThat(result.isComplete()).isTrue();
  }

  @Test
  void nothing_isRefused() {
    assertThatThrownBy(() -> Sweep.over(List.of(), name -> null))
        .hasMessage("Sweep: there is nothing to run");
    assertThatThrownBy(() -> Sweep.over(List.of(1, 1), x -> null))
        .hasMessage("Sweep: there are two of the name '1'");
  }
}
