package unroll.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.ParameterBuffer;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Buffer;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * An optimizer that treats every parameter by itself, by one {@link Rule}. What it keeps beside
 * them bears PyTorch's names; the learning rate and the steps of each parameter are kept exactly.
 */
final class EachParameter implements Optimizer {

  private static final String RATE = "learning_rate";
  private static final String STEPS = "steps";

  /** What one step does to one parameter. */
  @FunctionalInterface
  interface Rule {
    void step(Site at, double learningRate);
  }

  private final String name;
  private final Rule rule;
  private final ParameterMemory memory;
  private final Scratch scaled;
  private final Scratch scratch;
  private final List<Site> sites = new ArrayList<>();
  private double learningRate;

  /**
   * @param name for messages
   * @param kinds what the rule keeps beside each parameter
   */
  EachParameter(
      String name, Collection<Parameter> parameters, double rate, List<String> kinds, Rule rule) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          name + ": learningRate must be positive and finite, got " + rate);
    }
    this.name = name;
    this.rule = rule;
    learningRate = rate;
    memory = new ParameterMemory(parameters, kinds);
    scaled = new Scratch(parameters);
    scratch = new Scratch(parameters);
    for (int i = 0; i < parameters.size(); i++) {
      sites.add(new Site(memory.parameter(i), memory.of(i)));
    }
  }

  /** One parameter in the middle of its step. */
  final class Site {

    private final Parameter parameter;
    private final List<ParameterBuffer> kept;
    private Buffer gradient;
    private boolean own;
    private long steps;

    private Site(Parameter parameter, List<ParameterBuffer> kept) {
      this.parameter = parameter;
      this.kept = kept;
    }

    Backend backend() {
      return parameter.backend();
    }

    Buffer value() {
      return parameter.value().buffer();
    }

    /** What is kept beside it, in the order of the kinds. */
    Buffer kept(int kind) {
      return kept.get(kind).buffer();
    }

    /** The gradient, scaled; only to be read. */
    Buffer gradient() {
      return gradient;
    }

    /** The gradient, scaled, in memory that may be written to. */
    Buffer ownGradient() {
      if (!own) {
        Buffer copy = scaled.of(parameter);
        backend().copy(1, copy.length(), gradient, 0, copy, 0);
        gradient = copy;
        own = true;
      }
      return gradient;
    }

    /** Memory for a moment. */
    Buffer scratch() {
      return scratch.of(parameter);
    }

    /**
     * 1 - beta^t with t its steps, this one included: what a running mean from zero falls short.
     */
    double correction(double beta) {
      return 1 - StrictMath.pow(beta, (double) steps);
    }

    private void step(Tensor arriving, double scale) {
      gradient = arriving.buffer();
      own = false;
      if (scale != 1) {
        Buffer copy = scaled.of(parameter);
        backend().affine(scale, gradient, 0, copy);
        gradient = copy;
        own = true;
      }
      steps++;
      rule.step(this, learningRate);
      gradient = null;
    }
  }

  @Override
  public void step(Gradients gradients, double scale) {
    for (Site site : sites) {
      Tensor gradient = gradients.of(site.parameter);
      if (gradient != null) {
        site.step(gradient, scale);
      }
    }
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  @Override
  public void learningRate(double rate) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          name + ": learningRate must be finite and not negative, got " + rate);
    }
    learningRate = rate;
  }

  @Override
  public Map<String, Tensor> state() {
    Backend backend = sites.isEmpty() ? Backends.current() : sites.get(0).backend();
    Map<String, Tensor> state = memory.state();
    state.put(RATE, ExactNumbers.tensor(backend, Double.doubleToRawLongBits(learningRate)));
    long[] steps = sites.stream().mapToLong(site -> site.steps).toArray();
    state.put(STEPS, ExactNumbers.tensor(backend, steps));
    return state;
  }

  @Override
  public void load(Map<String, Tensor> state) {
    Map<String, Shape> others =
        Map.of(RATE, ExactNumbers.shape(1), STEPS, ExactNumbers.shape(sites.size()));
    memory.check(name + ".load", state, others);
    memory.load(state);
    learningRate(Double.longBitsToDouble(ExactNumbers.of(state.get(RATE))[0]));
    long[] steps = ExactNumbers.of(state.get(STEPS));
    for (int i = 0; i < steps.length; i++) {
      sites.get(i).steps = steps[i];
    }
  }
}
