/**
 * Recurrent networks. A {@link unroll.nn.recurrent.RecurrentCell} is two methods, a step and an
 * initial state; {@link unroll.nn.recurrent.Recurrent} unrolls any of them. {@link
 * unroll.nn.recurrent.Rnn}, {@link unroll.nn.recurrent.Lstm} and {@link unroll.nn.recurrent.Gru}
 * are the fast forms over whole sequences, with the same equations.
 */
package unroll.nn.recurrent;
