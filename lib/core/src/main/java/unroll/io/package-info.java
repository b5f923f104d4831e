/**
 * Weights in files. {@link unroll.io.Weights} moves them between networks and files, PyTorch's
 * among them; {@link unroll.io.SafeTensors} is the format beneath; {@link unroll.io.Parity}
 * compares a layer with PyTorch's through such files.
 */
package unroll.io;
