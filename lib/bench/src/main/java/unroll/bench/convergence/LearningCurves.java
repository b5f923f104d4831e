package unroll.bench.convergence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import unroll.plot.LineChart;

/**
 * The learning curves of one problem, a line a cell: the median of its seeds at each step. A
 * training that ended early counts with its last score.
 *
 * @param results all of one problem
 */
record LearningCurves(List<Result> results) {

  static LearningCurves of(List<Result> results) {
    return new LearningCurves(List.copyOf(results));
  }

  LineChart chart() {
    Result any = results.get(0);
    long seeds = results.stream().map(Result::seed).distinct().count();
    LineChart chart =
        LineChart.of(
            any.problem() + ": learning curves" + (seeds > 1 ? ", median of " + seeds : ""),
            "step",
            any.metric() + " (validation)");
    Map<String, List<Result>> byCell = new LinkedHashMap<>();
    results.forEach(r -> byCell.computeIfAbsent(r.cell(), cell -> new ArrayList<>()).add(r));
    for (Map.Entry<String, List<Result>> cell : byCell.entrySet()) {
      double[] steps = steps(cell.getValue());
      double[] medians = Arrays.stream(steps).map(at -> median(cell.getValue(), at)).toArray();
      chart = chart.line(cell.getKey(), steps, medians);
    }
    boolean loss = results.stream().noneMatch(r -> r.goal().sense() == Goal.Sense.AT_LEAST);
    return loss ? withGoal(chart).logarithmic() : chart;
  }

  private LineChart withGoal(LineChart chart) {
    double[] ends = {steps(results)[0], Arrays.stream(steps(results)).max().orElseThrow()};
    return results.stream()
        .map(Result::goal)
        .filter(goal -> goal.sense() == Goal.Sense.BELOW)
        .findFirst()
        .map(goal -> chart.reference("goal", ends, new double[] {goal.bound(), goal.bound()}))
        .orElse(chart);
  }

  /** Those of the longest curve. */
  private static double[] steps(List<Result> results) {
    return results.stream()
        .map(Result::curve)
        .max((a, b) -> Integer.compare(a.size(), b.size()))
        .orElseThrow()
        .stream()
        .mapToDouble(Point::step)
        .toArray();
  }

  private static double median(List<Result> results, double step) {
    double[] values = results.stream().mapToDouble(r -> at(r.curve(), step)).sorted().toArray();
    return values[values.length / 2];
  }

  private static double at(List<Point> curve, double step) {
    int last =
        IntStream.range(0, curve.size()).filter(i -> curve.get(i).step() <= step).max().orElse(0);
    return curve.get(last).value();
  }

  /** Writes NAME.svg and NAME.png. */
  void save(Path folder, String name) throws IOException {
    LineChart chart = chart();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".svg"), chart.svg());
    Files.write(folder.resolve(name + ".png"), chart.png());
  }
}
