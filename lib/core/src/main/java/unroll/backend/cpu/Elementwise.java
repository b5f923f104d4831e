package unroll.backend.cpu;

import unroll.backend.Binary;
import unroll.backend.Unary;

/**
 * Elementwise functions, a plain loop for each, which the JIT turns into vectors by itself; the
 * four transcendental ones have kernels. Long runs are shared among threads.
 */
final class Elementwise {

  /** Numbers of one part of a shared run. */
  private static final int PART = 1 << 14;

  private final Engine engine;

  Elementwise(Engine engine) {
    this.engine = engine;
  }

  /** A loop over a part of a run. */
  private interface Loop {
    void run(int from, int length);
  }

  void map(Unary f, FloatBuffer x, FloatBuffer out) {
    float[] a = x.read();
    float[] y = out.write();
    shared(out.length(), (from, n) -> map(f, n, a, x.offset() + from, y, out.offset() + from));
  }

  private void map(Unary f, int n, float[] x, int xo, float[] y, int yo) {
    MapKernels maps = engine.kernels().maps();
    switch (f) {
      case EXP -> maps.exp(n, x, xo, y, yo);
      case LOG -> maps.log(n, x, xo, y, yo);
      case SIGMOID -> maps.sigmoid(n, x, xo, y, yo);
      case TANH -> maps.tanh(n, x, xo, y, yo);
      case NEGATE -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = -x[xo + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.abs(x[xo + i]);
        }
      }
      case SIGN -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.signum(x[xo + i]);
        }
      }
      case SQUARE -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = x[xo + i] * x[xo + i];
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (float) Math.sqrt(x[xo + i]);
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.max(x[xo + i], 0);
        }
      }
    }
  }

  void zip(Binary f, FloatBuffer a, FloatBuffer b, FloatBuffer out) {
    float[] left = a.read();
    float[] right = b.read();
    float[] y = out.write();
    shared(
        out.length(),
        (from, n) ->
            zip(f, n, left, a.offset() + from, right, b.offset() + from, y, out.offset() + from));
  }

  private static void zip(
      Binary f, int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
    switch (f) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] + b[bo + i];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] - b[bo + i];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] * b[bo + i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] / b[bo + i];
        }
      }
      case MAXIMUM -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = Math.max(a[ao + i], b[bo + i]);
        }
      }
      case AT_LEAST -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] >= b[bo + i] ? 1 : 0;
        }
      }
      case SIGMOID_GRADIENT -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = b[bo + i] * a[ao + i] * (1 - a[ao + i]);
        }
      }
      case TANH_GRADIENT -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = b[bo + i] * (1 - a[ao + i] * a[ao + i]);
        }
      }
      case RELU_GRADIENT -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = a[ao + i] > 0 ? b[bo + i] : 0;
        }
      }
    }
  }

  void affine(float scale, FloatBuffer x, float shift, FloatBuffer out) {
    float[] a = x.read();
    float[] y = out.write();
    shared(
        out.length(),
        (from, n) -> {
          int xo = x.offset() + from;
          int yo = out.offset() + from;
          for (int i = 0; i < n; i++) {
            y[yo + i] = Math.fma(scale, a[xo + i], shift);
          }
        });
  }

  void addScaled(float scale, FloatBuffer x, FloatBuffer out) {
    float[] a = x.read();
    float[] y = out.write();
    shared(
        out.length(),
        (from, n) -> {
          int xo = x.offset() + from;
          int yo = out.offset() + from;
          for (int i = 0; i < n; i++) {
            y[yo + i] = Math.fma(scale, a[xo + i], y[yo + i]);
          }
        });
  }

  void adam(FloatBuffer p, FloatBuffer g, FloatBuffer m, FloatBuffer v, MapKernels.Adam settings) {
    float[] parameters = p.write();
    float[] gradients = g.read();
    float[] means = m.write();
    float[] squares = v.write();
    shared(
        p.length(),
        (from, n) -> {
          int[] offsets = {
            p.offset() + from, g.offset() + from, m.offset() + from, v.offset() + from
          };
          engine.kernels().maps().adam(n, parameters, gradients, means, squares, offsets, settings);
        });
  }

  /** The sum of squares: parts of fixed length, added in order. */
  double sumOfSquares(FloatBuffer x) {
    double[] sums = new double[(x.length() + PART - 1) / PART];
    float[] a = x.read();
    shared(
        x.length(),
        (from, n) ->
            sums[from / PART] = engine.kernels().rows().sumOfSquares(n, a, x.offset() + from));
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  /** Runs a loop over parts that depend on nothing but the length. */
  private void shared(int length, Loop loop) {
    int parts = (length + PART - 1) / PART;
    engine.workers().run(parts, i -> loop.run(i * PART, Math.min(PART, length - i * PART)));
  }
}
