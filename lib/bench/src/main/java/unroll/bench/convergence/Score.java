package unroll.bench.convergence;

import java.util.Map;

/**
 * How good a network is.
 *
 * @param value by the metric that the goal is set in
 * @param also by others, under their names
 */
record Score(double value, Map<String, Number> also) {}
