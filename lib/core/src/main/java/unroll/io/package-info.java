/**
 * Weights in files. {@link unroll.io.SafeTensors} reads and writes the safetensors format, which
 * PyTorch's users have too; nothing here knows a network.
 */
package unroll.io;
