package unroll.topology;

import unroll.nn.Trainable;
import unroll.tensor.Tensor;
import unroll.train.Objective;

/** A loss of one vector for each sequence. */
final class VectorObjective implements Objective {

  private final SequenceToVector model;
  private final VectorExamples train;
  private final VectorExamples validation;

  VectorObjective(SequenceToVector model, VectorExamples train, VectorExamples validation) {
    this.model = model;
    this.train = train;
    this.validation = validation;
  }

  @Override
  public Trainable model() {
    return model;
  }

  @Override
  public int examples() {
    return train.count();
  }

  @Override
  public int length(int example) {
    return train.length(example);
  }

  @Override
  public Tensor loss(int[] examples) {
    return loss(train, examples);
  }

  private Tensor loss(VectorExamples part, int[] examples) {
    Tensor input = part.input(model.stack(), examples);
    return part.loss(model.predict(input, part.lengths(examples)), examples);
  }

  @Override
  public long fingerprint() {
    return train.checksum() * 31 + validation.checksum();
  }

  @Override
  public double validationLoss() {
    return Batches.mean(
        validation.count(),
        validation::length,
        examples -> loss(validation, examples).item(),
        examples -> examples.length);
  }
}
