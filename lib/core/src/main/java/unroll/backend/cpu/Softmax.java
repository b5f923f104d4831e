package unroll.backend.cpu;

/** Softmax with cross-entropy, some rows at a time, shared among threads. */
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
    Kernels kernels = engine.kernels();
    blocks(
        rows,
        classes,
        (first, end) -> {
          int from = logits.offset() + first * classes;
          int to = probabilities.offset() + first * classes;
          for (int r = first; r < end; r++) {
            int row = (r - first) * classes;
            float max = kernels.rows().shift(classes, x, from + row, p, to + row);
            loss[losses.offset() + r] = max - x[from + row + targets[r]];
          }
          kernels.maps().exp((end - first) * classes, p, to, p, to);
          for (int r = first; r < end; r++) {
            float sum = kernels.rows().normalise(classes, p, to + (r - first) * classes);
            loss[losses.offset() + r] += FloatMath.log(sum);
          }
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
        (first, end) -> {
          for (int r = first; r < end; r++) {
            float scale = g[gradient.offset() + r];
            int from = probabilities.offset() + r * classes;
            int to = out.offset() + r * classes;
            for (int c = 0; c < classes; c++) {
              y[to + c] = p[from + c] * scale;
            }
            y[to + targets[r]] -= scale;
          }
        });
  }

  /** Something to do with the rows from one to another, which is not among them. */
  private interface Rows {
    void run(int first, int end);
  }

  private void blocks(int rows, int classes, Rows part) {
    int block = Math.max(1, 4096 / Math.max(1, classes));
    engine
        .workers()
        .run((rows + block - 1) / block, i -> part.run(i * block, Math.min(rows, (i + 1) * block)));
  }
}
