package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.loss.CrossEntropy;
import unroll.loss.Ctc;
import unroll.loss.Loss;
import unroll.nn.Embedding;
import unroll.nn.LayerNorm;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Rnn;
import unroll.nn.recurrent.SequenceLayer;
import unroll.tensor.Generator;
import unroll.tensor.Operation;
import unroll.tensor.Recorder;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** A model that uses every operation has the gradients that {@code ejml} finds in double. */
interface AgreementContract {

  Backend backend();

  /** Every operation that is not made of others. */
  Set<String> OPERATIONS =
      Set.of(
          "Add",
          "Subtract",
          "Multiply",
          "Divide",
          "Maximum",
          "Affine",
          "Function",
          "MatMul",
          "Sum",
          "Max",
          "Broadcast",
          "Reshape",
          "Transpose",
          "Slice",
          "Concat",
          "Unstack",
          "Gather",
          "Softmax",
          "LinearOperation",
          "Normalisation",
          "SequenceOperation",
          "Rows",
          "Split",
          "CrossEntropyRows",
          "BinaryCrossEntropy",
          "CtcOperation");

  @Test
  default void gradients_ofEveryOperation_agreeWithEjml() {
    Set<String> used = new TreeSet<>();
    Map<String, double[]> actual = gradients(backend(), used);
    Map<String, double[]> expected = gradients(Backends.named("ejml"), used);
    assertThat(used).containsExactlyInAnyOrderElementsOf(OPERATIONS);
    assertThat(actual).hasSize(expected.size()).hasSizeGreaterThan(20);
    expected.forEach((name, g) -> Host.assertCloseInAll(name, actual.get(name), g, 1e-4));
  }

  private static Map<String, double[]> gradients(Backend on, Set<String> used) {
    Backend before = Backends.current();
    Backends.use(on.name());
    try {
      Everything model = new Everything(Generator.of(5));
      Map<String, double[]> found = new LinkedHashMap<>();
      try (Tape tape = Tape.open()) {
        Recorder.install(new Naming(tape, used));
        Gradients gradients = tape.backward(model.loss());
        Recorder.install(tape);
        for (Map.Entry<String, Parameter> p : model.parameters().entrySet()) {
          found.put(p.getKey(), gradients.of(p.getValue()).toArray());
        }
      }
      return found;
    } finally {
      Backends.use(before.name());
    }
  }

  /** Notes the names of operations on their way to a tape. */
  record Naming(Tape tape, Set<String> names) implements Recorder {
    @Override
    public void record(Operation operation, List<Tensor> inputs, List<Tensor> outputs) {
      names.add(operation.getClass().getSimpleName());
      tape.record(operation, inputs, outputs);
    }

    @Override
    public Buffer allocate(Backend backend, int length) {
      return tape.allocate(backend, length);
    }

    @Override
    public boolean isOpen() {
      return tape.isOpen();
    }

    @Override
    public boolean isRecording() {
      return tape.isRecording();
    }
  }

  /** A little of everything. */
  final class Everything implements Trainable {

    private static final int[] LENGTHS = {6, 4, 5};

    private final Embedding embedding;
    private final Lstm lstm;
    private final Gru gru;
    private final Rnn rnn;
    private final Lstm stepByStep;
    private final LayerNorm norm = LayerNorm.of(8);
    private final Linear linear;
    private final Parameter table;

    Everything(Generator generator) {
      embedding = Embedding.of(9, 5, generator);
      lstm = Lstm.of(5, 6, generator).layers(2);
      gru = Gru.of(6, 7, generator).bidirectional();
      rnn = Rnn.of(14, 8, generator);
      stepByStep = Lstm.of(8, 8, generator).layerNorm();
      linear = Linear.of(8, 9, generator);
      double[] numbers = new double[8 * 9];
      generator.fillUniform(numbers, -1, 1);
      table = Parameter.of("table", Tensor.of(numbers, 8, 9));
    }

    Tensor loss() {
      int[] tokens = {1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 3, 5, 2, 4, 6, 8, 7, 1};
      Tensor x = embedding.lookup(tokens, 6, 3);
      Tensor hidden = norm.apply(run(stepByStep, run(rnn, run(gru, run(lstm, x)))));
      Tensor logits = linear.apply(hidden).plus(functions(hidden).matmul(table.value()));
      List<Tensor> steps = new ArrayList<>(logits.unstack());
      steps.set(
          0, steps.get(0).max(steps.get(1)).dividedBy(steps.get(2).map(Unary.SQUARE).plus(1)));
      logits = Tensors.stack(steps);
      Tensor attention = Tensors.softmax(logits, -1).transpose(0, 1).slice(1, 1, 5);
      Tensor labels = CrossEntropy.of(logits.reshape(18, 9), tokens);
      Tensor alignment = Ctc.of(logits, new int[][] {{1, 2}, {3}, {4, 5}}, LENGTHS);
      Tensor flags = Tensor.filled(1, 3, 9);
      Tensor binary = Loss.binaryCrossEntropy().of(logits.max(0), flags);
      return labels.plus(alignment).plus(binary).plus(attention.times(attention).sum().negate());
    }

    private static <S> Tensor run(SequenceLayer<S> layer, Tensor input) {
      return layer.run(input, layer.initialState(3), LENGTHS).output();
    }

    /** The sum of all functions of one number. */
    private static Tensor functions(Tensor x) {
      Tensor positive = x.map(Unary.ABS).plus(0.5);
      Tensor sum = x.map(Unary.SIGMOID).minus(x.map(Unary.TANH).times(positive.map(Unary.LOG)));
      sum = sum.plus(positive.map(Unary.SQRT)).plus(x.map(Unary.RELU)).plus(x.map(Unary.SIGN));
      return sum.plus(x.map(Unary.NEGATE).map(Unary.EXP)).plus(x.mean(-1).reshape(6, 3, 1));
    }
  }
}
