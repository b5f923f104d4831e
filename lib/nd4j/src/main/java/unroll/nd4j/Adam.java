package unroll.nd4j;

import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's own step of Adam, which it does in one go. */
final class Adam {

  /**
   * ND4J corrects the running means by the number of this iteration. Ours are corrected by the
   * caller; after so many iterations ND4J's correction is 1.
   */
  private static final int LATE = Integer.MAX_VALUE;

  private final Scratch scratch;

  Adam(Scratch scratch) {
    this.scratch = scratch;
  }

  /**
   * See {@link unroll.backend.Backend#adam}. ND4J divides by sqrt(v) + epsilon, so the correction
   * of v goes into the rate and epsilon:
   *
   * <pre>
   * m / (sqrt(v / c) + epsilon) = sqrt(c) m / (sqrt(v) + sqrt(c) epsilon)
   * </pre>
   */
  void step(
      Nd4jBuffer p,
      Nd4jBuffer g,
      Nd4jBuffer m,
      Nd4jBuffer v,
      double rate,
      double beta1,
      double beta2,
      double correction,
      double epsilon) {
    double root = Math.sqrt(correction);
    scratch.with(
        p.length(),
        update -> {
          Nd4j.exec(
              new AdamUpdater(
                  g.vector(),
                  v.vector(),
                  m.vector(),
                  update,
                  v.vector(),
                  m.vector(),
                  rate * root,
                  beta1,
                  beta2,
                  epsilon * root,
                  LATE));
          Nd4j.getBlasWrapper().level1().axpy(p.length(), -1, update, p.vector());
        });
  }
}
