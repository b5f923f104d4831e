/** What training makes small. Start at {@link unroll.loss.Loss}. */
package unroll.loss;
