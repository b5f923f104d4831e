package unroll.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import unroll.backend.Backends;
import unroll.bench.convergence.LongLagCommand;
import unroll.bench.convergence.TextCommand;
import unroll.kernel.cli.Verb;

/**
 * {@code unroll bench}: measures one kind of work, or compares it with PyTorch's. Its subcommands
 * measure not how fast Unroll is but whether it learns.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures training, inference and products, alone or beside PyTorch.",
    subcommands = {LongLagCommand.class, StartCommand.class, TextCommand.class})
public final class BenchCommand implements Verb {

  private static final String NAMES = "charlm, step, gemm, compare, start, longlag or textlm";

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      description = {
        "charlm   a training step of a character model",
        "step     one time step of inference at batch 1",
        "gemm     the product of two square matrices",
        "compare  charlm (or another, with --bench) alternately with PyTorch"
      })
  private String what;

  @Mixin private WorkOptions options;

  @Option(names = "--json", description = "one JSON object a line")
  private boolean json;

  @Option(
      names = "--bench",
      description = "what compare measures (default: ${DEFAULT-VALUE})",
      defaultValue = "charlm")
  private String compared;

  @Option(names = "--with-torch", paramLabel = "PYTHON", description = "a Python that has torch")
  private String python;

  @Option(
      names = "--device",
      description = {
        "where PyTorch computes, cpu or cuda (default: ${DEFAULT-VALUE});",
        "in TF32 where UNROLL_CUDA_MATH says so for Unroll, otherwise in float32"
      },
      defaultValue = "cpu")
  private String device;

  @Option(
      names = "--rounds",
      description = "pairs that compare measures (default: ${DEFAULT-VALUE})",
      defaultValue = "5")
  private int rounds;

  @Spec private CommandSpec spec;

  /** Made by the command line. */
  public BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    if (what == null) {
      throw new ParameterException(spec.commandLine(), "which benchmark? " + NAMES);
    }
    PrintWriter out = spec.commandLine().getOut();
    int threads = apply();
    if (what.equals("compare")) {
      return compare(out, threads);
    }
    String engine = "unroll-" + Backends.current().name();
    for (Work work : options.works(known(what))) {
      double ms = Measurement.medianMs(work.prepare(), options.seconds());
      Measurement result = new Measurement(engine, work, threads, ms);
      out.println(json ? result.json() : text(result));
      out.flush();
    }
    return 0;
  }

  private int apply() {
    try {
      return options.apply();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private int compare(PrintWriter out, int threads) throws IOException {
    if (python == null) {
      throw new ParameterException(
          spec.commandLine(), "bench compare needs --with-torch PYTHON, a Python that has torch");
    }
    try (TorchPeer peer = new TorchPeer(python, device)) {
      Comparison comparison = new Comparison(peer, threads, options.seconds(), rounds);
      out.println(Comparison.machine(threads));
      out.println(Comparison.HEADER);
      for (Work work : options.works(known(compared))) {
        out.println(comparison.row(work));
        out.flush();
      }
    }
    return 0;
  }

  private String known(String bench) {
    if (!bench.matches("charlm|step|gemm")) {
      throw new ParameterException(spec.commandLine(), "no benchmark '" + bench + "'; " + NAMES);
    }
    return bench;
  }

  private static String text(Measurement m) {
    Work work = m.work();
    String rate =
        work.bench().equals("gemm")
            ? String.format(Locale.ROOT, "%.1f GFLOP/s", m.perSecond() / 1e9)
            : String.format(Locale.ROOT, "%,.0f a second", m.perSecond());
    return String.format(
        Locale.ROOT,
        "%-7s %-5s %5d  %10.4f ms  %s",
        work.bench(),
        work.cell(),
        work.hidden(),
        m.ms(),
        rate);
  }
}
