package unroll.nn;

import unroll.tensor.Tensor;

/**
 * What attention found.
 *
 * @param context the values, weighted and summed: [batch, v]
 * @param weights how much each step counted: [batch, time], each row sums to one; exactly zero past
 *     a sequence's length
 */
public record Attended(Tensor context, Tensor weights) {}
