package unroll.nn;

import java.util.Arrays;
import unroll.autograd.Parameter;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Where parameters start. A matrix is [outputs, inputs], as everywhere in this library.
 *
 * <pre>{@code
 * lstm.initialize("weight_hh*", Initializer.orthogonal().blocks(4));   // each gate's by itself
 * linear.initialize("bias", Initializer.constant(0.1));
 * }</pre>
 *
 * <p>The numbers come from a generator: the same seed, the same numbers, to the bit. One's own is a
 * function of the generator and the sizes.
 */
@FunctionalInterface
public interface Initializer {

  /** Draws the numbers for a parameter of the given sizes, row major. */
  double[] draw(Generator generator, int... sizes);

  /** A parameter on the current backend. */
  default Parameter parameter(Generator generator, String name, int... sizes) {
    return Parameter.of(name, Tensor.of(draw(generator, sizes), sizes));
  }

  /**
   * The same for each of a number of blocks of rows by itself: the gates of a recurrent layer, four
   * of an LSTM in the order i, f, g, o, three of a GRU in the order r, z, n.
   *
   * @throws IllegalArgumentException if the count is less than one; when drawing, if the rows do
   *     not divide by it
   */
  default Initializer blocks(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Initializer.blocks: needs a count of at least 1, got " + count);
    }
    Initializer[] each = new Initializer[count];
    Arrays.fill(each, this);
    return blocks(each);
  }

  /**
   * A different start for each block of rows, from the first to the last: for an LSTM's bias {@code
   * blocks(constant(0), constant(1), constant(0), constant(0))} is a forget gate that keeps.
   */
  static Initializer blocks(Initializer... each) {
    Initializer[] blocks = each.clone();
    return (generator, sizes) -> {
      if (sizes.length < 1 || blocks.length == 0 || sizes[0] % blocks.length != 0) {
        throw new IllegalArgumentException(
            "Initializer.blocks: %d blocks do not divide the rows of %s; a gate too many?"
                .formatted(blocks.length, Shape.of(sizes)));
      }
      int[] block = sizes.clone();
      block[0] /= blocks.length;
      double[] all = new double[Shape.of(sizes).length()];
      for (int i = 0; i < blocks.length; i++) {
        double[] values = blocks[i].draw(generator, block);
        System.arraycopy(values, 0, all, i * values.length, values.length);
      }
      return all;
    };
  }

  /** One value everywhere. */
  static Initializer constant(double value) {
    return (generator, sizes) -> {
      double[] values = new double[Shape.of(sizes).length()];
      Arrays.fill(values, value);
      return values;
    };
  }

  /** Uniform in [low, high). */
  static Initializer uniform(double low, double high) {
    return (generator, sizes) -> {
      double[] values = new double[Shape.of(sizes).length()];
      generator.fillUniform(values, low, high);
      return values;
    };
  }

  /** Normal. */
  static Initializer normal(double mean, double standardDeviation) {
    return (generator, sizes) -> {
      double[] values = new double[Shape.of(sizes).length()];
      generator.fillNormal(values, mean, standardDeviation);
      return values;
    };
  }

  /**
   * Uniform between -1/√fan and 1/√fan: what PyTorch starts Linear (fan: inputs) and the recurrent
   * layers (fan: hidden units) with.
   */
  static Initializer uniform(int fan) {
    double bound = fan == 0 ? 0 : 1 / Math.sqrt(fan);
    return (generator, sizes) -> uniform(-bound, bound).draw(generator, sizes);
  }

  /**
   * Uniform with variance 2 / (inputs + outputs): the signal keeps its size in both directions
   * through a layer with tanh (Glorot and Bengio 2010). PyTorch's {@code xavier_uniform_}.
   */
  static Initializer xavierUniform() {
    return (generator, sizes) -> {
      double bound = Math.sqrt(6.0 / (Fan.in("xavierUniform", sizes) + Fan.out(sizes)));
      return uniform(-bound, bound).draw(generator, sizes);
    };
  }

  /** Normal with variance 2 / (inputs + outputs) (Glorot and Bengio 2010). */
  static Initializer xavierNormal() {
    return (generator, sizes) -> {
      double variance = 2.0 / (Fan.in("xavierNormal", sizes) + Fan.out(sizes));
      return normal(0, Math.sqrt(variance)).draw(generator, sizes);
    };
  }

  /**
   * Uniform with variance 2 / inputs: the signal keeps its size through a layer with a rectifier
   * (He et al. 2015). PyTorch's {@code kaiming_uniform_} for ReLU.
   */
  static Initializer heUniform() {
    return (generator, sizes) -> {
      double bound = Math.sqrt(6.0 / Fan.in("heUniform", sizes));
      return uniform(-bound, bound).draw(generator, sizes);
    };
  }

  /** Normal with variance 2 / inputs (He et al. 2015). */
  static Initializer heNormal() {
    return (generator, sizes) -> {
      double variance = 2.0 / Fan.in("heNormal", sizes);
      return normal(0, Math.sqrt(variance)).draw(generator, sizes);
    };
  }

  /**
   * A random rotation (Saxe et al. 2014): WᵀW = I, or WWᵀ = I if there are more columns than rows.
   * Recurrent weights that rotate neither shrink nor grow what they pass on. For weights of several
   * gates see {@link #blocks(int)}.
   */
  static Initializer orthogonal() {
    return orthogonal(1);
  }

  /** A random rotation times a gain. */
  static Initializer orthogonal(double gain) {
    return (generator, sizes) -> {
      double[] values = Orthogonal.draw(generator, sizes);
      Arrays.setAll(values, i -> gain * values[i]);
      return values;
    };
  }

  /**
   * Ones on the diagonal, otherwise zeros: the recurrent weights of the IRNN (Le et al. 2015), a
   * network of rectifiers that starts by remembering everything.
   */
  static Initializer identity() {
    return identity(1);
  }

  /** One number on the diagonal, otherwise zeros; less than one forgets (Le et al. 2015). */
  static Initializer identity(double scale) {
    return (generator, sizes) -> {
      int columns = Fan.in("identity", sizes);
      double[] values = new double[Shape.of(sizes).length()];
      for (int i = 0; i < Math.min(sizes[0], columns); i++) {
        values[i * columns + i] = scale;
      }
      return values;
    };
  }
}
