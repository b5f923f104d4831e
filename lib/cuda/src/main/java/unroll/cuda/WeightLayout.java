package unroll.cuda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;

/**
 * Where a layer's weights lie in cuDNN's weight space. Its linear layers are the gates in our own
 * order, first those of the input, then those of the hidden state; each has a matrix [H, columns]
 * and a bias [H]. Pieces that follow one another on both sides are one.
 *
 * @param pieces what to copy
 * @param bytes the size of the weight space
 */
record WeightLayout(List<Piece> pieces, long bytes) {

  /** The four buffers of {@link Recurrence.Weights}. */
  enum Part {
    WEIGHT_IH,
    WEIGHT_HH,
    BIAS_IH,
    BIAS_HH;

    Buffer of(Recurrence.Weights weights) {
      return switch (this) {
        case WEIGHT_IH -> weights.weightIh();
        case WEIGHT_HH -> weights.weightHh();
        case BIAS_IH -> weights.biasIh();
        case BIAS_HH -> weights.biasHh();
      };
    }
  }

  /**
   * A run of numbers.
   *
   * @param part the buffer it is in
   * @param from its first number there
   * @param length how many numbers
   * @param at where it is in the weight space, in bytes
   */
  record Piece(Part part, int from, int length, long at) {}

  /**
   * Where cuDNN has put one linear layer.
   *
   * @param matrix offset in bytes
   * @param matrixLength how many numbers cuDNN says it has
   * @param bias offset in bytes; -1 for none
   * @param biasLength how many numbers, or 0
   */
  record LinearLayer(long matrix, long matrixLength, long bias, long biasLength) {}

  /**
   * The layout, from cuDNN's answers for all linear layers in order.
   *
   * @throws IllegalStateException if they do not fit our shapes, or lie outside of the space
   */
  static WeightLayout of(LayerPlan plan, List<LinearLayer> layers, long bytes) {
    Recurrence shape = plan.shape();
    int gates = shape.kind().gates();
    int hidden = shape.hiddenSize();
    List<Piece> all = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      LinearLayer layer = layers.get(i);
      boolean input = i < gates;
      int length = hidden * (input ? shape.inputSize() : hidden);
      int gate = i % gates;
      require(layer.matrixLength() == length, plan, i, "matrix", length, layer.matrixLength());
      Part matrix = input ? Part.WEIGHT_IH : Part.WEIGHT_HH;
      all.add(new Piece(matrix, gate * length, length, layer.matrix()));
      if (plan.hasBias()) {
        require(layer.biasLength() == hidden, plan, i, "bias", hidden, layer.biasLength());
        Part bias = input ? Part.BIAS_IH : Part.BIAS_HH;
        all.add(new Piece(bias, gate * hidden, hidden, layer.bias()));
      }
    }
    checkPlaces(plan, all, bytes);
    return new WeightLayout(joined(all), bytes);
  }

  private static void require(
      boolean right, LayerPlan plan, int layer, String what, long expected, long got) {
    if (!right) {
      throw new IllegalStateException(
          "cuda: cuDNN's %s of linear layer %d of %s should have %d numbers, and has %d"
              .formatted(what, layer, plan.shape(), expected, got));
    }
  }

  private static void checkPlaces(LayerPlan plan, List<Piece> pieces, long bytes) {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort(Comparator.comparingLong(Piece::at));
    long end = 0;
    for (Piece piece : sorted) {
      if (piece.at() < end || piece.at() % 4 != 0) {
        throw new IllegalStateException(
            "cuda: cuDNN's weight space of %s: %s lies in another's place"
                .formatted(plan.shape(), piece));
      }
      end = piece.at() + 4L * piece.length();
    }
    if (end > bytes) {
      throw new IllegalStateException(
          "cuda: cuDNN's weight space of %s has %d bytes, and weights up to %d"
              .formatted(plan.shape(), bytes, end));
    }
  }

  private static List<Piece> joined(List<Piece> pieces) {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort(Comparator.comparing(Piece::part).thenComparing(Piece::from));
    List<Piece> joined = new ArrayList<>();
    for (Piece next : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && follows(joined.get(last), next)) {
        Piece first = joined.get(last);
        joined.set(
            last,
            new Piece(first.part(), first.from(), first.length() + next.length(), first.at()));
      } else {
        joined.add(next);
      }
    }
    return List.copyOf(joined);
  }

  private static boolean follows(Piece first, Piece next) {
    return first.part() == next.part()
        && first.from() + first.length() == next.from()
        && first.at() + 4L * first.length() == next.at();
  }
}
