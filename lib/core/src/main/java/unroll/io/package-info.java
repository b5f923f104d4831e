/**
 * Weights in files. {@link unroll.io.SafeTensors} reads and writes the safetensors format, which
 * PyTorch's users have too; {@link unroll.io.Parity} compares a layer with PyTorch's through such
 * files.
 */
package unroll.io;
