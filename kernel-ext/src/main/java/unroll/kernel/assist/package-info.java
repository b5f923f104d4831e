/**
 * What is known of code that is being written: the elements its names stand for, their signatures
 * and documentation. Start at {@link unroll.kernel.assist.SessionCompiler}.
 */
package unroll.kernel.assist;
