package unroll.bench.convergence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code unroll bench longlag}: trains networks for problems with long time lags. */
@Command(
    name = "longlag",
    mixinStandardHelpOptions = true,
    description = {
      "Problems whose answer lies many steps behind the question. A line of JSON for each problem,",
      "cell and seed; exit code 1 where a goal is missed."
    })
public final class LongLagCommand implements Callable<Integer> {

  @Option(
      names = "--problems",
      split = ",",
      arity = "1..*",
      description =
          "reber, adding-STEPS, copy-DELAY (default: reber,adding-100,adding-400,copy-100)")
  private List<String> problems = Problems.ALL;

  @Mixin private TrainingOptions options;

  @Option(
      names = "--charts",
      paramLabel = "DIR",
      description = "draws the learning curves of each problem there, as SVG and PNG")
  private Path charts;

  @Spec private CommandSpec spec;

  /** Made by the command line. */
  public LongLagCommand() {}

  @Override
  public Integer call() throws IOException {
    problems.forEach(this::check);
    options.check(spec.commandLine());
    options.apply();
    ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
    boolean met = true;
    for (String problem : problems) {
      List<Result> results = results(problem, progress);
      met &= results.stream().allMatch(Result::met);
      if (charts != null) {
        LearningCurves.of(results).save(charts, problem);
      }
    }
    return met ? 0 : 1;
  }

  private void check(String problem) {
    try {
      Problems.named(problem);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private List<Result> results(String name, ProgressLine progress) {
    PrintWriter out = spec.commandLine().getOut();
    List<Result> results = new ArrayList<>();
    for (String cell : options.cells()) {
      for (long seed : options.seeds()) {
        progress.begin(name + " " + cell + " seed " + seed);
        Problem problem = Problems.named(name);
        Result result =
            new Training(
                    problem,
                    cell,
                    problem.recipe(cell),
                    seed,
                    (at, steps) -> progress.show(at.step(), steps, at.value()))
                .run();
        progress.clear();
        out.println(result.json());
        out.flush();
        results.add(result);
      }
    }
    return results;
  }
}
