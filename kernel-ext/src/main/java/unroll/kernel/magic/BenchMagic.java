package unroll.kernel.magic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import unroll.backend.Backends;
import unroll.kernel.display.Listing;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Words;

/** {@code %bench}: how fast something is, measured many times. */
final class BenchMagic {
  private static final double SECONDS = 2;
  private static final double WARM_UP = 0.2;

  private BenchMagic() {}

  static Magic magic() {
    return new Magic(
        "bench",
        "%bench [seconds=N] [CODE]\n%%bench [seconds=N]",
        "Times code, run again and again; without code, training steps of the recurrent layers.",
        "Takes about 2 seconds, without code 6, or N. A part of them warms up and does not count. A"
            + " training step is one of batch 32 over 64 steps of time with hidden size 128, on the"
            + " present backend.",
        "%bench model.predict(\"not bad at all\")",
        BenchMagic::evaluate,
        (before, word, context) -> before.isEmpty() ? List.of("seconds=") : List.of());
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    var text = call.text();
    double seconds = 0;
    if (text.startsWith("seconds=")) {
      var first = text.split("\\s+", 2);
      seconds = seconds(first[0]);
      text = first.length == 2 ? first[1] : "";
    }
    if (call.body().isPresent() && !text.isEmpty()) {
      throw new MagicException("the code belongs below in the cell form, got '" + text + "'");
    }
    var code = call.body().orElse(text).strip();
    if (code.isEmpty()) {
      return StepBenchmark.usual().run(seconds > 0 ? seconds : StepBenchmark.SECONDS);
    }
    return measure(callable(code, context), seconds > 0 ? seconds : SECONDS);
  }

  private static double seconds(String option) {
    try {
      double seconds = Double.parseDouble(option.substring("seconds=".length()));
      if (seconds > 0 && seconds <= 3600) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that is no time
    }
    throw new MagicException("expected seconds=N with a number over 0, got '" + option + "'");
  }

  /** The code, compiled once; as an expression where it is one, so that its value is used. */
  private static Callable<?> callable(String code, MagicContext context) throws Exception {
    context.run(code); // names its own errors at their place in the cell
    var bare = code.replaceFirst(";\\s*$", "");
    try {
      return lambda("() -> (" + bare + ")", context);
    } catch (Exception notAnExpression) {
      return lambda("() -> { " + bare + "; return null; }", context);
    }
  }

  private static Callable<?> lambda(String source, MagicContext context) throws Exception {
    return (Callable<?>) context.value("(java.util.concurrent.Callable<Object>) " + source);
  }

  /** Runs work for some seconds. */
  static MimeBundle measure(Callable<?> work, double seconds) throws Exception {
    var times = Samples.take(work, seconds, WARM_UP);
    return new Listing(
            List.of("median", "fastest", "slowest", "runs"),
            List.of(
                List.of(
                    Words.seconds(times.median()),
                    Words.seconds(times.fastest()),
                    Words.seconds(times.slowest()),
                    String.format(Locale.ROOT, "%,d", times.runs()))),
            "")
        .bundle();
  }

  /**
   * Times of single runs, in seconds, each the mean of as many as last a millisecond.
   *
   * @param sorted at least one
   */
  record Samples(double[] sorted, long runs) {
    private static final long SAMPLE_NANOS = 1_000_000;

    static Samples take(Callable<?> work, double seconds, double warmUp) throws Exception {
      long start = System.nanoTime();
      long warm = start + (long) (warmUp * seconds * 1e9);
      long end = start + (long) (seconds * 1e9);
      long calls = 0;
      do {
        call(work);
        calls++;
      } while (System.nanoTime() < warm);
      double one = Math.max(1, (double) (System.nanoTime() - start) / calls);
      int together = (int) Math.max(1, Math.min(1_000_000, SAMPLE_NANOS / one));
      var times = new double[1024];
      int taken = 0;
      do {
        long before = System.nanoTime();
        for (int i = 0; i < together; i++) {
          call(work);
        }
        Backends.current().finish();
        if (taken == times.length) {
          times = Arrays.copyOf(times, 2 * taken);
        }
        times[taken++] = (System.nanoTime() - before) / 1e9 / together;
      } while (System.nanoTime() < end);
      var sorted = Arrays.copyOf(times, taken);
      Arrays.sort(sorted);
      return new Samples(sorted, (long) taken * together);
    }

    private static void call(Callable<?> work) throws Exception {
      sink = work.call();
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped by its user");
      }
    }

    double median() {
      return sorted[sorted.length / 2];
    }

    double fastest() {
      return sorted[0];
    }

    double slowest() {
      return sorted[sorted.length - 1];
    }
  }

  /** Where results go, so that no compiler leaves the work out. */
  @SuppressWarnings("unused")
  private static volatile Object sink;
}
