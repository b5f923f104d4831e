/**
 * Networks as ONNX files, which other programs run. Start at {@link unroll.io.onnx.Onnx}. The
 * format is written by hand: {@code docs/decisions/0007-onnx.md} says why.
 */
package unroll.io.onnx;
