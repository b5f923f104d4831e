/**
 * Where numbers live and who computes with them. A {@link unroll.backend.Backend} works on flat
 * buffers and never sees a tensor; {@link unroll.backend.Backends} chooses one.
 */
package unroll.backend;
