package unroll.backend.cpu;

/** Functions of every element of a run: y[yo + i] = f(x[xo + i]) for i below n; y may be x. */
public interface MapKernels {

  /** The exponential. */
  void exp(int n, float[] x, int xo, float[] y, int yo);

  /** The natural logarithm. */
  void log(int n, float[] x, int xo, float[] y, int yo);

  /** The logistic function. */
  void sigmoid(int n, float[] x, int xo, float[] y, int yo);

  /** The hyperbolic tangent. */
  void tanh(int n, float[] x, int xo, float[] y, int yo);

  /**
   * Adam: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g², p -= rate m / (sqrt(v correction) +
   * epsilon).
   *
   * @param offsets where p, g, m and v begin
   */
  void adam(int n, float[] p, float[] g, float[] m, float[] v, int[] offsets, Adam settings);

  /**
   * What {@link #adam} needs, rounded.
   *
   * @param beta1 b1
   * @param rest1 1 - b1
   * @param beta2 b2
   * @param rest2 1 - b2
   * @param rate the step's rate
   * @param correction what v is multiplied by
   * @param epsilon added to the root
   */
  record Adam(
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float rate,
      float correction,
      float epsilon) {}
}
