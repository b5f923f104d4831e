/** Unroll in JJava and other kernels on its base library. */
package unroll.kernel.host.jjava;
