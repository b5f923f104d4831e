package unroll.backend.cpu;

/** Layer normalisation and its gradient, row by row. */
final class LayerNorm {

  private final Engine engine;

  LayerNorm(Engine engine) {
    this.engine = engine;
  }

  void forward(
      int rows,
      int features,
      FloatBuffer x,
      FloatBuffer weight,
      FloatBuffer bias,
      float epsilon,
      FloatBuffer normal,
      FloatBuffer scale,
      FloatBuffer out) {
    RowKernels kernels = engine.kernels().rows();
    float[] a = x.read();
    float[] w = weight.read();
    float[] b = bias.read();
    float[] centred = normal.write();
    float[] scales = scale.write();
    float[] y = out.write();
    blocks(
        rows,
        features,
        r -> {
          int from = x.offset() + r * features;
          int at = normal.offset() + r * features;
          int to = out.offset() + r * features;
          float mean = kernels.sum(features, a, from) / features;
          for (int c = 0; c < features; c++) {
            centred[at + c] = a[from + c] - mean;
          }
          float variance = kernels.dot(features, centred, at, centred, at) / features;
          float factor = 1 / (float) Math.sqrt(variance + epsilon);
          scales[scale.offset() + r] = factor;
          for (int c = 0; c < features; c++) {
            centred[at + c] *= factor;
          }
          for (int c = 0; c < features; c++) {
            y[to + c] = Math.fma(centred[at + c], w[weight.offset() + c], b[bias.offset() + c]);
          }
        });
  }

  /** dx = scale (u - mean u - normal mean(u normal)) with u = g w. */
  void inputGradient(
      int rows,
      int features,
      FloatBuffer normal,
      FloatBuffer scale,
      FloatBuffer weight,
      FloatBuffer gradient,
      FloatBuffer out) {
    RowKernels kernels = engine.kernels().rows();
    float[] normals = normal.read();
    float[] scales = scale.read();
    float[] w = weight.read();
    float[] g = gradient.read();
    float[] y = out.write();
    blocks(
        rows,
        features,
        r -> {
          int at = normal.offset() + r * features;
          int from = gradient.offset() + r * features;
          int to = out.offset() + r * features;
          for (int c = 0; c < features; c++) {
            y[to + c] = g[from + c] * w[weight.offset() + c];
          }
          float mean = kernels.sum(features, y, to) / features;
          float slope = kernels.dot(features, y, to, normals, at) / features;
          float factor = scales[scale.offset() + r];
          for (int c = 0; c < features; c++) {
            y[to + c] = Math.fma(-slope, normals[at + c], y[to + c] - mean) * factor;
          }
        });
  }

  private void blocks(int rows, int features, Workers.Part row) {
    int block = Math.max(1, 8192 / Math.max(1, features));
    engine
        .workers()
        .run(
            (rows + block - 1) / block,
            i -> {
              for (int r = i * block; r < Math.min(rows, (i + 1) * block); r++) {
                row.run(r);
              }
            });
  }
}
