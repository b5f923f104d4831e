package unroll.bench;

import com.google.gson.Gson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.backend.Backend;
import unroll.backend.Backends;

/**
 * A result.
 *
 * @param engine who did the work
 * @param work what was done
 * @param threads on how many threads
 * @param ms the median time of one turn, in milliseconds
 */
record Measurement(String engine, Work work, int threads, double ms) {

  /**
   * Does some work for a third of the time, then measures it for all of it; each turn until the
   * backend's device has finished.
   *
   * @param seconds how long to measure
   * @return the median time of a turn, in milliseconds; of at least five
   */
  static double medianMs(Runnable work, double seconds) {
    long warm = System.nanoTime() + (long) (seconds / 3 * 1e9);
    Backend backend = Backends.current();
    while (System.nanoTime() < warm) {
      work.run();
    }
    backend.finish();
    double[] times = new double[64];
    int count = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end || count < 5) {
      long start = System.nanoTime();
      work.run();
      backend.finish();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times, 0, count);
    return times[count / 2];
  }

  /** Characters, steps or floating-point operations in a second. */
  double perSecond() {
    return work.units() / ms * 1e3;
  }

  /** One line of JSON, in the terms of {@code torch_peer.py}. */
  String json() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("engine", engine);
    line.put("bench", work.bench());
    line.put("cell", work.cell());
    line.put("hidden", work.hidden());
    line.put("threads", threads);
    line.put("ms", Math.round(ms * 1e4) / 1e4);
    line.put("per_second", Math.round(perSecond()));
    return new Gson().toJson(line);
  }
}
