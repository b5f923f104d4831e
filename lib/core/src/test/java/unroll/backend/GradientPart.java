package unroll.backend;

/** A gradient that the way back through a recurrent layer can be asked for. */
enum GradientPart {
  INPUT,
  WEIGHT_IH,
  WEIGHT_HH,
  BIAS_IH,
  BIAS_HH,
  INITIAL_HIDDEN,
  INITIAL_CELL
}
