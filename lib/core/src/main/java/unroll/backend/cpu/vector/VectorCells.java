package unroll.backend.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import unroll.backend.cpu.CellKernels;
import unroll.backend.cpu.MapKernels;

/**
 * Recurrent cells on vectors; a block is a multiple of 32 numbers, so nothing is left at the end.
 */
final class VectorCells implements CellKernels {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private final MapKernels maps;

  VectorCells(MapKernels maps) {
    this.maps = maps;
  }

  @Override
  public void rnnForward(boolean relu, int n, float[] h, int ho) {
    if (!relu) {
      maps.tanh(n, h, ho, h, ho);
      return;
    }
    for (int j = 0; j < n; j += L) {
      FloatVector.fromArray(S, h, ho + j).max(0).intoArray(h, ho + j);
    }
  }

  @Override
  public void rnnBackward(
      boolean relu, int n, float[] h, int ho, float[] dh, int dho, float[] da, int dao) {
    if (relu) {
      for (int j = 0; j < n; j += L) {
        VectorMask<Float> positive = FloatVector.zero(S).lt(FloatVector.fromArray(S, h, ho + j));
        FloatVector.zero(S)
            .blend(FloatVector.fromArray(S, dh, dho + j), positive)
            .intoArray(da, dao + j);
      }
    } else {
      for (int j = 0; j < n; j += L) {
        FloatVector y = FloatVector.fromArray(S, h, ho + j);
        FloatVector slope = y.neg().fma(y, FloatVector.broadcast(S, 1));
        FloatVector.fromArray(S, dh, dho + j).mul(slope).intoArray(da, dao + j);
      }
    }
  }

  @Override
  public void lstmForward(
      int n,
      float[] gates,
      int io,
      int stride,
      float[] cells,
      int before,
      int after,
      float[] h,
      int ho) {
    int fo = io + stride;
    int go = fo + stride;
    int oo = go + stride;
    maps.sigmoid(n, gates, io, gates, io);
    maps.sigmoid(n, gates, fo, gates, fo);
    maps.tanh(n, gates, go, gates, go);
    maps.sigmoid(n, gates, oo, gates, oo);
    for (int j = 0; j < n; j += L) {
      FloatVector added =
          FloatVector.fromArray(S, gates, io + j).mul(FloatVector.fromArray(S, gates, go + j));
      FloatVector.fromArray(S, gates, fo + j)
          .fma(FloatVector.fromArray(S, cells, before + j), added)
          .intoArray(cells, after + j);
    }
    maps.tanh(n, cells, after, h, ho);
    for (int j = 0; j < n; j += L) {
      FloatVector.fromArray(S, h, ho + j)
          .mul(FloatVector.fromArray(S, gates, oo + j))
          .intoArray(h, ho + j);
    }
  }

  @Override
  public void lstmBackward(
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
      int dco) {
    int dfo = dio + dStride;
    int dgo = dfo + dStride;
    int doo = dgo + dStride;
    maps.tanh(n, cells, after, dGates, doo);
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int j = 0; j < n; j += L) {
      FloatVector tanh = FloatVector.fromArray(S, dGates, doo + j);
      FloatVector fromOutput = FloatVector.fromArray(S, dh, dho + j);
      FloatVector o = FloatVector.fromArray(S, gates, io + 3 * stride + j);
      FloatVector cell =
          fromOutput.mul(o).fma(tanh.neg().fma(tanh, one), FloatVector.fromArray(S, dc, dco + j));
      fromOutput.mul(tanh).mul(o.mul(one.sub(o))).intoArray(dGates, doo + j);
      FloatVector i = FloatVector.fromArray(S, gates, io + j);
      FloatVector g = FloatVector.fromArray(S, gates, io + 2 * stride + j);
      cell.mul(g).mul(i.mul(one.sub(i))).intoArray(dGates, dio + j);
      cell.mul(i).mul(g.neg().fma(g, one)).intoArray(dGates, dgo + j);
      FloatVector f = FloatVector.fromArray(S, gates, io + stride + j);
      cell.mul(FloatVector.fromArray(S, cells, before + j))
          .mul(f.mul(one.sub(f)))
          .intoArray(dGates, dfo + j);
      cell.mul(f).intoArray(dc, dco + j);
    }
  }

  @Override
  public void gruForward(
      int n, float[] gates, int ro, int stride, float[] h, int before, int after) {
    int zo = ro + stride;
    int no = zo + stride;
    int mo = no + stride;
    maps.sigmoid(n, gates, ro, gates, ro);
    maps.sigmoid(n, gates, zo, gates, zo);
    for (int j = 0; j < n; j += L) {
      FloatVector.fromArray(S, gates, ro + j)
          .fma(FloatVector.fromArray(S, gates, mo + j), FloatVector.fromArray(S, gates, no + j))
          .intoArray(gates, no + j);
    }
    maps.tanh(n, gates, no, gates, no);
    for (int j = 0; j < n; j += L) {
      FloatVector candidate = FloatVector.fromArray(S, gates, no + j);
      FloatVector difference = FloatVector.fromArray(S, h, before + j).sub(candidate);
      FloatVector.fromArray(S, gates, zo + j).fma(difference, candidate).intoArray(h, after + j);
    }
  }

  @Override
  public void gruBackward(
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
      int dho) {
    int dro = dno + dStride;
    int dzo = dro + dStride;
    int dmo = dzo + dStride;
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int j = 0; j < n; j += L) {
      FloatVector r = FloatVector.fromArray(S, gates, ro + j);
      FloatVector z = FloatVector.fromArray(S, gates, ro + stride + j);
      FloatVector candidate = FloatVector.fromArray(S, gates, ro + 2 * stride + j);
      FloatVector output = FloatVector.fromArray(S, dh, dho + j);
      FloatVector dn = output.mul(one.sub(z)).mul(candidate.neg().fma(candidate, one));
      dn.intoArray(dGates, dno + j);
      FloatVector hidden = FloatVector.fromArray(S, gates, ro + 3 * stride + j);
      dn.mul(hidden).mul(r.mul(one.sub(r))).intoArray(dGates, dro + j);
      FloatVector difference = FloatVector.fromArray(S, h, before + j).sub(candidate);
      output.mul(difference).mul(z.mul(one.sub(z))).intoArray(dGates, dzo + j);
      dn.mul(r).intoArray(dGates, dmo + j);
      output.mul(z).intoArray(dh, dho + j);
    }
  }
}
