package unroll.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import unroll.nn.Trainable;
import unroll.tensor.Generator;

/**
 * Trainings side by side, one after the other, each from the same seed: which topology and which
 * settings converge, and which do not.
 *
 * <pre>{@code
 * Sweep.over(List.of(1e-1, 1e-2, 1e-3), rate -> model().fit(data, Fit.epochs(20).learningRate(rate)))
 *
 * Sweep.models("RNN", h -> SequenceToSequence.of(Rnn.of(1, h), Linear.of(h, 1)))
 *     .and("LSTM", h -> SequenceToSequence.of(Lstm.of(1, h), Linear.of(h, 1)))
 *     .budget(5_000)
 *     .fit(model -> model.fit(data, Fit.epochs(20)))
 * }</pre>
 *
 * <p>The result has a {@linkplain SweepResult#table table}, a {@linkplain SweepResult#losses chart}
 * and a sentence for each. Interrupted, it keeps what is done, and {@link SweepResult#resume} goes
 * on.
 */
public final class Sweep {

  /** What has to be trained: a name, and how a new model is made and fitted. */
  record Trial(String name, long seed, Supplier<Run> fit) {}

  private Sweep() {}

  /**
   * A training for each of some settings.
   *
   * @param settings whose {@code toString} names them
   * @param fit makes a new model and fits it
   * @throws IllegalArgumentException if there are none, or two with one name
   */
  public static <T> SweepResult over(List<T> settings, Function<T, Run> fit) {
    return over(settings, fit, Generator.session().state().seed());
  }

  /** {@link #over(List, Function)}, each once from every one of some seeds. */
  public static <T> SweepResult over(List<T> settings, Function<T, Run> fit, long... seeds) {
    Map<String, Supplier<Run>> named = new LinkedHashMap<>();
    for (T setting : settings) {
      add(named, String.valueOf(setting), () -> fit.apply(setting));
    }
    return run(named, seeds);
  }

  private static void add(Map<String, Supplier<Run>> named, String name, Supplier<Run> fit) {
    if (named.put(name, fit) != null) {
      throw new IllegalArgumentException("Sweep: there are two of the name '" + name + "'");
    }
  }

  /** Begins with a kind of model, made for a hidden size. */
  public static <M extends Trainable> Models<M> models(String name, IntFunction<M> make) {
    return new Models<M>(Map.of()).and(name, make);
  }

  /**
   * Kinds of models to be compared.
   *
   * @param <M> what they have in common
   */
  public static final class Models<M extends Trainable> {

    private final Map<String, IntFunction<M>> kinds;

    private Models(Map<String, IntFunction<M>> kinds) {
      this.kinds = kinds;
    }

    /** One more. */
    public Models<M> and(String name, IntFunction<M> make) {
      Map<String, IntFunction<M>> more = new LinkedHashMap<>(kinds);
      if (more.put(name, make) != null) {
        throw new IllegalArgumentException("Sweep: there are two of the name '" + name + "'");
      }
      return new Models<>(more);
    }

    /**
     * Gives each as many hidden units as a number of parameters allows, so that none wins by its
     * size.
     *
     * @throws IllegalArgumentException if one does not fit even with a single hidden unit
     */
    public Budgeted<M> budget(long parameters) {
      Map<String, Supplier<M>> sized = new LinkedHashMap<>();
      kinds.forEach(
          (name, make) -> {
            int hidden = hiddenSize(parameters, make);
            sized.put(name + " " + hidden, () -> make.apply(hidden));
          });
      return new Budgeted<>(sized);
    }
  }

  /**
   * Models of about the same number of parameters.
   *
   * @param <M> what they have in common
   */
  public static final class Budgeted<M extends Trainable> {

    private final Map<String, Supplier<M>> models;

    private Budgeted(Map<String, Supplier<M>> models) {
      this.models = models;
    }

    /** Fits each; its hidden size stands behind its name. */
    public SweepResult fit(Function<M, Run> fit) {
      return fit(fit, Generator.session().state().seed());
    }

    /** Fits each once from every one of some seeds. */
    public SweepResult fit(Function<M, Run> fit, long... seeds) {
      Map<String, Supplier<Run>> named = new LinkedHashMap<>();
      models.forEach((name, model) -> named.put(name, () -> fit.apply(model.get())));
      return run(named, seeds);
    }
  }

  /**
   * The largest hidden size whose model has at most so many parameters. Draws nothing: the
   * session's generator is as before.
   *
   * @param make a model of a hidden size; more units must mean more parameters
   * @throws IllegalArgumentException if there is none
   */
  public static int hiddenSize(long parameters, IntFunction<? extends Trainable> make) {
    Generator.State before = Generator.session().state();
    try {
      long least = make.apply(1).parameterCount();
      if (least > parameters) {
        throw new IllegalArgumentException(
            "Sweep: a budget of %d parameters is too small, one hidden unit takes %d"
                .formatted(parameters, least));
      }
      int fits = 1;
      while (make.apply(2 * fits).parameterCount() <= parameters) {
        fits *= 2;
      }
      for (int step = fits / 2; step >= 1; step /= 2) {
        fits += make.apply(fits + step).parameterCount() <= parameters ? step : 0;
      }
      return fits;
    } finally {
      Generator.session().restore(before);
    }
  }

  private static SweepResult run(Map<String, Supplier<Run>> named, long... seeds) {
    if (named.isEmpty() || seeds.length == 0) {
      throw new IllegalArgumentException("Sweep: there is nothing to run");
    }
    List<Trial> trials = new ArrayList<>();
    named.forEach(
        (name, fit) ->
            LongStream.of(seeds)
                .forEach(
                    seed -> {
                      String full = seeds.length == 1 ? name : name + ", seed " + seed;
                      trials.add(new Trial(full, seed, fit));
                    }));
    return new SweepResult(trials).resume();
  }
}
