package unroll.topology;

import java.util.List;
import java.util.stream.IntStream;
import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.data.SequenceData;
import unroll.data.Split;
import unroll.loss.Loss;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Carry;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.train.StoppedException;
import unroll.train.TruncatedObjective;

/**
 * A loss at every step of every sequence. The data lives on the model's backend, and follows it.
 */
final class SequenceObjective implements TruncatedObjective {

  /** Sequences that are computed at once where no gradient is wanted. */
  private static final int BATCH = 256;

  private final SequenceToSequence model;
  private final Loss loss;
  private final Examples train;
  private final Examples validation;

  SequenceObjective(SequenceToSequence model, Loss loss, Split<? extends SequenceData> data) {
    this.model = model;
    this.loss = loss;
    train = new Examples(data.train(), model);
    validation = new Examples(data.validation(), model);
  }

  /** Inputs and targets, one row a sequence. */
  private static final class Examples {
    final int count;
    final int steps;
    final long checksum;
    private final SequenceData data;
    private final SequenceToSequence model;
    private Tensor inputs;
    private Tensor targets;

    Examples(SequenceData data, SequenceToSequence model) {
      this.data = data;
      this.model = model;
      count = data.count();
      steps = data.steps();
      checksum = Checksums.of(data.inputs()) * 31 + Checksums.of(data.targets());
      place(model.backend());
    }

    private void place(Backend backend) {
      inputs = rows(data.inputs(), data, data.inputSize(), backend);
      targets = rows(data.targets(), data, data.outputSize(), backend);
    }

    /** Anew from the host where the model was moved: its device may be lost. */
    private void follow() {
      if (inputs.backend() != model.backend()) {
        place(model.backend());
      }
    }

    private Tensor inputs() {
      follow();
      return inputs;
    }

    private Tensor targets() {
      follow();
      return targets;
    }

    /**
     * [steps, count, size] as [count, steps size]; outlives a tape in which the model was moved.
     */
    private static Tensor rows(double[] values, SequenceData data, int size, Backend backend) {
      Shape timeMajor = Shape.of(data.steps(), data.count(), size);
      return Tensor.of(values, timeMajor, backend)
          .transpose(0, 1)
          .reshape(data.count(), data.steps() * size)
          .keep();
    }

    Tensor inputs(int[] examples) {
      return timeMajor(inputs(), examples);
    }

    Tensor targets(int[] examples) {
      return timeMajor(targets(), examples);
    }

    /** The inputs from one step to another. */
    Tensor inputs(int[] examples, int from, int to) {
      return part(inputs(), examples, from, to);
    }

    /** The targets from one step to another. */
    Tensor targets(int[] examples, int from, int to) {
      return part(targets(), examples, from, to);
    }

    private Tensor part(Tensor rows, int[] examples, int from, int to) {
      int size = rows.size(1) / steps;
      int[] indices = new int[(to - from) * examples.length];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = examples[i % examples.length] * steps + from + i / examples.length;
      }
      Tensor chosen = rows.reshape(count * steps, size).gather(indices);
      return chosen.reshape(to - from, examples.length, size);
    }

    private Tensor timeMajor(Tensor rows, int[] examples) {
      int size = rows.size(1) / steps;
      return rows.gather(examples).reshape(examples.length, steps, size).transpose(0, 1);
    }
  }

  @Override
  public Trainable model() {
    return model;
  }

  @Override
  public int examples() {
    return train.count;
  }

  @Override
  public Tensor loss(int[] examples) {
    return loss(train, examples);
  }

  @Override
  public int length(int example) {
    return train.steps;
  }

  @Override
  public double weight(int[] examples) {
    return (double) examples.length * train.steps;
  }

  @Override
  public Part loss(int[] examples, int from, int to, List<Tensor> carried) {
    Unrolled<List<Tensor>> run =
        Carry.run(model.layers(), train.inputs(examples, from, to), carried, null);
    return new Part(loss.of(run.output(), train.targets(examples, from, to)), run.state());
  }

  @Override
  public long fingerprint() {
    return train.checksum * 31 + validation.checksum;
  }

  private Tensor loss(Examples part, int[] examples) {
    return loss.of(model.predict(part.inputs(examples)), part.targets(examples));
  }

  @Override
  public double validationLoss() {
    if (validation.count == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (int from = 0; from < validation.count; from += BATCH) {
      StoppedException.check("evaluate");
      int to = Math.min(from + BATCH, validation.count);
      int[] examples = IntStream.range(from, to).toArray();
      try (Tape memory = Tape.blank()) {
        sum += loss(validation, examples).item() * examples.length;
      }
    }
    return sum / validation.count;
  }
}
