package unroll.loss;

import java.util.Arrays;

/**
 * All paths that spell one target, in logarithms (Graves et al. 2006, section 4.1).
 *
 * <pre>
 * states      blank, label 1, blank, label 2 ... blank
 * alpha[t, s] the logarithm of the sum over all beginnings of paths that are in state s at step t
 * beta[t, s]  the same of all ends of paths after step t, from state s
 * </pre>
 */
final class CtcLattice {

  private static final double NONE = Double.NEGATIVE_INFINITY;

  private final double[][] logP;
  private final int[] states;
  private final double[][] alpha;
  private final double[][] beta;
  private final double logTotal;

  /**
   * @param logP the logarithm of the probability of each class at each step, [time, classes]
   * @param states the class of each state
   */
  CtcLattice(double[][] logP, int[] states) {
    this.logP = logP;
    this.states = states;
    int time = logP.length;
    alpha = new double[time][states.length];
    beta = new double[time][states.length];
    for (int t = 0; t < time; t++) {
      for (int s = 0; s < states.length; s++) {
        alpha[t][s] = (t == 0 ? start(s) : arriving(t, s)) + logP[t][states[s]];
      }
    }
    for (int t = time - 1; t >= 0; t--) {
      for (int s = 0; s < states.length; s++) {
        beta[t][s] = t == time - 1 ? end(s) : leaving(t, s);
      }
    }
    logTotal = time == 0 ? 0 : total();
  }

  /** Labels with a blank before, between and after them. */
  static int[] withBlanks(int[] labels, int blank) {
    int[] states = new int[2 * labels.length + 1];
    Arrays.fill(states, blank);
    for (int i = 0; i < labels.length; i++) {
      states[2 * i + 1] = labels[i];
    }
    return states;
  }

  private static double start(int s) {
    return s <= 1 ? 0 : NONE;
  }

  private double end(int s) {
    return s >= states.length - 2 ? 0 : NONE;
  }

  /** Whether a path may step to a state from the last but one: over a blank, between two labels. */
  private boolean skips(int s) {
    return s % 2 == 1 && s >= 3 && states[s] != states[s - 2];
  }

  private double arriving(int t, int s) {
    double sum = alpha[t - 1][s];
    if (s >= 1) {
      sum = logAdd(sum, alpha[t - 1][s - 1]);
    }
    return skips(s) ? logAdd(sum, alpha[t - 1][s - 2]) : sum;
  }

  private double leaving(int t, int s) {
    double sum = ahead(t, s);
    if (s + 1 < states.length) {
      sum = logAdd(sum, ahead(t, s + 1));
    }
    return s + 2 < states.length && skips(s + 2) ? logAdd(sum, ahead(t, s + 2)) : sum;
  }

  private double ahead(int t, int s) {
    return beta[t + 1][s] + logP[t + 1][states[s]];
  }

  private double total() {
    double sum = NONE;
    double[] last = alpha[alpha.length - 1];
    for (int s = 0; s < states.length; s++) {
      sum = logAdd(sum, last[s] + end(s));
    }
    return sum;
  }

  /** -ln of the probability that a path spells the target. */
  double loss() {
    return -logTotal;
  }

  /** How probable each class is at a step, given that the path spells the target. */
  double[] expected(int t, int classes) {
    double[] expected = new double[classes];
    for (int s = 0; s < states.length; s++) {
      expected[states[s]] += StrictMath.exp(alpha[t][s] + beta[t][s] - logTotal);
    }
    return expected;
  }

  /** ln(e^a + e^b). */
  private static double logAdd(double a, double b) {
    double greater = Math.max(a, b);
    double less = Math.min(a, b);
    return less == NONE ? greater : greater + StrictMath.log1p(StrictMath.exp(less - greater));
  }
}
