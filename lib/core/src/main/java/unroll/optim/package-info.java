/**
 * What changes parameters along their gradients. Start at {@link unroll.optim.Optimizer} and its
 * settings, {@link unroll.optim.Adam} for one; learning rates over time are a {@link
 * unroll.optim.Schedule}.
 */
package unroll.optim;
