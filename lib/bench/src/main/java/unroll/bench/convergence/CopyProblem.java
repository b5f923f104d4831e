package unroll.bench.convergence;

import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Tape;
import unroll.loss.CrossEntropy;
import unroll.nn.Initializer;
import unroll.optim.Schedule;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * Copy memory, in the form of Arjovsky, Shah and Bengio (2016), after Hochreiter and Schmidhuber
 * (1997): ten symbols, a long silence, a sign; then the network repeats the ten.
 *
 * <pre>
 * step       0 … 9    10 … delay+8   delay+9   delay+10 … delay+19
 * input      symbols  blank          sign      blank
 * target     blank    blank          blank     the symbols
 * input      [delay + 20, batch, 10]: one of 8 symbols, blank (8) or sign (9), one-hot
 * target     one of 8 symbols or blank (8) a step
 * </pre>
 *
 * <p>Who remembers nothing but the time says blank and then guesses: a mean cross-entropy of 10 ln
 * 8 / (delay + 20) nats a step.
 *
 * @param delay from the last symbol's step to that of its first repetition's sign, and one more
 */
record CopyProblem(int delay) implements Problem {

  static final int SYMBOLS = 8;
  static final int COUNT = 10;
  private static final int BLANK = SYMBOLS;
  private static final int SIGN = SYMBOLS + 1;
  private static final int CHUNK = 128;

  /** Some sequences, [time, batch, 10], and a target a step and sequence. */
  record Batch(double[] input, int[] target) {}

  @Override
  public String name() {
    return "copy-" + delay;
  }

  @Override
  public String metric() {
    return "cross-entropy";
  }

  @Override
  public int inputSize() {
    return SYMBOLS + 2;
  }

  @Override
  public int outputSize() {
    return SYMBOLS + 1;
  }

  int time() {
    return delay + 2 * COUNT;
  }

  /** The mean cross-entropy of who remembers nothing, in nats a step. */
  double memoryless() {
    return COUNT * Math.log(SYMBOLS) / time();
  }

  @Override
  public Recipe recipe(String cell) {
    boolean plain = cell.equals("RNN");
    return new Recipe(
        128,
        32,
        plain ? 1e-3 : 1e-2,
        Schedule.constant(),
        plain ? 1 : 0.05,
        plain ? 2000 : 5000,
        100,
        Goal.below(0.05 * memoryless()),
        3);
  }

  /**
   * Recurrent weights that rotate (Saxe et al. 2014), input weights large enough to tell one-hot
   * symbols apart, and gates that remember. The plain network keeps PyTorch's start.
   */
  @Override
  public void start(String cell, Network network, Generator generator) {
    if (!cell.equals("RNN")) {
      int gates = cell.equals("LSTM") ? 4 : 3;
      network.initialize("layer.weight_ih*", Initializer.normal(0, 2), generator);
      Initializer rotation = Initializer.orthogonal().blocks(gates);
      network.initialize("layer.weight_hh*", rotation, generator);
      MemoryStart.apply(cell, 3 * delay / 2, network, generator);
    }
  }

  @Override
  public Goal goal(String cell) {
    return cell.equals("RNN") ? Goal.fails(0.9 * memoryless()) : Goal.below(0.1 * memoryless());
  }

  Batch draw(int batch, Generator generator) {
    double[] input = new double[time() * batch * inputSize()];
    int[] target = new int[time() * batch];
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < time(); t++) {
        int at = t * batch + b;
        int symbol = t < COUNT ? generator.nextInt(SYMBOLS) : t == delay + 9 ? SIGN : BLANK;
        input[at * inputSize() + symbol] = 1;
        if (t < COUNT) {
          target[(delay + COUNT + t) * batch + b] = symbol;
        }
        if (t < delay + COUNT) {
          target[at] = BLANK;
        }
      }
    }
    return new Batch(input, target);
  }

  private Tensor input(Batch drawn, int batch) {
    return Tensor.of(drawn.input(), time(), batch, inputSize());
  }

  @Override
  public Tensor loss(Network network, int batch, Generator generator) {
    Batch drawn = draw(batch, generator);
    return CrossEntropy.of(network.each(input(drawn, batch)), drawn.target());
  }

  @Override
  public Score score(Network network, int examples, Generator generator) {
    double loss = 0;
    int recalled = 0;
    int count = 0;
    while (count < examples) {
      Batch drawn = draw(CHUNK, generator);
      try (Tape memory = Tape.blank()) {
        Tensor logits = network.each(input(drawn, CHUNK));
        loss += CHUNK * CrossEntropy.of(logits, drawn.target()).item();
        recalled += recalled(Tensors.argmax(logits), drawn.target());
      }
      count += CHUNK;
    }
    Map<String, Number> also = new LinkedHashMap<>();
    also.put("memoryless", memoryless());
    also.put("accuracy", recalled / (double) (count * COUNT));
    return new Score(loss / count, also);
  }

  /** How many of the repeated symbols are right. */
  private int recalled(int[] answers, int[] target) {
    int right = 0;
    for (int i = (delay + COUNT) * CHUNK; i < target.length; i++) {
      right += answers[i] == target[i] ? 1 : 0;
    }
    return right;
  }
}
