package unroll.train;

import java.util.Locale;
import java.util.Map;
import unroll.autograd.Origin;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * Finds where the first infinity or NaN arose: repeats the way forward and back of a step that
 * failed, with the same weights and the same random numbers, and looks at all that was computed.
 */
final class Autopsy {

  private static final String LOWER = "lower the learning rate or clip the gradients: clip(1)";

  private static final Finding NOTHING = new Finding("", "", 0, false, LOWER);

  private final Map<String, Parameter> parameters;
  private final Origin origin;

  private Autopsy(Map<String, Parameter> parameters, Origin origin) {
    this.parameters = parameters;
    this.origin = origin;
  }

  /** Looks into a step that was not made. */
  static Divergence of(Learning learning, Stepper.Result result) {
    Generator.State after = learning.generator.state();
    learning.generator.restore(result.before());
    Finding finding;
    try {
      finding = search(learning, result);
    } catch (RuntimeException e) { // it must not cost the training
      finding = NOTHING;
    } finally {
      learning.generator.restore(after);
    }
    return new Divergence(
        learning.history.size() + 1,
        learning.steps + 1,
        value(result),
        finding.layer(),
        finding.gate(),
        finding.timeStep() == 0 ? 0 : result.bad().from() + finding.timeStep(),
        finding.gradient(),
        finding.mend());
  }

  private static Finding search(Learning learning, Stepper.Result result) {
    try (Tape tape = Tape.open()) {
      Tensor loss = result.bad().forward(learning.objective).loss();
      Map<String, Parameter> parameters = learning.objective.model().parameters();
      return tape.origin(loss)
          .map(origin -> new Autopsy(parameters, origin).finding())
          .orElse(NOTHING);
    }
  }

  private record Finding(String layer, String gate, int timeStep, boolean gradient, String mend) {}

  private static String value(Stepper.Result result) {
    return Double.isFinite(result.loss())
        ? "the gradient became " + Divergence.word(result.norm())
        : "the loss became " + Divergence.word(result.loss());
  }

  private Finding finding() {
    if (origin.givenBad()) {
      return given();
    }
    String name = GateSearch.nameOf(origin.leaf(), parameters);
    boolean inside = origin.inputs().contains(origin.leaf());
    String operation = origin.operation().name();
    String layer = inside ? place(name) + operation : operation + after(name);
    GateSearch.Found gate = GateSearch.in(origin, parameters);
    int use = GateSearch.use(origin, name);
    int timeStep = gate.timeStep() == 0 && use > 1 ? use : gate.timeStep();
    return new Finding(layer, gate.words(), timeStep, origin.isGradient(), mend(operation));
  }

  /** Something that was no number went in: a parameter, or the data. */
  private Finding given() {
    String operation = origin.operation().name();
    for (Tensor input : origin.inputs()) {
      String name = GateSearch.nameOf(input, parameters);
      if (!name.isEmpty() && !isFinite(input)) {
        GateSearch.Found gate = GateSearch.in(origin, parameters);
        String words = gate.words().isEmpty() ? name : gate.words() + ", in " + name + ",";
        return new Finding(place(name) + operation, words, gate.timeStep(), false, LOWER);
      }
    }
    String mend = "look for missing or infinite values in the data, and leave them out";
    return new Finding("the data, before " + operation, "", timeStepOfData(), false, mend);
  }

  private int timeStepOfData() {
    for (Tensor input : origin.inputs()) {
      if (!isFinite(input) && input.shape().rank() == 3) {
        int step = 0;
        while (isFinite(input.get(step))) {
          step++;
        }
        return step + 1;
      }
    }
    return origin.use() > 1 ? origin.use() : 0;
  }

  private String mend(String operation) {
    return switch (operation.toLowerCase(Locale.ROOT)) {
      case "log", "sqrt", "divide" ->
          "keep what " + operation + " gets away from zero, for example plus(1e-8); or " + LOWER;
      default ->
          origin.isGradient()
              ? "the gradient explodes: clip(1), a lower learning rate, or shorter parts: truncate"
              : LOWER;
    };
  }

  /** The layer of a parameter: {@code layer 0, }, {@code encoder.1, }. */
  private static String place(String parameter) {
    int dot = parameter.lastIndexOf('.');
    if (dot < 0) {
      return "";
    }
    String path = parameter.substring(0, dot);
    return (Character.isDigit(path.charAt(0)) ? "layer " + path : path) + ", ";
  }

  private static String after(String parameter) {
    return parameter.isEmpty() ? "" : " after " + parameter;
  }

  private static boolean isFinite(Tensor tensor) {
    for (double value : tensor.toArray()) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
