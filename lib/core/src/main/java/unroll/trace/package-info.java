/** What goes on inside a network. Start at {@link unroll.trace.Trace}. */
package unroll.trace;
