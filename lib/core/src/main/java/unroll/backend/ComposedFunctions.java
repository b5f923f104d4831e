package unroll.backend;

/** The fused operations that are no recurrence, composed from a backend's other operations. */
final class ComposedFunctions {

  private final Backend backend;

  ComposedFunctions(Backend backend) {
    this.backend = backend;
  }

  void linear(int rows, int inputs, int outputs, Buffer x, Buffer weight, Buffer bias, Buffer out) {
    if (bias != null) {
      backend.repeat(1, rows, outputs, bias, out);
    }
    backend.matmul(false, true, rows, outputs, inputs, x, weight, out, bias != null);
  }

  void softmaxCrossEntropy(
      int rows, int classes, Buffer logits, int[] targets, Buffer losses, Buffer probabilities) {
    Buffer row = backend.allocate(rows);
    Buffer all = backend.allocate(rows * classes);
    backend.max(rows, classes, 1, logits, row);
    backend.repeat(rows, classes, 1, row, all);
    backend.zip(Binary.SUBTRACT, logits, all, probabilities);
    backend.gather(1, probabilities, places(classes, targets), losses);
    backend.map(Unary.EXP, probabilities, probabilities);
    backend.sum(rows, classes, 1, probabilities, row);
    backend.repeat(rows, classes, 1, row, all);
    backend.zip(Binary.DIVIDE, probabilities, all, probabilities);
    backend.map(Unary.LOG, row, row);
    backend.zip(Binary.SUBTRACT, row, losses, losses);
    backend.release(all);
    backend.release(row);
  }

  void softmaxCrossEntropyGradient(
      int rows, int classes, Buffer probabilities, int[] targets, Buffer gradient, Buffer out) {
    Buffer negative = backend.allocate(rows);
    Buffer all = backend.allocate(rows * classes);
    backend.repeat(rows, classes, 1, gradient, all);
    backend.zip(Binary.MULTIPLY, probabilities, all, out);
    backend.map(Unary.NEGATE, gradient, negative);
    backend.scatterAdd(1, negative, places(classes, targets), out);
    backend.release(all);
    backend.release(negative);
  }

  void layerNorm(
      int rows,
      int features,
      Buffer x,
      Buffer weight,
      Buffer bias,
      double epsilon,
      Buffer normal,
      Buffer scale,
      Buffer out) {
    Buffer row = backend.allocate(rows);
    Buffer all = backend.allocate(rows * features);
    mean(rows, features, x, row);
    backend.repeat(rows, features, 1, row, all);
    backend.zip(Binary.SUBTRACT, x, all, normal);
    backend.map(Unary.SQUARE, normal, all);
    mean(rows, features, all, scale);
    backend.affine(1, scale, epsilon, scale);
    backend.map(Unary.SQRT, scale, scale);
    backend.fill(row, 1);
    backend.zip(Binary.DIVIDE, row, scale, scale);
    backend.repeat(rows, features, 1, scale, all);
    backend.zip(Binary.MULTIPLY, normal, all, normal);
    backend.repeat(1, rows, features, weight, all);
    backend.zip(Binary.MULTIPLY, normal, all, out);
    backend.repeat(1, rows, features, bias, all);
    backend.zip(Binary.ADD, out, all, out);
    backend.release(all);
    backend.release(row);
  }

  void layerNormGradient(
      int rows,
      int features,
      Buffer normal,
      Buffer scale,
      Buffer weight,
      Buffer gradient,
      Buffer xGradient,
      Buffer weightGradient,
      Buffer biasGradient) {
    Buffer row = backend.allocate(rows);
    Buffer all = backend.allocate(rows * features);
    if (biasGradient != null) {
      backend.sum(1, rows, features, gradient, biasGradient);
    }
    if (weightGradient != null) {
      backend.zip(Binary.MULTIPLY, gradient, normal, all);
      backend.sum(1, rows, features, all, weightGradient);
    }
    if (xGradient != null) {
      // u = g w;  dx = scale (u - mean u - normal mean(u normal))
      Buffer u = backend.allocate(rows * features);
      backend.repeat(1, rows, features, weight, u);
      backend.zip(Binary.MULTIPLY, gradient, u, u);
      backend.zip(Binary.MULTIPLY, u, normal, all);
      mean(rows, features, all, row);
      backend.repeat(rows, features, 1, row, all);
      backend.zip(Binary.MULTIPLY, normal, all, all);
      mean(rows, features, u, row);
      backend.zip(Binary.SUBTRACT, u, all, u);
      backend.repeat(rows, features, 1, row, all);
      backend.zip(Binary.SUBTRACT, u, all, u);
      backend.repeat(rows, features, 1, scale, all);
      backend.zip(Binary.MULTIPLY, u, all, xGradient);
      backend.release(u);
    }
    backend.release(all);
    backend.release(row);
  }

  private void mean(int rows, int features, Buffer x, Buffer out) {
    backend.sum(rows, features, 1, x, out);
    backend.affine(1.0 / features, out, 0, out);
  }

  private static int[] places(int classes, int[] targets) {
    int[] places = new int[targets.length];
    for (int r = 0; r < places.length; r++) {
      places[r] = r * classes + targets[r];
    }
    return places;
  }
}
