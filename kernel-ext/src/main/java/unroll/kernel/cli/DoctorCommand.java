package unroll.kernel.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code unroll doctor}: what is there, what is missing, and what mends it. */
@Command(
    name = "doctor",
    description =
        "Says what is there and what is missing: JDK, memory, vector module, Maven, fonts,"
            + " backends, Jupyter; and the command that mends it.",
    footer = {"", "Exit code: 0, or 1 when something is missing or broken that Unroll needs."},
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.here();
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = new Doctor().findings();
    int width = findings.stream().mapToInt(each -> each.what().length()).max().orElse(0);
    for (Finding each : findings) {
      String sign =
          switch (each.state()) {
            case THERE -> terminal.sign("✓", "ok");
            case MISSING, BROKEN -> terminal.sign("✗", "no");
          };
      out.println(sign + " " + pad(each.what(), width) + "  " + each.found());
      if (!each.mend().isEmpty()) {
        out.println(" ".repeat(sign.length() + width + 3) + each.mend());
      }
    }
    boolean broken = findings.stream().anyMatch(each -> each.state() == Finding.State.BROKEN);
    out.println();
    out.println(broken ? "Something that Unroll needs is missing." : "Unroll has all it needs.");
    return broken ? 1 : 0;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
