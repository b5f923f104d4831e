package unroll.backend.cpu;

/**
 * One step of a recurrent cell on a block of n numbers: some rows of one panel of units. Gates of
 * one unit lie {@code stride} apart. {@code n} is a multiple of 32.
 */
public interface CellKernels {

  /** h = tanh(a), in place, or max(a, 0). */
  void rnnForward(boolean relu, int n, float[] h, int ho);

  /** da = dh (1 - h²), or dh where h is positive. */
  void rnnBackward(
      boolean relu, int n, float[] h, int ho, float[] dh, int dho, float[] da, int dao);

  /**
   * i, f, o = sigmoid, g = tanh, in place; c = f c₋ + i g; h = o tanh(c).
   *
   * @param io where i begins; f, g, o follow, each {@code stride} further
   * @param before where c₋ begins
   * @param after where c begins
   */
  void lstmForward(
      int n,
      float[] gates,
      int io,
      int stride,
      float[] cells,
      int before,
      int after,
      float[] h,
      int ho);

  /**
   * The gradients at the gates before their functions; dc becomes the gradient at c₋.
   *
   * @param dio where the gradient at i begins; f, g, o follow, each {@code dStride} further
   */
  void lstmBackward(
      int n,
      float[] gates,
      int io,
      int stride,
      float[] cells,
      int before,
      int after,
      float[] dGates,
      int dio,
      int dStride,
      float[] dh,
      int dho,
      float[] dc,
      int dco);

  /**
   * r, z = sigmoid, n = tanh(n + r m), in place; h = n + z (h₋ - n). The gates are r, z, n and m,
   * the hidden part of n.
   *
   * @param before where h₋ begins
   * @param after where h begins
   */
  void gruForward(int n, float[] gates, int ro, int stride, float[] h, int before, int after);

  /**
   * The gradients at n, r, z and m, in this order; dh becomes dh z, the part of the gradient at h₋
   * that does not pass the gates.
   */
  void gruBackward(
      int n,
      float[] gates,
      int ro,
      int stride,
      float[] h,
      int before,
      float[] dGates,
      int dno,
      int dStride,
      float[] dh,
      int dho);
}
