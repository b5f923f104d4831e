/**
 * Jupyter's messaging protocol 5.3 over ZeroMQ: the connection file, signed messages, the five
 * channels. Knows nothing of Java cells. A message that is malformed or wrongly signed is dropped
 * here. Start at {@link unroll.kernel.wire.Channels}.
 */
package unroll.kernel.wire;
