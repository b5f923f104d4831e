package unroll.backend;

/**
 * Elementwise functions of two numbers. The three gradients take the function's own output y and
 * the gradient g that arrives at it.
 */
public enum Binary {
  /** a + b */
  ADD,
  /** a - b */
  SUBTRACT,
  /** a b */
  MULTIPLY,
  /** a / b */
  DIVIDE,
  /** max(a, b) */
  MAXIMUM,
  /** 1 where a &gt;= b, otherwise 0 */
  AT_LEAST,
  /** g y (1 - y), with a = y and b = g */
  SIGMOID_GRADIENT,
  /** g (1 - y²), with a = y and b = g */
  TANH_GRADIENT,
  /** g where y &gt; 0, otherwise 0, with a = y and b = g */
  RELU_GRADIENT
}
