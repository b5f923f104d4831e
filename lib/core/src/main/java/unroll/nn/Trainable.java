package unroll.nn;

import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** Anything that has parameters. A record or class of layers and parameters need not say which. */
public interface Trainable {

  /**
   * Its parameters by name, in a fixed order. By default those of its record components or fields,
   * in the order of their declaration: a parameter under the component's name, a part's parameters
   * under the part's name, a dot and theirs ({@code gate.weight}), a list's parts under their index
   * ({@code layers.0.weight}). A parameter that several parts share counts once.
   */
  default Map<String, Parameter> parameters() {
    return Parts.parameters(this);
  }

  /** The number of numbers that can be learnt. */
  default long parameterCount() {
    return parameters().values().stream().mapToLong(p -> p.shape().length()).sum();
  }

  /**
   * Gives all parameters new numbers: those of another network, or of a file. Either all change or
   * none does.
   *
   * @param values a tensor for each of {@link #parameters}, under its name; on any backend
   * @throws IllegalArgumentException if a tensor is missing, superfluous, or of another shape than
   *     its parameter
   */
  default void load(Map<String, Tensor> values) {
    Loading.load(this, values);
  }

  /**
   * Moves all parameters to another backend, in place: {@code model.to("nd4j")}. Optimizers and
   * trainings follow; tensors stay where they are, and are moved by {@link Tensor#to}.
   *
   * @param backend its short name
   * @throws IllegalArgumentException if there is no such backend
   * @throws IllegalStateException if it cannot run here; the message says what to do
   */
  default void to(String backend) {
    to(Backends.named(backend));
  }

  /** Moves all parameters to another backend, in place. */
  default void to(Backend backend) {
    parameters().values().forEach(parameter -> parameter.to(backend));
  }

  /**
   * Gives some parameters a new start, with numbers from the session's generator: {@code
   * lstm.initialize("weight_hh*", Initializer.orthogonal().blocks(4))}.
   *
   * @param names the name of a parameter, or a pattern in which {@code *} stands for anything
   * @throws IllegalArgumentException if no parameter has such a name, or the start does not suit
   *     its shape
   */
  default void initialize(String names, Initializer initializer) {
    initialize(names, initializer, Generator.session());
  }

  /** {@link #initialize(String, Initializer)} with numbers from the given generator. */
  default void initialize(String names, Initializer initializer, Generator generator) {
    Starting.initialize(this, names, initializer, generator);
  }
}
