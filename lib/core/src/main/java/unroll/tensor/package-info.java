/**
 * Immutable arrays of numbers with a shape, and the operations on them, each with its gradient
 * beside it. Start at {@link unroll.tensor.Tensor}; {@link unroll.tensor.Tensors} has the functions
 * that read well when imported statically.
 */
package unroll.tensor;
