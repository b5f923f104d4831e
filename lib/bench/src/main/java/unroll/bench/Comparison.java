package unroll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import unroll.backend.Backends;

/** Measures both sides in turn, so that a machine whose speed drifts treats them alike. */
final class Comparison {

  static final String HEADER =
      """
      | work | cell | hidden | PyTorch ms | Unroll ms | PyTorch ÷ Unroll | from – to |
      |---|---|---|---|---|---|---|""";

  /**
   * Threads of either side spin for a while after their work; they should not disturb the other.
   */
  private static final long REST_MS = 400;

  private final TorchPeer peer;
  private final int threads;
  private final double seconds;
  private final int rounds;

  Comparison(TorchPeer peer, int threads, double seconds, int rounds) {
    this.peer = peer;
    this.threads = threads;
    this.seconds = seconds;
    this.rounds = rounds;
  }

  /** One row of the table: the medians, and the median, least and greatest ratio of the pairs. */
  String row(Work work) throws IOException {
    Runnable ours = work.prepare();
    Measurement.medianMs(ours, seconds);
    peer.measure(work, threads, seconds / 3);
    double[] unroll = new double[rounds];
    double[] torch = new double[rounds];
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      rest();
      torch[i] = peer.measure(work, threads, seconds).ms();
      rest();
      unroll[i] = Measurement.medianMs(ours, seconds);
      ratios[i] = torch[i] / unroll[i];
    }
    Arrays.sort(ratios);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.4f | %.4f | %.2f | %.2f – %.2f |",
        work.bench(),
        work.cell(),
        work.hidden(),
        median(torch),
        median(unroll),
        median(ratios),
        ratios[0],
        ratios[rounds - 1]);
  }

  /** The machine, the JDK and the backend, in a line. */
  static String machine(int threads) {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %d threads; JDK %s; %s: %s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        threads,
        System.getProperty("java.version"),
        Backends.current().name(),
        Backends.current().device());
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*: *", ""))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static void rest() {
    try {
      Thread.sleep(REST_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
