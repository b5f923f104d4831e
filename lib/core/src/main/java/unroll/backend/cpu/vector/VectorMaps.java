package unroll.backend.cpu.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import unroll.backend.cpu.FloatMath;
import unroll.backend.cpu.MapKernels;

/**
 * Elementwise functions on vectors: {@link FloatMath}'s operations, lane by lane. What is left at
 * the end goes one by one. Logarithms are rare, and always go so.
 *
 * <p>Each loop is written out, without methods of its own: past some 18,000 nodes the JIT inlines
 * nothing but what the Vector API forces, and a vector that crosses a call lives on the heap. For
 * the same reason the loops must not end up in one method together; they are too long to be inlined
 * into their callers.
 */
final class VectorMaps implements MapKernels {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int SIGN = 0x80000000;

  @Override
  public void exp(int length, float[] x, int xo, float[] y, int yo) {
    int bound = S.loopBound(length);
    for (int i = 0; i < bound; i += L) {
      FloatVector a = FloatVector.fromArray(S, x, xo + i);
      FloatVector low = FloatVector.broadcast(S, FloatMath.EXP_LOW);
      FloatVector high = FloatVector.broadcast(S, FloatMath.EXP_HIGH);
      a = a.blend(low, a.lt(low));
      a = a.blend(high, high.lt(a));
      FloatVector round = FloatVector.broadcast(S, FloatMath.ROUND);
      FloatVector shifted = a.fma(FloatVector.broadcast(S, FloatMath.LOG2_E), round);
      FloatVector n = shifted.sub(round);
      FloatVector r = n.fma(FloatVector.broadcast(S, -FloatMath.LN2_HIGH), a);
      r = n.fma(FloatVector.broadcast(S, -FloatMath.LN2_LOW), r);
      FloatVector q = FloatVector.broadcast(S, FloatMath.Q4);
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q3));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q2));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q1));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q0));
      FloatVector e = r.mul(r).fma(q, r).add(1);
      IntVector power = shifted.reinterpretAsInts().sub(FloatMath.ROUND_BITS);
      IntVector half = power.lanewise(ASHR, 1);
      FloatVector first = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector second = power.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      e.mul(first).mul(second).intoArray(y, yo + i);
    }
    for (int i = bound; i < length; i++) {
      y[yo + i] = FloatMath.exp(x[xo + i]);
    }
  }

  @Override
  public void log(int length, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < length; i++) {
      y[yo + i] = FloatMath.log(x[xo + i]);
    }
  }

  @Override
  public void sigmoid(int length, float[] x, int xo, float[] y, int yo) {
    int bound = S.loopBound(length);
    for (int i = 0; i < bound; i += L) {
      FloatVector argument = FloatVector.fromArray(S, x, xo + i);
      FloatVector zero = FloatVector.zero(S);
      FloatVector a = argument.abs().neg();
      FloatVector round = FloatVector.broadcast(S, FloatMath.ROUND);
      FloatVector shifted = a.fma(FloatVector.broadcast(S, FloatMath.LOG2_E), round);
      FloatVector n = shifted.sub(round);
      FloatVector r = n.fma(FloatVector.broadcast(S, -FloatMath.LN2_HIGH), a);
      r = n.fma(FloatVector.broadcast(S, -FloatMath.LN2_LOW), r);
      FloatVector q = FloatVector.broadcast(S, FloatMath.Q4);
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q3));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q2));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q1));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q0));
      FloatVector e = r.mul(r).fma(q, r).add(1);
      IntVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23);
      FloatVector z = e.mul(power.add(FloatMath.ONE_BITS).reinterpretAsFloats());
      z = z.blend(zero, a.lt(FloatVector.broadcast(S, FloatMath.SIGMOID_LOW)));
      FloatVector one = FloatVector.broadcast(S, 1);
      one.blend(z, argument.lt(zero)).div(one.add(z)).intoArray(y, yo + i);
    }
    for (int i = bound; i < length; i++) {
      y[yo + i] = FloatMath.sigmoid(x[xo + i]);
    }
  }

  @Override
  public void tanh(int length, float[] x, int xo, float[] y, int yo) {
    int bound = S.loopBound(length);
    for (int i = 0; i < bound; i += L) {
      FloatVector argument = FloatVector.fromArray(S, x, xo + i);
      FloatVector low = FloatVector.broadcast(S, FloatMath.TANH_LOW);
      FloatVector a = argument.abs().mul(-2);
      a = a.blend(low, a.lt(low));
      FloatVector round = FloatVector.broadcast(S, FloatMath.ROUND);
      FloatVector shifted = a.fma(FloatVector.broadcast(S, FloatMath.LOG2_E), round);
      FloatVector n = shifted.sub(round);
      FloatVector r = n.fma(FloatVector.broadcast(S, -FloatMath.LN2_HIGH), a);
      r = n.fma(FloatVector.broadcast(S, -FloatMath.LN2_LOW), r);
      FloatVector q = FloatVector.broadcast(S, FloatMath.Q4);
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q3));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q2));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q1));
      q = q.fma(r, FloatVector.broadcast(S, FloatMath.Q0));
      IntVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23);
      FloatVector scale = power.add(FloatMath.ONE_BITS).reinterpretAsFloats();
      FloatVector m = scale.fma(r.mul(r).fma(q, r), scale.sub(1));
      IntVector size = m.div(m.add(2)).reinterpretAsInts().and(~SIGN);
      IntVector sign = argument.reinterpretAsInts().and(SIGN);
      size.or(sign).reinterpretAsFloats().intoArray(y, yo + i);
    }
    for (int i = bound; i < length; i++) {
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
    float beta1 = settings.beta1();
    float rest1 = settings.rest1();
    float beta2 = settings.beta2();
    float rest2 = settings.rest2();
    float rate = -settings.rate();
    float correction = settings.correction();
    float epsilon = settings.epsilon();
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += L) {
      FloatVector gradient = FloatVector.fromArray(S, g, go + i);
      FloatVector mean = FloatVector.fromArray(S, m, mo + i);
      mean = mean.fma(FloatVector.broadcast(S, beta1), gradient.mul(rest1));
      FloatVector square = FloatVector.fromArray(S, v, vo + i);
      square = square.fma(FloatVector.broadcast(S, beta2), gradient.mul(rest2).mul(gradient));
      mean.intoArray(m, mo + i);
      square.intoArray(v, vo + i);
      FloatVector root = square.mul(correction).lanewise(VectorOperators.SQRT);
      FloatVector change = mean.div(root.add(epsilon));
      FloatVector before = FloatVector.fromArray(S, p, po + i);
      change.fma(FloatVector.broadcast(S, rate), before).intoArray(p, po + i);
    }
    for (int i = bound; i < n; i++) {
      float gradient = g[go + i];
      float mean = Math.fma(beta1, m[mo + i], rest1 * gradient);
      float square = Math.fma(beta2, v[vo + i], rest2 * gradient * gradient);
      m[mo + i] = mean;
      v[vo + i] = square;
      float root = (float) Math.sqrt(square * correction);
      p[po + i] = Math.fma(rate, mean / (root + epsilon), p[po + i]);
    }
  }
}
