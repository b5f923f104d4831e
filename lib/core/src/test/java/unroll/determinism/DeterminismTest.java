package unroll.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise of the {@code cpu} backend: the same bits for any number of threads and any vector
 * width, with the vector module and without, on any JDK and machine. Each case runs in a JVM of its
 * own; all have to give the stored digest.
 */
class DeterminismTest {

  /** What every machine, operating system and JDK is held to. */
  private static final String DIGEST =
      "b13233ae2520e5500a2139b706d37228d2b820b9ba40843f0da4883a4adc6a70";

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      cases.add(Arguments.of("widest vectors", threads, List.of(VECTORS, MODULE)));
      cases.add(Arguments.of("256 bit", threads, List.of(VECTORS, MODULE, "-XX:MaxVectorSize=32")));
      cases.add(Arguments.of("128 bit", threads, List.of(VECTORS, MODULE, "-XX:MaxVectorSize=16")));
      cases.add(Arguments.of("no module", threads, List.of()));
    }
    return cases.stream();
  }

  private static final String VECTORS = "--add-modules";
  private static final String MODULE = "jdk.incubator.vector";

  @ParameterizedTest(name = "{0}, {1} threads")
  @MethodSource("cases")
  void training_givesTheStoredDigest(String name, int threads, List<String> flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EveryOperation.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("UNROLL_THREADS", Integer.toString(threads));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as("exit code").isZero();
    assertThat(printed).isEqualTo(DIGEST);
  }
}
