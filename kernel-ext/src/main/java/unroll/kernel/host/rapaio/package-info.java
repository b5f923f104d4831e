/** Unroll in the Rapaio Jupyter kernel, 3.x. */
package unroll.kernel.host.rapaio;
