package unroll.bench.convergence;

import com.google.gson.GsonBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training led to.
 *
 * @param steps how many it took
 * @param score on the test examples
 * @param seconds how long it took, tests included
 * @param curve scores on the validation examples, in the order of the steps
 */
record Result(
    String problem,
    String cell,
    long seed,
    int steps,
    String metric,
    Score score,
    Goal goal,
    double seconds,
    List<Point> curve) {

  boolean met() {
    return goal.met(score.value());
  }

  /** One line of JSON. */
  String json() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("problem", problem);
    line.put("cell", cell);
    line.put("seed", seed);
    line.put("steps", steps);
    line.put("metric", metric);
    line.put("value", rounded(score.value()));
    line.put("goal", goal.toString());
    line.put("met", met());
    score.also().forEach((name, value) -> line.put(name, rounded(value)));
    line.put("seconds", Math.round(seconds * 10) / 10.0);
    return new GsonBuilder().serializeSpecialFloatingPointValues().create().toJson(line);
  }

  private static Number rounded(Number number) {
    double value = number.doubleValue();
    return number instanceof Integer || !Double.isFinite(value)
        ? number
        : new BigDecimal(value).round(new MathContext(6)).doubleValue();
  }
}
