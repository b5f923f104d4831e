package unroll.loss;

import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** {@link Ctc} of a whole batch, with its gradient, which the way forward finds along with it. */
final class CtcOperation implements Operation.OfOne {

  private final int blank;
  private final int[][] targets;
  private final int[] lengths;
  private final double[] scale;
  private double[] gradient;

  /**
   * @param scale of the loss of each sequence in the sum
   */
  CtcOperation(int blank, int[][] targets, int[] lengths, double[] scale) {
    this.blank = blank;
    this.targets = targets;
    this.lengths = lengths;
    this.scale = scale;
  }

  @Override
  public String name() {
    return "ctc";
  }

  @Override
  public Tensor forward(Tensor logits) {
    int batch = logits.size(1);
    int classes = logits.size(2);
    double[] x = logits.toArray();
    gradient = new double[x.length];
    double sum = 0;
    for (int b = 0; b < batch; b++) {
      double[][] logP = new double[lengths[b]][];
      for (int t = 0; t < lengths[b]; t++) {
        logP[t] = logSoftmax(x, (t * batch + b) * classes, classes);
      }
      CtcLattice lattice = new CtcLattice(logP, CtcLattice.withBlanks(targets[b], blank));
      sum += scale[b] * lattice.loss();
      for (int t = 0; t < lengths[b]; t++) {
        double[] expected = lattice.expected(t, classes);
        for (int c = 0; c < classes; c++) {
          double p = StrictMath.exp(logP[t][c]);
          gradient[(t * batch + b) * classes + c] = scale[b] * (p - expected[c]);
        }
      }
    }
    return Host.tensor(new double[] {sum}, Shape.of(), logits.backend());
  }

  @Override
  public Tensor gradient(Tensor logits, Tensor loss, Tensor g) {
    return Host.tensor(gradient, logits.shape(), logits.backend()).times(g.detach());
  }

  private static double[] logSoftmax(double[] x, int from, int classes) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      greatest = Math.max(greatest, x[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(x[from + c] - greatest);
    }
    double logSum = greatest + StrictMath.log(sum);
    double[] out = new double[classes];
    for (int c = 0; c < classes; c++) {
      out[c] = x[from + c] - logSum;
    }
    return out;
  }
}
