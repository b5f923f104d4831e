package unroll.determinism;

import static unroll.tensor.Tensors.abs;
import static unroll.tensor.Tensors.concat;
import static unroll.tensor.Tensors.exp;
import static unroll.tensor.Tensors.log;
import static unroll.tensor.Tensors.relu;
import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.sqrt;
import static unroll.tensor.Tensors.square;
import static unroll.tensor.Tensors.tanh;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.backend.Backends;
import unroll.loss.CrossEntropy;
import unroll.loss.Loss;
import unroll.nn.Attention;
import unroll.nn.Embedding;
import unroll.nn.Initializer;
import unroll.nn.LayerNorm;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.GruCell;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Recurrent;
import unroll.nn.recurrent.Rnn;
import unroll.optim.Adam;
import unroll.optim.Clip;
import unroll.optim.Optimizer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * A program of its own: trains a model that uses every operation for 30 steps and prints a digest
 * of all bits of its parameters. Sizes are odd and large enough for every path of the kernels.
 */
final class EveryOperation {

  private static final int VOCABULARY = 37;
  private static final int TIME = 23;
  private static final int BATCH = 19;
  private static final int STEPS = 30;

  private final Generator generator = Generator.of(7);
  private final Embedding embedding = Embedding.of(VOCABULARY, 33, generator);
  private final Lstm lstm = Lstm.of(33, 65, generator);
  private final LayerNorm norm = LayerNorm.of(65);
  private final Gru gru = Gru.of(65, 31, generator);
  private final Rnn rnn = Rnn.of(31, 40, generator);
  private final Rnn rectifier = Rnn.of(40, 17, generator).relu();
  private final Recurrent<Tensor> cell = Recurrent.over(GruCell.of(17, 9, generator));
  private final Linear head = Linear.of(9, VOCABULARY, generator);
  private final Attention attention = Attention.additive(40, 40, 11, generator);
  private final int[] lengths = new int[BATCH];
  private final Linear plain = Linear.of(40, 5, generator).withoutBias();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private EveryOperation() {
    Trainable[] parts = {embedding, lstm, norm, gru, rnn, rectifier, cell, head, plain, attention};
    gru.initialize("weight_hh*", Initializer.orthogonal().blocks(3), generator);
    Arrays.setAll(lengths, b -> 1 + b % TIME);
    for (int i = 0; i < parts.length; i++) {
      int part = i;
      parts[i].parameters().forEach((name, p) -> parameters.put(part + "." + name, p));
    }
  }

  /** Prints the digest. */
  public static void main(String[] args) throws NoSuchAlgorithmException {
    Backends.use("cpu");
    System.out.println(new EveryOperation().train());
  }

  private String train() throws NoSuchAlgorithmException {
    Optimizer adam = Adam.defaults().of(parameters.values(), 3e-3);
    for (int i = 0; i < STEPS; i++) {
      try (Tape tape = Tape.open()) {
        Gradients gradients = tape.backward(loss());
        double norm = Clip.globalNorm(parameters.values(), gradients);
        adam.step(gradients, Clip.scale(norm, 0.5));
      }
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Parameter p : parameters.values()) {
      for (double value : p.value().toArray()) {
        int bits = Float.floatToRawIntBits((float) value);
        digest.update(ByteBuffer.allocate(4).putInt(bits).array());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private Tensor loss() {
    Tensor x = embedding.lookup(random(), TIME, BATCH);
    Tensor a = norm.apply(lstm.apply(x));
    Tensor b = rnn.apply(gru.apply(a));
    Tensor logits = head.apply(cell.apply(rectifier.apply(b)));
    return CrossEntropy.of(logits, random()).plus(odds(b).times(0.1));
  }

  /** Every operation that no layer uses. */
  private Tensor odds(Tensor b) {
    Tensor last = b.get(TIME - 1);
    Tensor y = plain.apply(attention.attend(last, b, b, lengths).context());
    Tensor ratio = exp(y.times(0.1)).dividedBy(square(y).plus(1));
    Tensor mixed = concat(sigmoid(y), tanh(y).negate(), relu(y), abs(y.minus(0.2)));
    Tensor root = sqrt(log(square(last).plus(1.5))).max(last);
    Tensor product = root.transpose().matmul(mixed);
    Tensor softened = product.minus(product.max(0)).mean(1);
    Tensor target = Tensor.filled(0.25, softened.shape(), softened.backend());
    return Loss.meanSquaredError().of(softened, target).plus(ratio.sum().dividedBy(BATCH));
  }

  private int[] random() {
    int[] out = new int[TIME * BATCH];
    for (int i = 0; i < out.length; i++) {
      out[i] = generator.nextInt(VOCABULARY);
    }
    return out;
  }
}
