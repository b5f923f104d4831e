package unroll.bench.convergence;

import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * A problem whose answer lies many steps behind the question. Examples are drawn as they are
 * needed, so there is no training part to learn by heart.
 */
interface Problem {

  /** What it is called on the command line. */
  String name();

  /** What {@link Score#value} is. */
  String metric();

  int inputSize();

  int outputSize();

  /** How a cell is trained for it. */
  Recipe recipe(String cell);

  /** Gives a new network, which has PyTorch's start, another one where the problem wants it. */
  default void start(String cell, Network network, Generator generator) {}

  /** What a cell should reach. */
  Goal goal(String cell);

  /** The mean loss over some new examples, a scalar. */
  Tensor loss(Network network, int batch, Generator generator);

  /**
   * How good a network is at some examples, which the generator decides.
   *
   * @param examples how many, at least
   */
  Score score(Network network, int examples, Generator generator);
}
