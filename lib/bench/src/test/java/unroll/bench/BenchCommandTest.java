package unroll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import unroll.kernel.cli.Verb;

class BenchCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... args) {
    return new CommandLine(new BenchCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void charlm_printsALineOfJsonForEachCellAndSize() {
    int code =
        bench(
            "charlm",
            "--cells=RNN,LSTM,GRU",
            "--hidden=8,9",
            "--steps=3",
            "--batch=2",
            "--input=4",
            "--threads=1",
            "--seconds=0.01",
            "--json");
    assertThat(code).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(6);
    JsonObject line = new Gson().fromJson(lines.get(3), JsonObject.class);
    assertThat(line.keySet())
        .containsExactly("engine", "bench", "cell", "hidden", "threads", "ms", "per_second");
    assertThat(line.get("cell").getAsString()).isEqualTo("LSTM");
    assertThat(line.get("hidden").getAsInt()).isEqualTo(9);
    double turnsPerSecond = line.get("per_second").getAsDouble() / (3 * 2);
    assertThat(turnsPerSecond * line.get("ms").getAsDouble() / 1e3).isBetween(0.98, 1.02);
  }

  @Test
  void backendThatIsNotThere_isNoUseButSaidInWords() {
    assertThat(bench("gemm", "--hidden=8", "--backend=abacus")).isEqualTo(2);
    assertThat(err.toString()).contains("no backend 'abacus'");
  }

  @Test
  void stepAndGemm_measureSomething() {
    assertThat(bench("step", "--cells=GRU", "--hidden=8", "--seconds=0.01")).isZero();
    assertThat(bench("gemm", "--hidden=16", "--seconds=0.01")).isZero();
    assertThat(out.toString()).contains("step    GRU", "GFLOP/s");
  }

  @Test
  void truncated_doesAsManyCharactersInStretches() {
    int code =
        bench(
            "charlm",
            "--cells=LSTM",
            "--hidden=8",
            "--steps=7",
            "--truncate=3",
            "--batch=2",
            "--seconds=0.01");
    assertThat(code).isZero();
    assertThat(out.toString()).contains("charlm  LSTM");
  }

  @Test
  void start_isOneJvmAndOneKindOfWork() {
    assertThat(bench("start", "--cells=LSTM")).isEqualTo(2);
    assertThat(err.toString()).contains("one JVM each");
  }

  @Test
  void wrongNames_areUsage() {
    assertThat(bench("charml")).isEqualTo(2);
    assertThat(err.toString())
        .contains("no benchmark 'charml'; charlm, step, gemm, compare, start, longlag or textlm");
    assertThat(bench("compare")).isEqualTo(2);
    assertThat(err.toString()).contains("--with-torch PYTHON");
  }

  @Test
  void commandLine_findsTheVerb() {
    assertThat(ServiceLoader.load(Verb.class)).hasAtLeastOneElementOfType(BenchCommand.class);
  }
}
