package unroll.backend.cpu;

/**
 * Exponential, logarithm, logistic function and hyperbolic tangent in single precision, made of
 * fused multiply-adds, divisions and bit operations alone, so that every machine computes the same
 * bits. The vector forms do the same operations lane by lane.
 *
 * <pre>
 * function   largest error over all floats
 * exp        1.1 ulp
 * log        0.9 ulp
 * sigmoid    2.6 ulp down to -87, 1.7e-38 below
 * tanh       2.6 ulp
 * </pre>
 *
 * <p>An exponential is taken apart as x = n ln 2 + r with |r| at most ln 2 / 2, and eʳ - 1 = r + r²
 * q(r) with a polynomial q; a logarithm as x = 2ᵉ m, with ln m = 2s + s z R(z), s = (m - 1) / (m +
 * 1), z = s². The coefficients are those of the smallest relative error (Remez), rounded one after
 * the other.
 */
public final class FloatMath {

  /** log₂ e. */
  public static final float LOG2_E = 0x1.715476p+0f;

  /** ln 2, its leading part. */
  public static final float LN2_HIGH = 0x1.62e43p-1f;

  /** ln 2, the rest. */
  public static final float LN2_LOW = -0x1.05c61p-29f;

  /** 1.5 2²³: a number added to it is rounded to an integer, in the low bits. */
  public static final float ROUND = 0x1.8p+23f;

  /** The bits of {@link #ROUND}. */
  public static final int ROUND_BITS = 0x4b400000;

  /** Coefficients of q, of ascending powers. */
  public static final float Q0 = 0x1.fffffep-2f;

  /** Of r. */
  public static final float Q1 = 0x1.5554aap-3f;

  /** Of r². */
  public static final float Q2 = 0x1.555798p-5f;

  /** Of r³. */
  public static final float Q3 = 0x1.122bf6p-7f;

  /** Of r⁴. */
  public static final float Q4 = 0x1.6acabap-10f;

  /** Coefficients of R, of ascending powers. */
  public static final float R0 = 0x1.55557ap-1f;

  /** Of z. */
  public static final float R1 = 0x1.995eccp-2f;

  /** Of z². */
  public static final float R2 = 0x1.31e23ep-2f;

  /** Below it eˣ rounds to zero. */
  public static final float EXP_LOW = -104f;

  /** Above it eˣ is infinite. */
  public static final float EXP_HIGH = 89f;

  /**
   * Below it e⁻ˣ is so large that sigmoid is taken for zero: its result would be subnormal soon.
   */
  public static final float SIGMOID_LOW = -87f;

  /** The bits of 1. */
  public static final int ONE_BITS = 0x3f800000;

  /** From here on tanh rounds to one; as e^(-2x). */
  public static final float TANH_LOW = -40f;

  /** The bits of √½, where the logarithm's m begins. */
  public static final int SQRT_HALF_BITS = 0x3f3504f3;

  /** What lifts a subnormal number into the normal range, 2²⁵. */
  public static final float LIFT = 0x1p25f;

  private FloatMath() {}

  /** eˣ; 0 below -104, infinite above 88.73. */
  public static float exp(float x) {
    float y = x < EXP_LOW ? EXP_LOW : x;
    y = y > EXP_HIGH ? EXP_HIGH : y;
    float shifted = Math.fma(y, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float e = 1 + reduced(y, n);
    // in two steps, so that subnormal results are rounded once and 2¹²⁸ does not overflow early
    int power = Float.floatToRawIntBits(shifted) - ROUND_BITS;
    int half = power >> 1;
    return e * powerOfTwo(half) * powerOfTwo(power - half);
  }

  /** 1 / (1 + e⁻ˣ), to full relative precision on both sides; 0 below -87, where it is 1.6e-38. */
  public static float sigmoid(float x) {
    float y = -Math.abs(x);
    float shifted = Math.fma(y, LOG2_E, ROUND);
    float e = 1 + reduced(y, shifted - ROUND);
    float z = y < SIGMOID_LOW ? 0 : e * scale(shifted);
    return (x < 0 ? z : 1) / (1 + z);
  }

  /** tanh x = (1 - e⁻²ˣ) / (1 + e⁻²ˣ). */
  public static float tanh(float x) {
    float y = -2 * Math.abs(x);
    y = y < TANH_LOW ? TANH_LOW : y;
    float shifted = Math.fma(y, LOG2_E, ROUND);
    float p = reduced(y, shifted - ROUND);
    float scale = scale(shifted);
    float m = Math.fma(scale, p, scale - 1);
    return Math.copySign(m / (2 + m), x);
  }

  /** ln x; -infinity at zero, NaN below. */
  public static float log(float x) {
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * LIFT : x);
    int shifted = bits - SQRT_HALF_BITS;
    int exponent = shifted >> 23;
    float m = Float.intBitsToFloat((shifted & 0x7fffff) + SQRT_HALF_BITS);
    float e = subnormal ? exponent - 25 : exponent;
    float f = m - 1;
    float s = f / (2 + f);
    float z = s * s;
    float rest = z * Math.fma(Math.fma(R2, z, R1), z, R0);
    float square = 0.5f * f * f;
    float low = Math.fma(s, square + rest, e * LN2_LOW);
    float result = Math.fma(e, LN2_HIGH, f - (square - low));
    if (x < Float.POSITIVE_INFINITY && x > 0) {
      return result;
    }
    return x == 0 ? Float.NEGATIVE_INFINITY : x < 0 ? Float.NaN : x;
  }

  /** eʳ - 1 for r = y - n ln 2. */
  private static float reduced(float y, float n) {
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, y));
    float q = Math.fma(Q4, r, Q3);
    q = Math.fma(q, r, Q2);
    q = Math.fma(q, r, Q1);
    q = Math.fma(q, r, Q0);
    return Math.fma(r * r, q, r);
  }

  /** 2ⁿ for a normal result: the low bits of shifted are n, and an exponent's place is bit 23. */
  private static float scale(float shifted) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + ONE_BITS);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }
}
