package unroll.bench.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import unroll.bench.BenchCommand;

class LongLagCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... args) {
    return new CommandLine(new BenchCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void longlag_printsALineForEachCellAndSeedAndDrawsCurves(@TempDir Path charts) throws Exception {
    int code =
        bench(
            "longlag",
            "--problems",
            "adding-4",
            "--cells",
            "GRU",
            "--seeds",
            "1,2",
            "--charts",
            charts.toString());
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    JsonObject line = new Gson().fromJson(lines.get(1), JsonObject.class);
    assertThat(line.keySet())
        .contains("problem", "cell", "seed", "steps", "metric", "value", "goal", "met", "seconds");
    assertThat(line.get("seed").getAsInt()).isEqualTo(2);
    assertThat(line.get("met").getAsBoolean()).isTrue();
    assertThat(code).isZero();
    assertThat(Files.readString(charts.resolve("adding-4.svg"))).contains("<svg", "GRU");
    assertThat(charts.resolve("adding-4.png")).exists();
  }

  /** Four steps are no long lag: the plain network learns them, against what is said of it. */
  @Test
  void missedGoal_isExitCode1() {
    int code = bench("longlag", "--problems=adding-4", "--cells=RNN", "--seeds=1");
    assertThat(out.toString()).contains("\"met\":false", "fails, as expected");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void wrongNames_areUsage() {
    assertThat(bench("longlag", "--problems=adding")).isEqualTo(2);
    assertThat(err.toString()).contains("no problem 'adding'; reber, adding-STEPS or copy-DELAY");
    assertThat(bench("longlag", "--cells=CNN")).isEqualTo(2);
    assertThat(err.toString()).contains("no cell 'CNN'");
  }
}
