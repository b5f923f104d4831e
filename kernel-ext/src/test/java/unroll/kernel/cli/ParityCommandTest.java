package unroll.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unroll.backend.Backends;

class ParityCommandTest {

  private static final Path CASES = Path.of("../lib/core/src/test/resources/parity");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void putTheBackendBack() {
    Backends.use("auto");
  }

  private int parity(String... args) {
    String[] line = new String[args.length + 1];
    line[0] = "parity";
    System.arraycopy(args, 0, line, 1, args.length);
    return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(line);
  }

  @Test
  void everyCase_passesOnEjml() throws Exception {
    String[] files;
    try (var all = Files.list(CASES)) {
      files =
          all.map(Path::toString).filter(f -> f.endsWith(".safetensors")).toArray(String[]::new);
    }
    assertThat(files).hasSize(10);
    String[] args = Arrays.copyOf(files, 12);
    args[10] = "--backend";
    args[11] = "ejml";
    assertThat(parity(args)).as(out.toString()).isZero();
    assertThat(out.toString()).contains("lstm-double.safetensors", "passed", "grad.weight_hh_l0");
  }

  @Test
  void doubleCaseOnCpu_isSkippedAndSaidSo() {
    assertThat(parity(CASES.resolve("lstm-double.safetensors").toString(), "--backend", "cpu"))
        .isZero();
    assertThat(out.toString()).contains("skipped: the file is in float64");
  }

  @Test
  void damagedFile_isNamedAndExitsWithOne() throws Exception {
    byte[] bytes = Files.readAllBytes(CASES.resolve("gru.safetensors"));
    Path cut = folder.resolve("cut.safetensors");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 8));
    assertThat(parity(cut.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("cut.safetensors").doesNotContain("at unroll");
  }

  @Test
  void missingFile_isNamedAndTheNextOneIsStillChecked() {
    String there = CASES.resolve("gru.safetensors").toString();
    assertThat(parity("nowhere.safetensors", there)).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere.safetensors", "no such file");
    assertThat(out.toString()).contains("gru.safetensors", "passed");
  }

  @Test
  void unknownBackend_isWrongUsage() {
    assertThat(parity("x.safetensors", "--backend", "gpu")).isEqualTo(2);
    assertThat(err.toString()).contains("no backend 'gpu'; there are auto, cpu, ejml");
  }
}
