package unroll.bench.convergence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.optim.Adam;
import unroll.optim.Clip;
import unroll.optim.Optimizer;
import unroll.optim.Progress;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * Trains a network for a problem. The seed decides everything: weights, training examples,
 * validation examples, by which the training ends, and test examples, which are looked at once.
 */
final class Training {

  /** Examples that the training looks at to know when to end. */
  private static final int VALIDATION = 256;

  /** Examples that the result is about: as many as Hochreiter and Schmidhuber (1997) took. */
  private static final int TEST = 2560;

  private final Problem problem;
  private final String cell;
  private final Recipe recipe;
  private final long seed;
  private final Watcher watcher;
  private final Network network;
  private final List<Point> curve = new ArrayList<>();

  /** Is told how far a training is. */
  interface Watcher {
    void at(Point point, int steps);
  }

  Training(Problem problem, String cell, Recipe recipe, long seed, Watcher watcher) {
    this.problem = problem;
    this.cell = cell;
    this.recipe = recipe;
    this.seed = seed;
    this.watcher = watcher;
    Generator generator = generator(0);
    network =
        Network.of(cell, problem.inputSize(), recipe.hidden(), problem.outputSize(), generator);
    problem.start(cell, network, generator);
  }

  /** One stream of random numbers for each use. */
  private Generator generator(int use) {
    return Generator.of(4 * seed + use);
  }

  Result run() {
    long began = System.nanoTime();
    Collection<Parameter> parameters = network.parameters().values();
    Optimizer adam = Adam.defaults().of(parameters, recipe.learningRate());
    Generator examples = generator(1);
    int step = 0;
    int good = 0;
    while (step < recipe.steps() && good < recipe.looks()) {
      double share = (double) step / recipe.steps();
      Progress at = new Progress(step, share, 1, List.of());
      adam.learningRate(recipe.schedule().rate(recipe.learningRate(), at));
      try (Tape tape = Tape.open()) {
        Tensor loss = problem.loss(network, recipe.batch(), examples);
        Gradients gradients = tape.backward(loss);
        double norm = Clip.globalNorm(parameters, gradients);
        adam.step(gradients, Clip.scale(norm, recipe.clip()));
      }
      step++;
      if (step % recipe.every() == 0) {
        double value = problem.score(network, VALIDATION, generator(2)).value();
        curve.add(new Point(step, value));
        watcher.at(curve.get(curve.size() - 1), recipe.steps());
        good = recipe.enough().met(value) ? good + 1 : 0;
      }
    }
    Score score = problem.score(network, TEST, generator(3));
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Result(
        problem.name(),
        cell,
        seed,
        step,
        problem.metric(),
        score,
        problem.goal(cell),
        seconds,
        List.copyOf(curve));
  }
}
