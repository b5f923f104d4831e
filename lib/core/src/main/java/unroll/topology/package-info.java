/**
 * What goes in and what comes out of a network: the four topologies. {@link
 * unroll.topology.SequenceToSequence}: a series in, a series out, step by step, or characters, each
 * in, the next one out. {@link unroll.topology.SequenceToVector}: a sentence in, its feeling out.
 * {@link unroll.topology.VectorToSequence}: a picture in, a sentence out. {@link
 * unroll.topology.EncoderDecoder}: a sentence in, its translation out. What is written is written
 * by {@link unroll.topology.Decode}.
 */
package unroll.topology;
