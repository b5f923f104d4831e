/**
 * Recurrent networks. A {@link unroll.nn.recurrent.RecurrentCell} is two methods, a step and an
 * initial state; {@link unroll.nn.recurrent.Recurrent} unrolls any of them. {@link
 * unroll.nn.recurrent.Rnn}, {@link unroll.nn.recurrent.Lstm} and {@link unroll.nn.recurrent.Gru}
 * are the fast forms over whole sequences, with the same equations, stacked and in both directions
 * ({@link unroll.nn.recurrent.RecurrentLayer}). {@link unroll.nn.recurrent.Recursive} runs a {@link
 * unroll.nn.recurrent.TreeLstmCell} over a {@link unroll.nn.recurrent.Tree}: the recursive network,
 * for comparison.
 */
package unroll.nn.recurrent;
