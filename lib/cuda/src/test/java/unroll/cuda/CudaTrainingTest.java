package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.loss.CrossEntropy;
import unroll.nn.Embedding;
import unroll.nn.LayerNorm;
import unroll.nn.Linear;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Rnn;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.optim.Adam;
import unroll.optim.Clip;
import unroll.optim.Optimizer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** A small character model trained on {@code cuda} and on {@code cpu}, from the same start. */
@ExtendWith(NeedsCuda.class)
class CudaTrainingTest {

  private static final int VOCABULARY = 11;
  private static final int TIME = 6;
  private static final int BATCH = 3;
  private static final int STEPS = 100;

  private final Backend before = Backends.current();

  @AfterEach
  void chosenAsBefore() {
    Backends.use(before.name());
  }

  /** Losses of all steps, then all parameters. */
  private record Trained(List<double[]> parameters, double[] losses) {}

  @ParameterizedTest
  @ValueSource(strings = {"RNN", "LSTM", "GRU"})
  void hundredSteps_asOnTheCpu(String cell) {
    Trained cpu = train("cpu", cell);
    Trained cuda = train("cuda", cell);
    assertThat(cpu.losses()[STEPS - 1]).isLessThan(0.8 * cpu.losses()[0]);
    assertThat(relative(cuda.losses(), cpu.losses())).isLessThan(1e-4);
    for (int i = 0; i < cpu.parameters().size(); i++) {
      assertThat(relative(cuda.parameters().get(i), cpu.parameters().get(i)))
          .as("parameter %d", i)
          .isLessThan(1e-4);
    }
  }

  /** The largest difference, relative to the largest number. */
  private static double relative(double[] actual, double[] expected) {
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / largest;
  }

  private static Trained train(String backend, String cell) {
    Backends.use(backend);
    Generator generator = Generator.of(1);
    Embedding embedding = Embedding.of(VOCABULARY, 8, generator);
    SequenceLayer<?> layer =
        switch (cell) {
          case "RNN" -> Rnn.of(8, 13, generator);
          case "LSTM" -> Lstm.of(8, 13, generator);
          default -> Gru.of(8, 13, generator);
        };
    LayerNorm norm = LayerNorm.of(13);
    Linear head = Linear.of(13, VOCABULARY, generator);
    List<Parameter> parameters = new ArrayList<>();
    parameters.addAll(embedding.parameters().values());
    parameters.addAll(layer.parameters().values());
    parameters.addAll(norm.parameters().values());
    parameters.addAll(head.parameters().values());
    Optimizer adam = Adam.defaults().of(parameters, 1e-2);
    int[] input = new int[TIME * BATCH];
    int[] wanted = new int[TIME * BATCH];
    for (int i = 0; i < input.length; i++) {
      input[i] = generator.nextInt(VOCABULARY);
      wanted[i] = (input[i] * 3 + 1) % VOCABULARY;
    }
    double[] losses = new double[STEPS];
    for (int step = 0; step < STEPS; step++) {
      losses[step] = step(embedding, layer, norm, head, parameters, adam, input, wanted);
    }
    return new Trained(parameters.stream().map(p -> p.value().toArray()).toList(), losses);
  }

  private static <S> double step(
      Embedding embedding,
      SequenceLayer<S> layer,
      LayerNorm norm,
      Linear head,
      List<Parameter> parameters,
      Optimizer adam,
      int[] input,
      int[] wanted) {
    try (Tape tape = Tape.open()) {
      Tensor x = embedding.lookup(input, TIME, BATCH);
      Unrolled<S> unrolled = layer.run(x, layer.initialState(BATCH));
      Tensor loss = CrossEntropy.of(head.apply(norm.apply(unrolled.output())), wanted);
      Gradients gradients = tape.backward(loss);
      adam.step(gradients, Clip.scale(Clip.globalNorm(parameters, gradients), 5));
      return loss.item();
    }
  }
}
