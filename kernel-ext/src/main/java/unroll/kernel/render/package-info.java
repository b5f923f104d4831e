/**
 * The renderers of Unroll's own types and of those it is used with: figures, charts and tables.
 * {@link unroll.kernel.UnrollLibrary} names them all.
 */
package unroll.kernel.render;
