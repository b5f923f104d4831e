package unroll.plot;

/**
 * What the colours of a heat map mean: the values at both ends, and whether the middle is a zero
 * that values leave in two directions. A fixed scale makes heat maps comparable with each other.
 *
 * @param low the value at the lower end; values under it take its colour
 * @param high the value at the upper end, greater than {@code low}
 * @param diverging true for a scale whose middle is pale and whose ends are blue and vermilion
 */
public record Scale(double low, double high, boolean diverging) {
  /** Gates: 0 (closed) to 1 (open). */
  public static final Scale GATE = new Scale(0, 1, false);

  /** Candidates and hidden states of a tanh: -1 to 1, pale at 0. */
  public static final Scale TANH = new Scale(-1, 1, true);

  /** Checks that both ends are finite and in order. */
  public Scale {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "Scale: low must be finite and less than high, got " + low + " and " + high);
    }
  }

  /** A plain scale from {@code low} to {@code high}. */
  public static Scale of(double low, double high) {
    return new Scale(low, high, false);
  }

  /** A diverging scale from {@code -limit} to {@code limit}, pale at 0. */
  public static Scale symmetric(double limit) {
    return new Scale(-limit, limit, true);
  }

  /**
   * The narrowest symmetric scale with a round limit that holds all finite values; cell states have
   * no bound of their own.
   *
   * @param values [rows][columns]
   */
  public static Scale symmetric(double[][] values) {
    double limit = 0;
    for (double[] row : values) {
      for (double value : row) {
        if (Double.isFinite(value)) {
          limit = Math.max(limit, Math.abs(value));
        }
      }
    }
    return symmetric(limit == 0 ? 1 : Ticks.roundUp(limit));
  }

  /** Where a value lies between the ends: 0 at {@code low}, 1 at {@code high}, NaN for NaN. */
  double position(double value) {
    return (value - low) / (high - low);
  }

  ColourMap colours() {
    return diverging ? ColourMap.DIVERGING : ColourMap.SEQUENTIAL;
  }
}
