package unroll.backend.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors in use: the widest the processor has, up to half a panel. */
final class Lanes {

  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() <= 16
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_512;

  /** Numbers in a vector. */
  static final int COUNT = SPECIES.length();

  private Lanes() {}
}
