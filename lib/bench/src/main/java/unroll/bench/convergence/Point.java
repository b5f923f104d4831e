package unroll.bench.convergence;

/**
 * A point of a learning curve.
 *
 * @param step after so many steps
 * @param value the score on the validation examples
 */
record Point(int step, double value) {}
