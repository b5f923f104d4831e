/** Unroll in IJava 1.3.0. */
package unroll.kernel.host.ijava;
