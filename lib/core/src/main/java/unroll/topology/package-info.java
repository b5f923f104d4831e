/**
 * What goes in and what comes out of a network: the four topologies. Start at {@link
 * unroll.topology.SequenceToSequence}.
 */
package unroll.topology;
