package unroll.autograd;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Numbers for tests, from a seed. */
public final class Samples {

  private final Generator generator;
  private int count;

  private Samples(Generator generator) {
    this.generator = generator;
  }

  /** The same numbers for the same seed. */
  public static Samples of(long seed) {
    return new Samples(Generator.of(seed));
  }

  /** Numbers between two bounds. */
  public double[] values(int length, double low, double high) {
    double[] values = new double[length];
    generator.fillUniform(values, low, high);
    return values;
  }

  /** A tensor of numbers between -1 and 1. */
  public Tensor tensor(int... shape) {
    return Tensor.of(values(Shape.of(shape).length(), -1, 1), shape);
  }

  /** A parameter of numbers between -1 and 1. */
  public Parameter parameter(int... shape) {
    return parameter(-1, 1, shape);
  }

  /** A parameter of numbers between two bounds. */
  public Parameter parameter(double low, double high, int... shape) {
    double[] values = values(Shape.of(shape).length(), low, high);
    return Parameter.of("p" + count++, Tensor.of(values, shape));
  }

  /** New numbers between two bounds for parameters that there are. */
  public void redraw(Iterable<Parameter> parameters, double low, double high) {
    for (Parameter p : parameters) {
      p.set(values(p.shape().length(), low, high));
    }
  }

  /** A loss in which every element counts, each with a weight of its own. */
  public static Tensor weigh(Tensor y) {
    double[] weights = new double[y.shape().length()];
    Arrays.setAll(weights, i -> 1 + StrictMath.sin(3 * i + 1));
    return y.times(Tensor.of(weights, y.shape(), y.backend())).sum();
  }

  /** The gradient check of a function of some parameters. */
  public static GradientCheck.Result check(
      List<Parameter> inputs, Function<List<Tensor>, Tensor> f) {
    List<Tensor> values = inputs.stream().map(Parameter::value).toList();
    return GradientCheck.check(inputs, () -> weigh(f.apply(values)));
  }
}
