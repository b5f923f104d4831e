package unroll.topology;

import java.util.List;
import unroll.nn.Embedding;
import unroll.nn.Linear;
import unroll.nn.recurrent.SequenceLayer;

/**
 * The parts of a network that read a sequence before another is written, for those who take it
 * elsewhere.
 *
 * @param embedding the words' vectors
 * @param encoder what reads
 * @param bridge from what the encoder shows at the end to each part of the decoder's first state,
 *     state = tanh(W last + b); none where the encoder's state goes over as it is
 */
public record ReadingParts(Embedding embedding, SequenceLayer<?> encoder, List<Linear> bridge) {

  /** Keeps a copy of the list. */
  public ReadingParts {
    bridge = List.copyOf(bridge);
  }
}
