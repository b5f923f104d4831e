package unroll.topology;

import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.data.SequenceData;
import unroll.data.Split;
import unroll.loss.Loss;
import unroll.nn.Trainable;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.train.Objective;

/** A loss at every step of every sequence. The data lives on the model's backend all the time. */
final class SequenceObjective implements Objective {

  /** Sequences that are computed at once where no gradient is wanted. */
  private static final int BATCH = 256;

  private final SequenceToSequence model;
  private final Loss loss;
  private final Examples train;
  private final Examples validation;

  SequenceObjective(SequenceToSequence model, Loss loss, Split<? extends SequenceData> data) {
    this.model = model;
    this.loss = loss;
    train = new Examples(data.train(), model.backend());
    validation = new Examples(data.validation(), model.backend());
  }

  /** Inputs and targets, one row a sequence. */
  private static final class Examples {
    final int count;
    private final int steps;
    private final Tensor inputs;
    private final Tensor targets;

    Examples(SequenceData data, Backend backend) {
      count = data.count();
      steps = data.steps();
      inputs = rows(data.inputs(), data, data.inputSize(), backend);
      targets = rows(data.targets(), data, data.outputSize(), backend);
    }

    /** [steps, count, size] as [count, steps size]. */
    private static Tensor rows(double[] values, SequenceData data, int size, Backend backend) {
      Shape timeMajor = Shape.of(data.steps(), data.count(), size);
      return Tensor.of(values, timeMajor, backend)
          .transpose(0, 1)
          .reshape(data.count(), data.steps() * size);
    }

    Tensor inputs(int[] examples) {
      return timeMajor(inputs, examples);
    }

    Tensor targets(int[] examples) {
      return timeMajor(targets, examples);
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
      int to = Math.min(from + BATCH, validation.count);
      int[] examples = java.util.stream.IntStream.range(from, to).toArray();
      try (Tape memory = Tape.blank()) {
        sum += loss(validation, examples).item() * examples.length;
      }
    }
    return sum / validation.count;
  }
}
