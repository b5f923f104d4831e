/** Recurrent neural networks on the JVM. Start at {@code unroll.topology}. */
package unroll;
