/** What changes parameters along their gradients. Start at {@link unroll.optim.Optimizer}. */
package unroll.optim;
