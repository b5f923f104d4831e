package unroll.topology;

import unroll.nn.Attention;
import unroll.nn.Embedding;
import unroll.nn.Linear;
import unroll.nn.recurrent.SequenceLayer;

/**
 * The parts of a network that write a word at a time, for those who take it elsewhere.
 *
 * <pre>
 * h = decoder(embedding(word before), state)
 * a = tanh(combine [context(h), h])     with attention; a = h without
 * logits = output a
 * </pre>
 *
 * @param embedding the words' vectors
 * @param decoder what carries the state
 * @param attention null for none
 * @param combine null without attention
 * @param output to a logit for each word
 */
public record WritingParts(
    Embedding embedding,
    SequenceLayer<?> decoder,
    Attention attention,
    Linear combine,
    Linear output) {}
