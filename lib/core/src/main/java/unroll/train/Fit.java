package unroll.train;

import unroll.tensor.Generator;

/**
 * Settings of a training, for example {@code
 * Fit.epochs(80).learningRate(3e-3).clip(1).patience(10)}.
 *
 * @param epochs how often to go through the training part, at most
 * @param batch examples in a step; the default is 32
 * @param learningRate of Adam; the default is 1e-3
 * @param clip the largest global norm of the gradients (Pascanu et al. 2013); the default is
 *     infinity, no clipping
 * @param patience epochs without a better validation loss before the training stops; the default is
 *     never. The best weights are kept whatever the patience
 * @param generator draws the order of the examples; null for the session's
 */
public record Fit(
    int epochs, int batch, double learningRate, double clip, int patience, Generator generator) {

  /** Checks the settings. */
  public Fit {
    require(epochs >= 1, "epochs must be at least 1", epochs);
    require(batch >= 1, "batch must be at least 1", batch);
    require(learningRate > 0, "learningRate must be positive", learningRate);
    require(clip > 0, "clip must be positive", clip);
    require(patience >= 1, "patience must be at least 1", patience);
  }

  /** The defaults, for at most so many epochs. */
  public static Fit epochs(int epochs) {
    return new Fit(epochs, 32, 1e-3, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, null);
  }

  /** The same settings up to another epoch. */
  public Fit upTo(int otherEpochs) {
    return new Fit(otherEpochs, batch, learningRate, clip, patience, generator);
  }

  /** The same settings with so many examples a step. */
  public Fit batch(int otherBatch) {
    return new Fit(epochs, otherBatch, learningRate, clip, patience, generator);
  }

  /** The same settings with another learning rate. */
  public Fit learningRate(double otherLearningRate) {
    return new Fit(epochs, batch, otherLearningRate, clip, patience, generator);
  }

  /** The same settings with gradients clipped to a global norm. */
  public Fit clip(double norm) {
    return new Fit(epochs, batch, learningRate, norm, patience, generator);
  }

  /** The same settings with early stopping. */
  public Fit patience(int otherPatience) {
    return new Fit(epochs, batch, learningRate, clip, otherPatience, generator);
  }

  /** The same settings with a generator of its own. */
  public Fit generator(Generator other) {
    return new Fit(epochs, batch, learningRate, clip, patience, other);
  }

  private static void require(boolean holds, String rule, Object got) {
    if (!holds) {
      throw new IllegalArgumentException("Fit: " + rule + ", got " + got);
    }
  }
}
