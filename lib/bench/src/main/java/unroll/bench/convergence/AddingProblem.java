package unroll.bench.convergence;

import java.util.Map;
import unroll.autograd.Tape;
import unroll.loss.Loss;
import unroll.optim.Schedule;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997, experiment 4), in the form of Le et al.
 * (2015): a sequence of numbers, two of them marked, one in either half; after the last step the
 * network says their sum.
 *
 * <pre>
 * input   [steps, batch, 2]: a number uniform in [0, 1), and the mark, 1 at two steps, else 0
 * target  [batch, 1]: the sum of the two marked numbers
 * </pre>
 *
 * <p>Who always says 1 has a mean squared error of 1/6, the variance of the sum. (Le et al. write
 * 0.1767.) A network that finds the marks has one near 0.
 *
 * @param steps the length of a sequence
 */
record AddingProblem(int steps) implements Problem {

  private static final int CHUNK = 128;

  /** Hochreiter and Schmidhuber count an answer as right that is nearer than this. */
  private static final double NEAR = 0.04;

  /** Some sequences and their sums. */
  record Batch(double[] input, double[] target) {}

  @Override
  public String name() {
    return "adding-" + steps;
  }

  @Override
  public String metric() {
    return "mean squared error";
  }

  @Override
  public int inputSize() {
    return 2;
  }

  @Override
  public int outputSize() {
    return 1;
  }

  @Override
  public Recipe recipe(String cell) {
    boolean plain = cell.equals("RNN");
    return new Recipe(
        64,
        32,
        plain ? 1e-3 : 5e-3,
        Schedule.constant(),
        1,
        plain ? 2000 : 4000,
        50,
        Goal.below(0.002),
        3);
  }

  @Override
  public void start(String cell, Network network, Generator generator) {
    MemoryStart.apply(cell, steps, network, generator);
  }

  @Override
  public Goal goal(String cell) {
    return cell.equals("RNN") ? Goal.fails(0.1) : Goal.below(0.01);
  }

  Batch draw(int batch, Generator generator) {
    double[] input = new double[steps * batch * 2];
    double[] target = new double[batch];
    for (int b = 0; b < batch; b++) {
      int first = generator.nextInt(steps / 2);
      int second = steps / 2 + generator.nextInt(steps - steps / 2);
      for (int t = 0; t < steps; t++) {
        double number = generator.nextFloat();
        boolean marked = t == first || t == second;
        input[(t * batch + b) * 2] = number;
        input[(t * batch + b) * 2 + 1] = marked ? 1 : 0;
        target[b] += marked ? number : 0;
      }
    }
    return new Batch(input, target);
  }

  @Override
  public Tensor loss(Network network, int batch, Generator generator) {
    Batch drawn = draw(batch, generator);
    Tensor input = Tensor.of(drawn.input(), steps, batch, 2);
    return Loss.meanSquaredError().of(network.last(input), Tensor.of(drawn.target(), batch, 1));
  }

  @Override
  public Score score(Network network, int examples, Generator generator) {
    double squares = 0;
    int near = 0;
    int count = 0;
    while (count < examples) {
      Batch drawn = draw(CHUNK, generator);
      double[] answers = answers(network, drawn);
      for (int b = 0; b < CHUNK; b++) {
        double error = answers[b] - drawn.target()[b];
        squares += error * error;
        near += Math.abs(error) < NEAR ? 1 : 0;
      }
      count += CHUNK;
    }
    return new Score(squares / count, Map.of("within 0.04", near / (double) count));
  }

  private double[] answers(Network network, Batch drawn) {
    try (Tape memory = Tape.blank()) {
      return network.last(Tensor.of(drawn.input(), steps, CHUNK, 2)).toArray();
    }
  }
}
