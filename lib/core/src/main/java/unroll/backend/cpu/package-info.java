/** The default backend: single precision on the processor, the same bits everywhere. */
package unroll.backend.cpu;
