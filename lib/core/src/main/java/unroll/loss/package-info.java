/**
 * What training makes small, and how good predictions are. Start at {@link unroll.loss.Loss} and
 * {@link unroll.loss.CrossEntropy}, for scores at {@link unroll.loss.Metrics}.
 */
package unroll.loss;
