package unroll.topology;

import java.util.Collections;
import unroll.optim.Progress;

/** What {@link ScheduledSampling} makes; the equations stand there. */
final class ScheduledSamplings {

  /** Powers of ten, up to which steps two of them are compared. */
  private static final int POINTS = 6;

  private ScheduledSamplings() {}

  record Constant(double share) implements ScheduledSampling {
    Constant {
      requireShare(share);
    }

    @Override
    public double share(Progress at) {
      return share;
    }
  }

  record Linear(double end) implements ScheduledSampling {
    Linear {
      requireShare(end);
    }

    @Override
    public double share(Progress at) {
      return end * at.part();
    }
  }

  record InverseSigmoid(double k) implements ScheduledSampling {
    InverseSigmoid {
      if (!(k >= 1)) {
        throw new IllegalArgumentException(
            "ScheduledSampling.inverseSigmoid: k must be at least 1, got " + k);
      }
    }

    @Override
    public double share(Progress at) {
      return 1 - k / (k + StrictMath.exp(at.step() / k));
    }
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "ScheduledSampling: the share must be from 0 to 1, got " + share);
    }
  }

  /** Tells it from others by its shares at some points of a training, a user's own too. */
  static long checksum(ScheduledSampling sampling) {
    double[] shares = new double[POINTS + 1];
    for (int i = 0; i <= POINTS; i++) {
      long step = i == 0 ? 0 : (long) StrictMath.pow(10, i - 1.0);
      shares[i] = sampling.share(new Progress(step, i, POINTS, Collections.nCopies(i, 1.0)));
    }
    return Checksums.of(shares);
  }
}
