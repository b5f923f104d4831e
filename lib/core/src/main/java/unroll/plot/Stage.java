package unroll.plot;

/**
 * One layer of a {@link NetworkDrawing}.
 *
 * @param name its name and sizes, such as "Lstm 1→32"; the first word stands in its boxes
 * @param shape what it gives out, such as "[T, B, 32]"
 * @param parameters how many parameters it has
 * @param flow how it is joined through time
 * @param steps at which steps it computes
 */
public record Stage(String name, String shape, long parameters, Flow flow, Steps steps) {
  /** How a layer is joined through time. */
  public enum Flow {
    /** Each step by itself. */
    APART,
    /** From the first step to the last: recurrent. */
    FORWARD,
    /** In both directions: recurrent and bidirectional. */
    BOTH
  }

  /** At which steps a layer computes. */
  public enum Steps {
    /** At each step. */
    ALL,
    /** At the first step only, as where a vector begins a sequence. */
    FIRST,
    /** At the last step only, as where a sequence becomes one vector. */
    LAST
  }

  /** Checks that the name is there and the count is not negative. */
  public Stage {
    if (name.isBlank() || parameters < 0) {
      throw new IllegalArgumentException(
          "Stage: needs a name and a count of parameters from 0 up, got \"%s\" and %d"
              .formatted(name, parameters));
    }
  }

  /** A layer that works on each step by itself, such as a linear layer. */
  public static Stage apart(String name, String shape, long parameters) {
    return new Stage(name, shape, parameters, Flow.APART, Steps.ALL);
  }

  /** A recurrent layer. */
  public static Stage recurrent(String name, String shape, long parameters) {
    return new Stage(name, shape, parameters, Flow.FORWARD, Steps.ALL);
  }

  /** A recurrent layer in both directions. */
  public static Stage bidirectional(String name, String shape, long parameters) {
    return new Stage(name, shape, parameters, Flow.BOTH, Steps.ALL);
  }

  /** The same layer at other steps. */
  public Stage at(Steps other) {
    return new Stage(name, shape, parameters, flow, other);
  }

  /** The first word of the name. */
  String kind() {
    return name.strip().split("\\s+", 2)[0];
  }

  String inWords() {
    String how =
        switch (flow) {
          case APART -> "";
          case FORWARD -> ", recurrent";
          case BOTH -> ", recurrent in both directions";
        };
    String when =
        switch (steps) {
          case ALL -> "";
          case FIRST -> ", at the first step";
          case LAST -> ", at the last step";
        };
    return name
        + " giving "
        + shape
        + how
        + when
        + ", "
        + Numbers.count(parameters)
        + " parameters";
  }
}
