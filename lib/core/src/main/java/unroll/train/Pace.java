package unroll.train;

/** How fast a training goes; counts only the time in which it runs. */
final class Pace {

  private long nanosBefore;
  private long since;
  private boolean running;
  private double progressAtStart;
  private long sequences;
  private double rate;

  /** Begins, or goes on, at some progress from 0 to 1. */
  void start(double progress) {
    since = System.nanoTime();
    running = true;
    progressAtStart = progress;
    sequences = 0;
  }

  void stop() {
    rate = sequencesPerSecond();
    nanosBefore = nanos();
    running = false;
  }

  void add(long moreSequences) {
    sequences += moreSequences;
  }

  /** All the time, that before a checkpoint included. */
  long nanos() {
    return nanosBefore + (running ? System.nanoTime() - since : 0);
  }

  /** Takes over the time before a checkpoint. */
  void nanos(long before) {
    nanosBefore = before;
  }

  /** Since it last began; 0 before the first step. */
  double sequencesPerSecond() {
    double seconds = (System.nanoTime() - since) / 1e9;
    return !running ? rate : seconds > 0 ? sequences / seconds : 0;
  }

  /** Seconds to go at the pace so far; NaN where there is none yet. */
  double remaining(double progress) {
    double done = progress - progressAtStart;
    double seconds = (System.nanoTime() - since) / 1e9;
    return running && done > 0 ? seconds * (1 - progress) / done : Double.NaN;
  }
}
