/**
 * Training: settings in {@link unroll.train.Fit}, what happened in {@link unroll.train.Run}.
 * Topologies start runs; {@link unroll.train.Models} remembers them by name.
 */
package unroll.train;
