package unroll.bench.convergence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    LineChart chart =
        LineChart.of(
            any.problem() + ": learning curves, the median of the seeds",
            "step",
            any.metric() + " (validation)");
    Map<String, List<Result>> byCell = new LinkedHashMap<>();
    results.forEach(r -> byCell.computeIfAbsent(r.cell(), c -> new java.util.ArrayList<>()).add(r));
    for (Map.Entry<String, List<Result>> cell : byCell.entrySet()) {
      double[] steps = steps(cell.getValue());
      double[] medians = Arrays.stream(steps).map(step -> median(cell.getValue(), step)).toArray();
      chart = chart.line(cell.getKey(), steps, medians);
    }
    return any.goal().sense() == Goal.Sense.AT_LEAST || any.metric().startsWith("share")
        ? chart
        : chart.logarithmic();
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
