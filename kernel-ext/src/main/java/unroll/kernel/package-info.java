/** Unroll in Jupyter, in a terminal and in reports. */
package unroll.kernel;
