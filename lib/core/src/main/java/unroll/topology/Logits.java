package unroll.topology;

/** Numbers that become probabilities; the same bits everywhere. */
final class Logits {

  private Logits() {}

  /** The index of the greatest; the first of equals. */
  static int best(double[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  static double[] softmax(double[] logits) {
    double[] p = logSoftmax(logits);
    for (int i = 0; i < p.length; i++) {
      p[i] = StrictMath.exp(p[i]);
    }
    return p;
  }

  static double[] logSoftmax(double[] logits) {
    double most = logits[best(logits)];
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - most);
    }
    double shift = most + StrictMath.log(sum);
    double[] out = new double[logits.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = logits[i] - shift;
    }
    return out;
  }
}
