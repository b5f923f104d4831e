package unroll.backend.cpu.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import unroll.backend.cpu.RowKernels;

/** Sums on vectors: a vector holds some of the sixteen chains, or all of them. */
final class VectorRows implements RowKernels {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final VectorSpecies<Double> WIDE = VectorSpecies.of(double.class, S.vectorShape());

  @Override
  public void addRows(int rows, int columns, float[] x, int xo, int stride, float[] y, int yo) {
    int bound = S.loopBound(columns);
    for (int c = 0; c < bound; c += L) {
      FloatVector sum = FloatVector.fromArray(S, y, yo + c);
      for (int r = 0; r < rows; r++) {
        sum = sum.add(FloatVector.fromArray(S, x, xo + r * stride + c));
      }
      sum.intoArray(y, yo + c);
    }
    for (int c = bound; c < columns; c++) {
      float sum = y[yo + c];
      for (int r = 0; r < rows; r++) {
        sum += x[xo + r * stride + c];
      }
      y[yo + c] = sum;
    }
  }

  @Override
  public float shift(int n, float[] x, int xo, float[] y, int yo) {
    float max = max(n, x, xo);
    int bound = S.loopBound(n);
    for (int c = 0; c < bound; c += L) {
      FloatVector.fromArray(S, x, xo + c).sub(max).intoArray(y, yo + c);
    }
    for (int c = bound; c < n; c++) {
      y[yo + c] = x[xo + c] - max;
    }
    return max;
  }

  @Override
  public float normalise(int n, float[] y, int yo) {
    float sum = sum(n, y, yo);
    float scale = 1 / sum;
    int bound = S.loopBound(n);
    for (int c = 0; c < bound; c += L) {
      FloatVector.fromArray(S, y, yo + c).mul(scale).intoArray(y, yo + c);
    }
    for (int c = bound; c < n; c++) {
      y[yo + c] *= scale;
    }
    return sum;
  }

  private static float max(int n, float[] x, int xo) {
    int bound = S.loopBound(n);
    FloatVector all = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < bound; c += L) {
      all = all.max(FloatVector.fromArray(S, x, xo + c));
    }
    float max = all.reduceLanes(VectorOperators.MAX);
    for (int c = bound; c < n; c++) {
      max = Math.max(max, x[xo + c]);
    }
    return max;
  }

  @Override
  public float dot(int n, float[] x, int xo, float[] y, int yo) {
    float[] chains = new float[CHAINS];
    int bound = n - n % CHAINS;
    for (int v = 0; v < CHAINS; v += L) {
      FloatVector sum = FloatVector.zero(S);
      for (int c = v; c < bound; c += CHAINS) {
        FloatVector factor = FloatVector.fromArray(S, x, xo + c);
        sum = factor.fma(FloatVector.fromArray(S, y, yo + c), sum);
      }
      sum.intoArray(chains, v);
    }
    for (int c = bound; c < n; c++) {
      chains[c - bound] = Math.fma(x[xo + c], y[yo + c], chains[c - bound]);
    }
    return RowKernels.fold(chains);
  }

  @Override
  public float sum(int n, float[] x, int xo) {
    float[] chains = new float[CHAINS];
    int bound = n - n % CHAINS;
    for (int v = 0; v < CHAINS; v += L) {
      FloatVector sum = FloatVector.zero(S);
      for (int c = v; c < bound; c += CHAINS) {
        sum = sum.add(FloatVector.fromArray(S, x, xo + c));
      }
      sum.intoArray(chains, v);
    }
    for (int c = bound; c < n; c++) {
      chains[c - bound] += x[xo + c];
    }
    return RowKernels.fold(chains);
  }

  @Override
  public double sumOfSquares(int n, float[] x, int xo) {
    double[] chains = new double[CHAINS];
    int half = WIDE.length();
    int bound = n - n % CHAINS;
    for (int v = 0; v < CHAINS; v += L) {
      DoubleVector low = DoubleVector.zero(WIDE);
      DoubleVector high = DoubleVector.zero(WIDE);
      for (int c = v; c < bound; c += CHAINS) {
        FloatVector value = FloatVector.fromArray(S, x, xo + c);
        DoubleVector first = (DoubleVector) value.convertShape(VectorOperators.F2D, WIDE, 0);
        DoubleVector second = (DoubleVector) value.convertShape(VectorOperators.F2D, WIDE, 1);
        low = first.fma(first, low);
        high = second.fma(second, high);
      }
      low.intoArray(chains, v);
      high.intoArray(chains, v + half);
    }
    for (int c = bound; c < n; c++) {
      double value = x[xo + c];
      chains[c - bound] = Math.fma(value, value, chains[c - bound]);
    }
    return RowKernels.fold(chains);
  }
}
