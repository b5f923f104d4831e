package unroll.topology;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import unroll.data.TokenBatch;
import unroll.nn.Trainable;
import unroll.optim.Progress;
import unroll.tensor.Tensor;
import unroll.train.Objective;

/** A loss of every word of sentences that are written to something. */
final class WritingObjective implements Objective {

  /**
   * A part of the data.
   *
   * @param read how many steps are read of what each sentence is written to
   * @param checksum of all that is read
   * @param inputs sentences, the begin token first
   * @param losses the loss of some of them
   */
  record Part(IntUnaryOperator read, long checksum, List<int[]> inputs, Losses losses) {

    /** So many steps an example takes: of what is read and what is written, the longer. */
    int length(int example) {
      return Math.max(read.applyAsInt(example), inputs.get(example).length);
    }

    private long fingerprint() {
      return checksum * 31 + Checksums.of(inputs.size(), i -> Checksums.of(inputs.get(i)));
    }

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
    return train.length(example);
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

  @Override
  public long fingerprint() {
    return (train.fingerprint() * 31 + validation.fingerprint()) * 31
        + ScheduledSamplings.checksum(sampling);
  }

  /** With the right words as input, whatever the training does. */
  @Override
  public double validationLoss() {
    return Batches.mean(
        validation.inputs().size(),
        validation::length,
        examples -> validation.losses().of(examples, validation.batch(examples, pad), 0).item(),
        validation::words);
  }
}
