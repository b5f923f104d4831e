/**
 * Unroll in other people's kernels: JJava, IJava and Rapaio. Each has an adapter, a {@link
 * unroll.kernel.host.Host}, in a package of its own that is loaded only where that kernel is; what
 * they share is a {@link unroll.kernel.host.Guest}. {@link unroll.kernel.host.Unroll} is what a
 * user calls.
 */
package unroll.kernel.host;
