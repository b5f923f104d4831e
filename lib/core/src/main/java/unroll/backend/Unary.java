package unroll.backend;

/** Elementwise functions of one number, y = f(x). */
public enum Unary {
  /** y = -x */
  NEGATE,
  /** y = |x| */
  ABS,
  /** y = 1 for x &gt; 0, -1 for x &lt; 0, 0 otherwise */
  SIGN,
  /** y = x² */
  SQUARE,
  /** y = √x */
  SQRT,
  /** y = eˣ */
  EXP,
  /** y = ln x */
  LOG,
  /** y = 1 / (1 + e⁻ˣ) */
  SIGMOID,
  /** y = tanh x */
  TANH,
  /** y = max(x, 0); NaN stays NaN */
  RELU
}
