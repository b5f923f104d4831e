package unroll.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise of the same bits: a JVM of its own for each number of threads and width of vectors
 * runs every operation and prints the digest of all results.
 */
class DeterminismTest {

  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /**
   * What every machine must get. It changes only with the arithmetic, and then in the changelog.
   */
  private static final String EXPECTED =
      "f948920ecc1bf05b1c74ad393b4408302aa1d0dd929d7d12c3d019c6402ddb95";

  @ParameterizedTest
  @CsvSource({
    "1, -XX:+UseSerialGC, 'bit vectors'",
    "2, -XX:MaxVectorSize=32, '256-bit vectors'",
    "3, -XX:MaxVectorSize=16, '128-bit vectors'",
  })
  void threadsAndWidths_giveTheSameBits(int threads, String flag, String device)
      throws IOException, InterruptedException {
    List<String> lines = run(threads, MODULE, flag);
    assertThat(lines.get(0)).isEqualTo(EXPECTED);
    assertThat(lines.get(1)).startsWith(threads + " thread");
    if (System.getProperty("os.arch").equals("amd64")) {
      assertThat(lines.get(1)).endsWith(device);
    }
  }

  @Test
  void withoutTheModule_givesTheSameBits_andNamesTheFlag()
      throws IOException, InterruptedException {
    List<String> lines = run(2, "-Xshare:auto", "-XX:+UseSerialGC");
    assertThat(lines.get(0)).contains("--add-modules jdk.incubator.vector");
    assertThat(lines.subList(1, lines.size())).containsExactly(EXPECTED, "2 threads, no vectors");
  }

  @Test
  void plainAndVectorLoops_fromTheStart_giveTheSameBits() {
    for (Kernels kernels : List.of(Kernels.plain(), Kernels.best())) {
      CpuBackend backend = new CpuBackend(kernels, 2);
      assertThat(new Digest(backend).everything()).isEqualTo(EXPECTED);
      backend.threads(1);
    }
  }

  private static List<String> run(int threads, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Digest.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("UNROLL_THREADS", Integer.toString(threads));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().filter(line -> !line.startsWith("WARNING")).toList();
  }
}
