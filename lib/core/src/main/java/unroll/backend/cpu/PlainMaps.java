package unroll.backend.cpu;

/** Elementwise functions, one number after the other. */
final class PlainMaps implements MapKernels {

  @Override
  public void exp(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.exp(x[xo + i]);
    }
  }

  @Override
  public void log(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.log(x[xo + i]);
    }
  }

  @Override
  public void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.sigmoid(x[xo + i]);
    }
  }

  @Override
  public void tanh(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.tanh(x[xo + i]);
    }
  }

  @Override
  public void adam(
      int n, float[] p, float[] g, float[] m, float[] v, int[] offsets, Adam settings) {
    int po = offsets[0];
    int go = offsets[1];
    int mo = offsets[2];
    int vo = offsets[3];
    for (int i = 0; i < n; i++) {
      float gradient = g[go + i];
      float mean = Math.fma(settings.beta1(), m[mo + i], settings.rest1() * gradient);
      float square = Math.fma(settings.beta2(), v[vo + i], settings.rest2() * gradient * gradient);
      m[mo + i] = mean;
      v[vo + i] = square;
      float root = (float) Math.sqrt(square * settings.correction());
      p[po + i] = Math.fma(-settings.rate(), mean / (root + settings.epsilon()), p[po + i]);
    }
  }
}
