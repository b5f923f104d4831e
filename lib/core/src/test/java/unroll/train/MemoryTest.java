package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.loss.CrossEntropy;
import unroll.loss.Loss;
import unroll.nn.Embedding;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.LstmState;
import unroll.nn.recurrent.Unrolled;
import unroll.optim.Adam;
import unroll.optim.Clip;
import unroll.optim.Optimizer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

class MemoryTest {

  private static final int VOCABULARY = 65;

  private static int[] tokens(Generator generator, int count) {
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = generator.nextInt(VOCABULARY);
    }
    return out;
  }

  @Test
  void trainingStep_inTheSteadyState_allocatesLessThan64kB() {
    Backends.use("cpu");
    Generator generator = Generator.of(1);
    Embedding embedding = Embedding.of(VOCABULARY, 32, generator);
    Lstm lstm = Lstm.of(32, 64, generator);
    Linear head = Linear.of(64, VOCABULARY, generator);
    List<Parameter> all = new ArrayList<>();
    for (Trainable part : List.of(embedding, lstm, head)) {
      all.addAll(part.parameters().values());
    }
    Optimizer adam = Adam.defaults().of(all, 1e-3);
    int[] in = tokens(generator, 50 * 16);
    int[] target = tokens(generator, 50 * 16);
    Runnable step =
        () -> {
          try (Tape tape = Tape.open()) {
            Tensor x = embedding.lookup(in, 50, 16);
            Tensor loss = CrossEntropy.of(head.apply(lstm.apply(x)), target);
            Gradients gradients = tape.backward(loss);
            adam.step(gradients, Clip.scale(Clip.globalNorm(all, gradients), 1));
          }
        };
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 400 && least >= 64_000; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      step.run();
      if (i >= 20) {
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
    }
    // one buffer of this model, 50 x 16 x 256 floats, would be 819 kB
    assertThat(least).isLessThan(64_000);
  }

  @Test
  void hundredThousandSteps_truncatedAtAHundred_trainInConstantMemory() {
    Backend cpu = Backends.use("cpu");
    Generator generator = Generator.of(1);
    Lstm lstm = Lstm.of(1, 8, generator);
    Linear head = Linear.of(8, 1, generator);
    List<Parameter> all = new ArrayList<>(lstm.parameters().values());
    all.addAll(head.parameters().values());
    Optimizer adam = Adam.defaults().of(all, 3e-3);
    double[] wave = new double[100_001];
    for (int t = 0; t < wave.length; t++) {
      wave[t] = StrictMath.sin(t * 0.3);
    }
    LstmState[] state = {lstm.initialState(1)};
    double[] losses = new double[1000];
    long[] memory = new long[1000];
    for (int part = 0; part < 1000; part++) {
      int from = part * 100;
      int index = part;
      memory[part] =
          cpu.peakMemory(
              () -> {
                try (Tape tape = Tape.open()) {
                  Tensor x =
                      Tensor.of(java.util.Arrays.copyOfRange(wave, from, from + 100), 100, 1, 1);
                  Tensor y =
                      Tensor.of(
                          java.util.Arrays.copyOfRange(wave, from + 1, from + 101), 100, 1, 1);
                  Unrolled<LstmState> run = lstm.run(x, state[0]);
                  Tensor loss = Loss.meanSquaredError().of(head.apply(run.output()), y);
                  losses[index] = loss.item();
                  adam.step(tape.backward(loss));
                  state[0] = lstm.keep(run.state());
                }
              });
    }
    assertThat(memory[999]).isLessThanOrEqualTo(memory[1]);
    assertThat(losses[999]).isLessThan(0.02 * losses[0]);
  }

  /** A sequence of random numbers, as long as is asked for. */
  private record Sequence(Lstm lstm, int steps, int examples) implements Objective {
    @Override
    public Trainable model() {
      return lstm;
    }

    @Override
    public Tensor loss(int[] chosen) {
      return lstm.apply(Tensor.filled(0.1, steps, chosen.length, 1)).mean();
    }

    @Override
    public double validationLoss() {
      return Double.NaN;
    }
  }

  @Test
  void fit_statesItsNeedBeforeItStarts() {
    Backends.use("cpu");
    List<String> said = new ArrayList<>();
    Monitor.use(run -> said.add(run.toString()));
    try {
      Lstm lstm = Lstm.of(1, 64, Generator.of(1));
      Run run = Run.start(new Sequence(lstm, 100, 64), Fit.epochs(1).generator(Generator.of(1)));
      // forward: output, gates and cells; back: gradients of output and gates
      long least = 4L * 100 * 32 * 64 * (1 + 5 + 1 + 4);
      assertThat(run.stepMemory()).isBetween(least, 2 * least);
      assertThat(said.get(0)).startsWith("training, epoch 1, step 0 of 2").contains("B a step");
    } finally {
      Monitor.use(Monitor.NONE);
      Models.list().forEach(entry -> Models.remove(entry.name()));
    }
  }

  @Test
  void truncated_needsTheSameMemoryHoweverLongTheSequences() {
    Backends.use("cpu");
    RunningMean.Network network = RunningMean.Network.of(8, 0, 1);
    long[] needs = new long[2];
    for (int i = 0; i < needs.length; i++) {
      double[] sequence = new double[i == 0 ? 200 : 5000];
      RunningMean objective =
          new RunningMean(network, new double[][] {sequence, sequence, sequence});
      Run run = Run.start(objective, Fit.epochs(1).truncate(50).generator(Generator.of(1)));
      assertThat(run.steps()).isEqualTo(sequence.length / 50);
      needs[i] = run.stepMemory();
    }
    assertThat(needs[1]).isEqualTo(needs[0]).isPositive();
    Models.list().forEach(entry -> Models.remove(entry.name()));
  }

  @Test
  void longestExamples_decideTheNeed() {
    Backends.use("cpu");
    RunningMean.Network network = RunningMean.Network.of(8, 0, 1);
    double[][] even = {new double[200], new double[200], new double[200]};
    double[][] mixed = {new double[10], new double[10], new double[200]};
    Fit fit = Fit.epochs(1).batch(1).generator(Generator.of(1));
    long longest = Run.start(new RunningMean(network, even), fit).stepMemory();
    long need = Run.start(new RunningMean(network, mixed), fit).stepMemory();
    assertThat(need).isBetween(longest * 95 / 100, longest * 105 / 100);
    Models.list().forEach(entry -> Models.remove(entry.name()));
  }

  @Test
  void accumulatedGradients_countInTheNeed() {
    Backends.use("cpu");
    RunningMean.Network network = RunningMean.Network.of(256, 0, 1);
    RunningMean objective = RunningMean.of(network, 4, 3, 1);
    Fit fit = Fit.epochs(1).batch(2).generator(Generator.of(1));
    long one = Run.start(objective, fit).stepMemory();
    long several = Run.start(objective, fit.accumulate(2)).stepMemory();
    long gradients = 4 * network.parameterCount();
    assertThat(several - one).isBetween(gradients / 2, 3 * gradients / 2);
    Models.list().forEach(entry -> Models.remove(entry.name()));
  }

  @Test
  void fit_refusesWhatCannotFitAndSaysWhatToLower() {
    Backends.use("cpu");
    int examples = 1_000_000;
    Lstm lstm = Lstm.of(1, 256, Generator.of(1));
    Fit settings = Fit.epochs(1).batch(examples);
    assertThatThrownBy(() -> Run.start(new Sequence(lstm, 200, examples), settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "fit: a step of 1000000 examples needs about \\d.* [GT]B, the cpu backend has .*; try a batch of \\d+, .*");
  }

  /** Has memory for so many examples at a time. */
  private record Room(Sequence sequence, int room) implements Objective {
    @Override
    public Trainable model() {
      return sequence.model();
    }

    @Override
    public int examples() {
      return sequence.examples();
    }

    @Override
    public Tensor loss(int[] chosen) {
      if (chosen.length > room) {
        throw new OutOfMemoryError("full");
      }
      return sequence.loss(chosen);
    }

    @Override
    public double validationLoss() {
      return Double.NaN;
    }
  }

  @Test
  void outOfMemory_suggestsASmallerBatchOnlyWhereOneExampleFits() {
    Backends.use("cpu");
    Sequence sequence = new Sequence(Lstm.of(1, 2, Generator.of(1)), 3, 20);
    Fit settings = Fit.epochs(1).batch(20);
    assertThatThrownBy(() -> Run.start(new Room(sequence, 0), settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("fit: a single example does not fit into the memory of the cpu ")
        .hasMessageEndingWith("; shorten its sequence, or give more (-Xmx)");
    assertThatThrownBy(() -> Run.start(new Room(sequence, 3), settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("fit: 9 examples at a time do not fit into the memory of the cpu ")
        .hasMessageEndingWith("; try a batch of 2, or give more (-Xmx)");
  }
}
