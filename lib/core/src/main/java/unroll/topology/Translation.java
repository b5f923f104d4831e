package unroll.topology;

import java.util.List;
import unroll.plot.Drawable;
import unroll.plot.Figure;
import unroll.plot.HeatMap;
import unroll.plot.Scale;
import unroll.trace.Trace;

/**
 * How a sentence was translated.
 *
 * @param source its words
 * @param target what was written, the end token too if it came
 * @param weights how much each step of writing looked at each word: [target][source], each row sums
 *     to one; no rows without attention
 * @param gates the encoder's gates and states along the words
 */
public record Translation(List<String> source, List<String> target, double[][] weights, Trace gates)
    implements Drawable {

  /**
   * Who looked at whom: words that were read across, words that were written down.
   *
   * @throws IllegalStateException if the network has no attention
   */
  public HeatMap attention() {
    if (weights.length == 0) {
      throw new IllegalStateException(
          "attention: the network has none; make it with EncoderDecoder.of(encoder, decoder, Attention.additive(size), pairs)");
    }
    return HeatMap.of("Attention", weights, source, Scale.GATE)
        .rowLabels(target)
        .axes("written word", "word that was read");
  }

  /** One gate, state or candidate of the encoder along the words, by its letter. */
  public HeatMap heatMap(String letter) {
    return gates.heatMap(letter);
  }

  /** Attention, or without it the encoder's gates. */
  @Override
  public Figure drawing() {
    return weights.length == 0 ? gates.gates() : attention();
  }

  /** The words that were read, and those that were written. */
  @Override
  public String toString() {
    return String.join(" ", source) + " → " + String.join(" ", target);
  }
}
