package unroll.backend.cpu;

/** Softmax with cross-entropy, row by row in one pass, rows shared among threads. */
final class Softmax {

  private final Engine engine;

  Softmax(Engine engine) {
    this.engine = engine;
  }

  void forward(
      int rows,
      int classes,
      FloatBuffer logits,
      int[] targets,
      FloatBuffer losses,
      FloatBuffer probabilities) {
    float[] x = logits.read();
    float[] loss = losses.write();
    float[] p = probabilities.write();
    RowKernels kernels = engine.kernels().rows();
    blocks(
        rows,
        classes,
        r -> {
          int from = logits.offset() + r * classes;
          int to = probabilities.offset() + r * classes;
          loss[losses.offset() + r] = kernels.softmax(classes, targets[r], x, from, p, to);
        });
  }

  void backward(
      int rows,
      int classes,
      FloatBuffer probabilities,
      int[] targets,
      FloatBuffer gradient,
      FloatBuffer out) {
    float[] p = probabilities.read();
    float[] g = gradient.read();
    float[] y = out.write();
    blocks(
        rows,
        classes,
        r -> {
          float scale = g[gradient.offset() + r];
          int from = probabilities.offset() + r * classes;
          int to = out.offset() + r * classes;
          for (int c = 0; c < classes; c++) {
            y[to + c] = p[from + c] * scale;
          }
          y[to + targets[r]] -= scale;
        });
  }

  private void blocks(int rows, int classes, Workers.Part row) {
    int block = Math.max(1, 8192 / Math.max(1, classes));
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
