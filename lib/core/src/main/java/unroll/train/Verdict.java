package unroll.train;

import java.util.List;
import java.util.Locale;

/** What became of a training, in words. */
enum Verdict {
  /** The loss has come down and changes little any more. */
  CONVERGED,
  /** The loss was still coming down at the end. */
  STILL_LEARNING,
  /** The loss has hardly come down at all. */
  STALLED,
  /** A loss or gradient was no longer a number, or the loss rose. */
  DIVERGED,
  /** It was ended before its time. */
  INTERRUPTED,
  /** It could not run. */
  FAILED;

  /** A loss that is better by less than this part of it has hardly moved. */
  private static final double LITTLE = 0.01;

  /** The verdict on a training by its score after each epoch. */
  static Verdict of(Run run) {
    return switch (run.status()) {
      case DIVERGED -> DIVERGED;
      case INTERRUPTED, STOPPED, DEVICE_LOST, RUNNING -> INTERRUPTED;
      case FINISHED, STOPPED_EARLY -> ofEnded(run);
    };
  }

  private static Verdict ofEnded(Run run) {
    List<Epoch> history = run.history();
    double first = history.get(0).score();
    double best = run.best().orElseThrow().score();
    double last = history.get(history.size() - 1).score();
    if (last > first + Math.abs(first)) {
      return DIVERGED;
    }
    if (first - best <= LITTLE * Math.abs(first)) {
      return STALLED;
    }
    if (run.status() == Run.Status.STOPPED_EARLY) {
      return CONVERGED;
    }
    double before = bestOf(history.subList(0, Math.max(1, history.size() * 3 / 4)));
    return before - best <= LITTLE * Math.abs(before) ? CONVERGED : STILL_LEARNING;
  }

  private static double bestOf(List<Epoch> epochs) {
    return epochs.stream().mapToDouble(Epoch::score).min().orElseThrow();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
