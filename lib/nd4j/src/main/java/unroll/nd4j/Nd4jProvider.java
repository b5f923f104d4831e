package unroll.nd4j;

import unroll.backend.Backend;
import unroll.backend.BackendProvider;

/** Offers ND4J's arrays where a native library of ND4J is on the class path. */
public final class Nd4jProvider implements BackendProvider {

  /** For the service loader. */
  public Nd4jProvider() {}

  @Override
  public String name() {
    return Nd4jBackend.NAME;
  }

  @Override
  public String description() {
    return "ND4J, float32, on the CPU or a GPU";
  }

  @Override
  public String missing() {
    return NativeLibrary.on(Nd4jProvider.class.getClassLoader()).missing();
  }

  @Override
  public Backend create() {
    return Nd4jBackend.open(NativeLibrary.on(Nd4jProvider.class.getClassLoader()));
  }
}
