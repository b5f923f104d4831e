/**
 * JMH benchmarks of single kernels, for whoever tunes them: {@code org.openjdk.jmh.Main} runs them.
 */
package unroll.bench.jmh;
