package unroll.backend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Skipped where there is no native library of ND4J for the platform. */
class Nd4jBackendTest extends BackendContract {

  Nd4jBackendTest() {
    super(whereItRuns());
  }

  private static String whereItRuns() {
    Backends.Row row =
        Backends.table().stream().filter(r -> r.name().equals("nd4j")).findFirst().orElseThrow();
    assumeTrue(row.available(), row.device());
    return row.name();
  }
}
