package unroll.topology;

import java.util.Arrays;
import java.util.List;
import unroll.data.TokenBatch;
import unroll.nn.Trainable;
import unroll.optim.Progress;
import unroll.tensor.Tensor;
import unroll.train.Objective;

/** A loss of every word of sentences that are written to something. */
final class WritingObjective implements Objective {

  /** A part of the data: sentences, and the loss of some of them. */
  record Part(List<int[]> inputs, Losses losses) {

    private TokenBatch batch(int[] examples, int pad) {
      return TokenBatch.of(Arrays.stream(examples).mapToObj(inputs::get).toList(), pad);
    }

    private double words(int[] examples) {
      return Arrays.stream(examples).map(e -> inputs.get(e).length).sum();
    }
  }

  /** The mean loss over the words of some examples. */
  interface Losses {
    Tensor of(int[] examples, TokenBatch inputs, double ownShare);
  }

  private final Trainable model;
  private final Part train;
  private final Part validation;
  private final int pad;
  private final ScheduledSampling sampling;
  private double share;

  WritingObjective(
      Trainable model, Part train, Part validation, int pad, ScheduledSampling sampling) {
    this.model = model;
    this.train = train;
    this.validation = validation;
    this.pad = pad;
    this.sampling = sampling;
  }

  @Override
  public Trainable model() {
    return model;
  }

  @Override
  public int examples() {
    return train.inputs().size();
  }

  @Override
  public int length(int example) {
    return train.inputs().get(example).length;
  }

  @Override
  public void begin(Progress at) {
    share = sampling.share(at);
  }

  @Override
  public Tensor loss(int[] examples) {
    return train.losses().of(examples, train.batch(examples, pad), share);
  }

  @Override
  public double weight(int[] examples) {
    return train.words(examples);
  }

  /** With the right words as input, whatever the training does. */
  @Override
  public double validationLoss() {
    return Batches.mean(
        validation.inputs().size(),
        example -> validation.inputs().get(example).length,
        examples -> validation.losses().of(examples, validation.batch(examples, pad), 0).item(),
        validation::words);
  }
}
