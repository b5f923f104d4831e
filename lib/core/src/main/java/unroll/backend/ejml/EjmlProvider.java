package unroll.backend.ejml;

import unroll.backend.Backend;
import unroll.backend.BackendProvider;

/** Offers the reference backend; it runs everywhere. */
public final class EjmlProvider implements BackendProvider {

  @Override
  public String name() {
    return "ejml";
  }

  @Override
  public String description() {
    return "EJML's dense matrices, float64: the reference";
  }

  @Override
  public String missing() {
    return null;
  }

  @Override
  public Backend create() {
    return new EjmlBackend();
  }
}
