package unroll.train;

import java.util.List;
import unroll.optim.Progress;
import unroll.optim.Schedule;
import unroll.plot.LineChart;

/** What a {@link Schedule} will do, as a chart, before a training is spent on it. */
public final class ScheduleChart {

  /** The chart is drawn from about so many steps. */
  private static final int POINTS = 400;

  private ScheduleChart() {}

  /**
   * The learning rate over the epochs. What a schedule makes of validation losses is not known
   * beforehand, and not in it.
   *
   * @param base the learning rate that the training will be given
   * @param epochs how many there will be, at least 1
   * @param stepsPerEpoch the steps of each, at least 1: examples over batch size, rounded up
   */
  public static LineChart of(Schedule schedule, double base, int epochs, int stepsPerEpoch) {
    if (!(base > 0) || epochs < 1 || stepsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "ScheduleChart: the learning rate must be positive, epochs and steps at least 1; got %s, %d and %d"
              .formatted(base, epochs, stepsPerEpoch));
    }
    long steps = (long) epochs * stepsPerEpoch;
    int points = (int) Math.min(steps, POINTS);
    double[] epoch = new double[points];
    double[] rate = new double[points];
    for (int i = 0; i < points; i++) {
      long step = points == 1 ? 0 : (steps - 1) * i / (points - 1);
      epoch[i] = (double) step / stepsPerEpoch;
      rate[i] = schedule.rate(base, new Progress(step, epoch[i], epochs, List.of()));
    }
    return LineChart.of("Learning rate", "epoch", "learning rate")
        .line("learning rate", epoch, rate);
  }
}
