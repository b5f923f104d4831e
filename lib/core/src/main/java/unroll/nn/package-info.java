/**
 * Layers and what they are made of. Start at {@link unroll.nn.Layer}; anything with parameters is
 * {@link unroll.nn.Trainable}. {@link unroll.nn.Attention} looks back over a sequence; {@link
 * unroll.nn.Initializer} says where parameters start.
 */
package unroll.nn;
