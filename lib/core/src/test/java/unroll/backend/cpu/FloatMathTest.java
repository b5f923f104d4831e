package unroll.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloatMathTest {

  /** A prime, so that all exponents and all parts of a mantissa are met. */
  private static final int STRIDE = 49_157;

  private static final float[] ARGUMENTS = arguments();

  enum Function {
    EXP(1.1),
    LOG(0.9),
    SIGMOID(2.6),
    TANH(2.6);

    final double tolerance;

    Function(double tolerance) {
      this.tolerance = tolerance;
    }

    double exact(double x) {
      return switch (this) {
        case EXP -> StrictMath.exp(x);
        case LOG -> StrictMath.log(x);
        case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
        case TANH -> StrictMath.tanh(x);
      };
    }

    float apply(float x) {
      return switch (this) {
        case EXP -> FloatMath.exp(x);
        case LOG -> FloatMath.log(x);
        case SIGMOID -> FloatMath.sigmoid(x);
        case TANH -> FloatMath.tanh(x);
      };
    }

    float[] apply(MapKernels kernels, float[] x) {
      float[] y = new float[x.length];
      switch (this) {
        case EXP -> kernels.exp(x.length, x, 0, y, 0);
        case LOG -> kernels.log(x.length, x, 0, y, 0);
        case SIGMOID -> kernels.sigmoid(x.length, x, 0, y, 0);
        case TANH -> kernels.tanh(x.length, x, 0, y, 0);
      }
      return y;
    }
  }

  @ParameterizedTest
  @EnumSource
  void wholeRange_isWithinTheStatedError(Function f) {
    double worst = 0;
    for (float x : ARGUMENTS) {
      double exact = f.exact(x);
      float rounded = (float) exact;
      float found = f.apply(x);
      if (f == Function.SIGMOID && x < -87) {
        assertThat(found).isZero();
      } else if (Float.isFinite(rounded) && Float.isFinite(found)) {
        worst = Math.max(worst, Math.abs(found - exact) / Math.ulp(rounded));
      } else {
        assertThat(Float.compare(found, rounded)).as("%s(%s) = %s", f, x, found).isZero();
      }
    }
    assertThat(worst).isBetween(0.5, f.tolerance);
  }

  @ParameterizedTest
  @EnumSource
  void vectors_giveTheSameBits(Function f) {
    float[] vectors = f.apply(Kernels.best().maps(), ARGUMENTS);
    float[] plain = f.apply(Kernels.plain().maps(), ARGUMENTS);
    assertThat(Arrays.mismatch(vectors, plain)).isEqualTo(-1);
    for (int i = 0; i < plain.length; i += 97) {
      assertThat(Float.compare(plain[i], f.apply(ARGUMENTS[i]))).isZero();
    }
  }

  private static float[] arguments() {
    List<Float> special =
        List.of(
            0f,
            -0f,
            1f,
            -1f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            88.72284f,
            -103.972f);
    int steps = (int) ((1L << 32) / STRIDE);
    float[] all = new float[special.size() + steps];
    for (int i = 0; i < special.size(); i++) {
      all[i] = special.get(i);
    }
    for (int i = 0; i < steps; i++) {
      all[special.size() + i] = Float.intBitsToFloat(i * STRIDE);
    }
    return all;
  }
}
