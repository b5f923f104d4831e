package unroll.backend.cpu;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;
import unroll.backend.Unary;

/**
 * Runs every operation of the {@code cpu} backend and prints a digest of all bits of its results.
 */
final class Digest {

  private final Backend backend;
  private final Random random = new Random(20_240_229);
  private final MessageDigest digest;

  Digest(Backend backend) {
    this.backend = backend;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  /** Prints the digest, then the device. */
  public static void main(String[] arguments) {
    Backend backend = Backends.named("cpu");
    System.out.println(new Digest(backend).everything());
    System.out.println(backend.device());
  }

  /** The digest of everything. */
  String everything() {
    elementwise();
    rows();
    products();
    for (Recurrence.Kind kind : Recurrence.Kind.values()) {
      int[][] sizes = {{9, 1, 31, 33}, {5, 3, 1, 1}, {12, 33, 40, 64}, {3, 16, 64, 200}};
      for (int[] s : sizes) {
        Recurrence shape = new Recurrence(kind, s[0], s[1], s[2], s[3]);
        List<double[]> results = Layers.run(backend, shape, s[1] != 3, s[3]);
        results.forEach(this::add);
      }
    }
    training();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void elementwise() {
    Buffer x = numbers(40_013, 90);
    Buffer y = numbers(40_013, 2);
    Buffer out = backend.allocate(x.length());
    for (Unary f : Unary.values()) {
      backend.map(f, x, out);
      add(out);
    }
    for (Binary f : Binary.values()) {
      backend.zip(f, x, y, out);
      add(out);
    }
    backend.affine(0.3, x, 0.7, out);
    backend.addScaled(-0.1, y, out);
    add(out);
    add(new double[] {backend.sumOfSquares(x)});
  }

  private void rows() {
    int rows = 67;
    int columns = 77;
    Buffer x = numbers(rows * columns, 5);
    Buffer out = backend.allocate(rows * columns);
    Buffer column = backend.allocate(rows);
    Buffer row = backend.allocate(columns);
    backend.sum(rows, columns, 1, x, column);
    add(column);
    backend.sum(1, rows, columns, x, row);
    add(row);
    backend.max(rows, columns, 1, x, column);
    add(column);
    int[] targets = random.ints(rows, 0, columns).toArray();
    backend.softmaxCrossEntropy(rows, columns, x, targets, column, out);
    add(column);
    add(out);
    backend.softmaxCrossEntropyGradient(rows, columns, out, targets, column, out);
    add(out);
    Buffer weight = numbers(columns, 1);
    Buffer bias = numbers(columns, 1);
    Buffer normal = backend.allocate(rows * columns);
    backend.layerNorm(rows, columns, x, weight, bias, 1e-5, normal, column, out);
    add(out);
    Buffer gradient = numbers(rows * columns, 1);
    Buffer biasGradient = backend.allocate(columns);
    backend.layerNormGradient(
        rows, columns, normal, column, weight, gradient, out, row, biasGradient);
    add(out);
    add(row);
    add(biasGradient);
  }

  private void products() {
    int[][] sizes = {{1, 1, 1}, {7, 33, 31}, {33, 65, 300}, {129, 47, 64}, {2, 512, 512}};
    for (int[] s : sizes) {
      for (int kind = 0; kind < 8; kind++) {
        Buffer a = numbers(s[0] * s[2], 1);
        Buffer b = numbers(s[1] * s[2], 1);
        Buffer out = numbers(s[0] * s[1], 1);
        backend.matmul((kind & 1) > 0, (kind & 2) > 0, s[0], s[1], s[2], a, b, out, (kind & 4) > 0);
        add(out);
      }
    }
  }

  private void training() {
    Buffer p = numbers(20_001, 1);
    Buffer m = backend.allocate(p.length());
    Buffer v = backend.allocate(p.length());
    backend.fill(m, 0);
    backend.fill(v, 0);
    for (int step = 1; step <= 3; step++) {
      Buffer g = numbers(p.length(), 0.1);
      double correction1 = 1 - Math.pow(0.9, step);
      double correction2 = 1 - Math.pow(0.999, step);
      backend.adam(p, g, m, v, 1e-3 / correction1, 0.9, 0.999, correction2, 1e-8);
    }
    add(p);
  }

  private Buffer numbers(int length, double scale) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) ((random.nextDouble() * 2 - 1) * scale);
    }
    Buffer buffer = backend.allocate(length);
    backend.write(numbers, buffer);
    return buffer;
  }

  private void add(Buffer buffer) {
    double[] numbers = new double[buffer.length()];
    backend.read(buffer, numbers);
    add(numbers);
  }

  private void add(double[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
    for (double number : numbers) {
      bytes.putLong(Double.doubleToLongBits(number));
    }
    digest.update(bytes.array());
  }
}
