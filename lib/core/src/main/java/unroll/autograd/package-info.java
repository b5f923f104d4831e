/**
 * Gradients by reverse accumulation on a tape. Start at {@link unroll.autograd.Tape}; {@link
 * unroll.autograd.GradientCheck} compares them with finite differences.
 */
package unroll.autograd;
