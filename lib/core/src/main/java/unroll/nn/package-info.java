/**
 * Layers and what they are made of. Start at {@link unroll.nn.Layer}; anything with parameters is
 * {@link unroll.nn.Trainable}.
 */
package unroll.nn;
