package unroll.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.any.Assign;
import org.nd4j.linalg.api.ops.impl.transforms.comparison.CompareAndReplace;
import org.nd4j.linalg.api.ops.impl.transforms.comparison.CompareAndSet;
import org.nd4j.linalg.api.ops.impl.transforms.custom.GreaterThanOrEqual;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Max;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.api.ops.impl.transforms.same.OneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;
import unroll.backend.Binary;
import unroll.backend.Unary;

/** Functions of each number by itself, on arrays of any strides. */
final class Elementwise {

  private final Scratch scratch;

  Elementwise(Scratch scratch) {
    this.scratch = scratch;
  }

  static void run(Op op) {
    Nd4j.getExecutioner().exec(op);
  }

  /** out = f(x); the output may be the input. */
  void map(Unary f, INDArray x, INDArray out) {
    if (f == Unary.TANH) {
      scratch.with((int) out.length(), t -> tanh(x, t, out));
    } else {
      run(simple(f, x, out));
    }
  }

  /** ND4J's tanh is right to 1e-7, so it has few digits of small numbers; those are done anew. */
  private static void tanh(INDArray x, INDArray t, INDArray out) {
    run(new Square(x, t));
    affine(1.0 / 3, t, 1, t);
    run(new Pairwise(Pairwise.Function.DIVIDE, x, t, t)); // x / (1 + x²/3) = tanh x + x⁵/45 - ...
    run(new Tanh(x, out));
    run(new CompareAndReplace(out, t, out, Conditions.absLessThan(0.05)));
  }

  private static Op simple(Unary f, INDArray x, INDArray out) {
    return switch (f) {
      case NEGATE -> new Negative(x, out);
      case ABS -> new Abs(x, out);
      case SIGN -> new Sign(x, out);
      case SQUARE -> new Square(x, out);
      case SQRT -> new Sqrt(x, out);
      case EXP -> new Exp(x, out);
      case LOG -> new Log(x, out);
      case SIGMOID -> new Sigmoid(x, out);
      case TANH -> new Tanh(x, out);
      // ND4J's own makes zero of NaN
      case RELU -> new CompareAndSet(x, out, 0, Conditions.lessThan(0));
    };
  }

  static void add(INDArray a, INDArray b, INDArray out) {
    run(new Pairwise(Pairwise.Function.ADD, a, b, out));
  }

  static void multiply(INDArray a, INDArray b, INDArray out) {
    run(new Pairwise(Pairwise.Function.MULTIPLY, a, b, out));
  }

  static void copy(INDArray from, INDArray to) {
    run(new Assign(from, to));
  }

  /** out = f(a, b); the output may be an input. */
  void zip(Binary f, Nd4jBuffer a, Nd4jBuffer b, Nd4jBuffer out) {
    INDArray x = a.vector();
    INDArray y = b.vector();
    INDArray z = out.vector();
    switch (f) {
      case ADD -> add(x, y, z);
      case SUBTRACT -> run(new Pairwise(Pairwise.Function.SUBTRACT, x, y, z));
      case MULTIPLY -> multiply(x, y, z);
      case DIVIDE -> run(new Pairwise(Pairwise.Function.DIVIDE, x, y, z));
      case AT_LEAST -> atLeast(x, y, z);
      case MAXIMUM -> inTurn(a, b, out, (t) -> maximum(x, y, t, z));
      case SIGMOID_GRADIENT -> inTurn(a, b, out, (t) -> sigmoidGradient(x, y, t, z));
      case TANH_GRADIENT -> inTurn(a, b, out, (t) -> tanhGradient(x, y, t, z));
      case RELU_GRADIENT -> inTurn(a, b, out, (t) -> reluGradient(x, y, t, z));
    }
  }

  /** What needs a place for a first result: the output, unless an input lies there. */
  private void inTurn(Nd4jBuffer a, Nd4jBuffer b, Nd4jBuffer out, Scratch.Use use) {
    if (out.overlaps(a) || out.overlaps(b)) {
      scratch.with(out.length(), use);
    } else {
      use.with(out.vector());
    }
  }

  /** out = g y (1 - y); t may be out, unless that is g. */
  static void sigmoidGradient(INDArray y, INDArray g, INDArray t, INDArray out) {
    run(new TimesOneMinus(y, t));
    multiply(g, t, out);
  }

  /** out = g (1 - y²); t may be out, unless that is g. */
  static void tanhGradient(INDArray y, INDArray g, INDArray t, INDArray out) {
    run(new Square(y, t));
    run(new OneMinus(t, t));
    multiply(g, t, out);
  }

  private static void reluGradient(INDArray y, INDArray g, INDArray t, INDArray out) {
    run(new Step(y, t, 0));
    // g where t is one, otherwise t, which is zero: a product would make NaN of zero and infinity
    run(new CompareAndReplace(t, g, out, Conditions.greaterThan(0)));
  }

  /** The greater one, then NaN where a or b is that. */
  private static void maximum(INDArray a, INDArray b, INDArray t, INDArray out) {
    run(new Max(a, b, t));
    run(new CompareAndReplace(a, t, t, Conditions.absGreaterThanOrEqual(0)));
    run(new CompareAndReplace(b, t, out, Conditions.absGreaterThanOrEqual(0)));
  }

  private static void atLeast(INDArray a, INDArray b, INDArray out) {
    try (INDArray flags = Nd4j.createUninitializedDetached(DataType.BOOL, a.length())) {
      Nd4j.exec(new GreaterThanOrEqual(a, b, flags));
      copy(flags, out);
    }
  }

  /** out = scale x + shift. */
  static void affine(double scale, INDArray x, double shift, INDArray out) {
    INDArray from = x;
    if (scale != 1) {
      run(new WithNumber(WithNumber.Function.MULTIPLY, x, scale, out));
      from = out;
    }
    if (shift != 0) {
      run(new WithNumber(WithNumber.Function.ADD, from, shift, out));
    } else if (scale == 1) {
      copy(x, out);
    }
  }

  /** y += scale x. */
  void addScaled(double scale, Nd4jBuffer x, Nd4jBuffer y) {
    if (scale == 1) {
      add(y.vector(), x.vector(), y.vector());
    } else {
      Nd4j.getBlasWrapper().level1().axpy(y.length(), scale, x.vector(), y.vector());
    }
  }
}
