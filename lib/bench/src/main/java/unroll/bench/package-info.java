/**
 * How fast Unroll is: {@code ./unroll bench}. The work of every benchmark is that of PyTorch's
 * side, {@code torch_peer.py}, so that the two can be compared. Start at {@link
 * unroll.bench.BenchCommand}.
 */
package unroll.bench;
