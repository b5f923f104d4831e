package unroll.backend.cpu;

/** Recurrent cells, one number after the other. */
final class PlainCells implements CellKernels {

  private final MapKernels maps;

  PlainCells(MapKernels maps) {
    this.maps = maps;
  }

  @Override
  public void rnnForward(boolean relu, int n, float[] h, int ho) {
    if (relu) {
      for (int i = 0; i < n; i++) {
        h[ho + i] = Math.max(h[ho + i], 0);
      }
    } else {
      maps.tanh(n, h, ho, h, ho);
    }
  }

  @Override
  public void rnnBackward(
      boolean relu, int n, float[] h, int ho, float[] dh, int dho, float[] da, int dao) {
    if (relu) {
      for (int i = 0; i < n; i++) {
        da[dao + i] = h[ho + i] > 0 ? dh[dho + i] : 0;
      }
    } else {
      for (int i = 0; i < n; i++) {
        da[dao + i] = dh[dho + i] * Math.fma(-h[ho + i], h[ho + i], 1);
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
    for (int j = 0; j < n; j++) {
      cells[after + j] = Math.fma(gates[fo + j], cells[before + j], gates[io + j] * gates[go + j]);
    }
    maps.tanh(n, cells, after, h, ho);
    for (int j = 0; j < n; j++) {
      h[ho + j] *= gates[oo + j];
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
    for (int j = 0; j < n; j++) {
      float i = gates[io + j];
      float f = gates[io + stride + j];
      float g = gates[io + 2 * stride + j];
      float o = gates[io + 3 * stride + j];
      float tanh = dGates[doo + j];
      float fromOutput = dh[dho + j];
      float cell = Math.fma(fromOutput * o, Math.fma(-tanh, tanh, 1), dc[dco + j]);
      dGates[dio + j] = cell * g * (i * (1 - i));
      dGates[dfo + j] = cell * cells[before + j] * (f * (1 - f));
      dGates[dgo + j] = cell * i * Math.fma(-g, g, 1);
      dGates[doo + j] = fromOutput * tanh * (o * (1 - o));
      dc[dco + j] = cell * f;
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
    for (int j = 0; j < n; j++) {
      gates[no + j] = Math.fma(gates[ro + j], gates[mo + j], gates[no + j]);
    }
    maps.tanh(n, gates, no, gates, no);
    for (int j = 0; j < n; j++) {
      float candidate = gates[no + j];
      h[after + j] = Math.fma(gates[zo + j], h[before + j] - candidate, candidate);
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
    for (int j = 0; j < n; j++) {
      float r = gates[ro + j];
      float z = gates[ro + stride + j];
      float candidate = gates[ro + 2 * stride + j];
      float hidden = gates[ro + 3 * stride + j];
      float output = dh[dho + j];
      float dn = output * (1 - z) * Math.fma(-candidate, candidate, 1);
      dGates[dno + j] = dn;
      dGates[dro + j] = dn * hidden * (r * (1 - r));
      dGates[dzo + j] = output * (h[before + j] - candidate) * (z * (1 - z));
      dGates[dmo + j] = dn * r;
      dh[dho + j] = output * z;
    }
  }
}
