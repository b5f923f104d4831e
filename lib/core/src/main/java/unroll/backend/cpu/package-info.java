/**
 * The default backend: single precision on the processor, the same bits everywhere. Start at {@link
 * unroll.backend.cpu.CpuBackend}. {@link unroll.backend.cpu.Kernels} are the inner loops, in plain
 * Java here and on the Vector API in a package of their own; around them stand the products, the
 * recurrent sequences, the threads and the workspace.
 */
package unroll.backend.cpu;
