package unroll.bench;

import com.google.gson.Gson;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code unroll bench start}: how soon a fresh JVM is fast. Each call is one JVM and one kind of
 * work: the first training step, from the start of the JVM on and by itself, the step's time five
 * seconds later, and in the steady state.
 */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description =
        "Measures how soon a fresh JVM is fast: its first training step, five seconds on.")
public final class StartCommand implements Callable<Integer> {

  private static final double SETTLED = 5;
  private static final double STEADY = 20;

  @Mixin private WorkOptions options;

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Made by the command line. */
  public StartCommand() {}

  @Override
  public Integer call() {
    int threads = options.apply();
    Work work = options.works("charlm").get(0);
    if (options.works("charlm").size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "bench start takes one of --cells and one of --hidden: one JVM each");
    }
    long start = System.nanoTime();
    Runnable step = work.prepare();
    step.run();
    double first = (System.nanoTime() - start) / 1e6;
    double sinceJvm = ManagementFactory.getRuntimeMXBean().getUptime();
    repeat(step, SETTLED);
    double settled = Measurement.medianMs(step, 0.5);
    repeat(step, STEADY - SETTLED);
    double steady = Measurement.medianMs(step, 1);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("bench", "start");
      line.put("cell", work.cell());
      line.put("hidden", work.hidden());
      line.put("threads", threads);
      line.put("first_ms", rounded(first));
      line.put("first_since_jvm_ms", rounded(sinceJvm));
      line.put("after_5_s_ms", rounded(settled));
      line.put("steady_ms", rounded(steady));
      out.println(new Gson().toJson(line));
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%s %d: first step %.0f ms (%.0f ms after the JVM's start); a step %.3f ms 5 s later,"
                  + " %.3f ms after 20 s",
              work.cell(),
              work.hidden(),
              first,
              sinceJvm,
              settled,
              steady));
    }
    return 0;
  }

  private static double rounded(double ms) {
    return Math.round(ms * 1e3) / 1e3;
  }

  private static void repeat(Runnable step, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      step.run();
    }
  }
}
