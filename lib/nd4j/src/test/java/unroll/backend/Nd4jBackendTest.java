package unroll.backend;

/** Skipped where ND4J has no native library for the platform. */
class Nd4jBackendTest extends BackendContract {

  Nd4jBackendTest() {
    super("nd4j");
  }
}
