package unroll.kernel.magic;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import unroll.nn.Trainable;
import unroll.train.Fit;
import unroll.train.Run;

/** {@code %train}: trains a model on data. */
final class TrainMagic {
  private static final String RUN = "run";
  private static final String EPOCHS = "epochs";

  private TrainMagic() {}

  static Magic magic() {
    return new Magic(
        "train",
        "%train MODEL DATA [SETTING=VALUE]…\n%%train MODEL DATA",
        "Trains a model on data, as model.fit does, and leaves the training in the variable run.",
        "The settings are those of Fit: "
            + String.join(", ", settings())
            + ". Without epochs there are 10. In the cell form each stands in a line of its own."
            + " run=NAME leaves the training in another variable. A value is Java, without spaces"
            + " outside of brackets.",
        "%train model data epochs=80 learningRate=3e-3 clip=1 patience=10",
        TrainMagic::evaluate,
        TrainMagic::complete);
  }

  private static List<String> complete(List<String> before, String word, MagicContext context) {
    return switch (before.size()) {
      case 0 -> Variables.named(context, Trainable.class);
      case 1 ->
          context.variables().stream().filter(TrainMagic::isData).map(Variable::name).toList();
      default -> settings().stream().map(setting -> setting + "=").toList();
    };
  }

  private static boolean isData(Variable variable) {
    return variable.value() != null
        && variable.value().getClass().getPackageName().equals("unroll.data");
  }

  /** The methods of Fit that take one value and give changed settings. */
  private static List<String> settings() {
    var names = new ArrayList<>(List.of(EPOCHS));
    Arrays.stream(Fit.class.getMethods())
        .filter(m -> m.getReturnType() == Fit.class && m.getParameterCount() == 1)
        .filter(m -> !Modifier.isStatic(m.getModifiers()) && !m.getName().equals("upTo"))
        .map(java.lang.reflect.Method::getName)
        .distinct()
        .sorted()
        .forEach(names::add);
    return names;
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    var pieces = Pieces.of(call.text());
    if (pieces.size() < 2) {
      throw new MagicException("expected a model and data, got '" + call.text() + "'");
    }
    var given = new ArrayList<>(pieces.subList(2, pieces.size()));
    call.body().ifPresent(body -> given.addAll(lines(body)));
    var fit = new StringBuilder();
    var epochs = "10";
    var variable = RUN;
    for (var setting : given) {
      int equals = setting.indexOf('=');
      var name = equals < 0 ? setting : setting.substring(0, equals).strip();
      var value = equals < 0 ? "" : setting.substring(equals + 1).strip();
      requireSetting(setting, name, value);
      switch (name) {
        case RUN -> variable = value;
        case EPOCHS -> epochs = value;
        default -> fit.append('.').append(name).append('(').append(value).append(')');
      }
    }
    var model = Variables.value(context, pieces.get(0), Trainable.class, "a model");
    Variables.requireKnown(context, pieces.get(1));
    var data = context.value(pieces.get(1));
    var settings = (Fit) context.value("unroll.train.Fit.epochs(" + epochs + ")" + fit);
    var run = train(model, data, settings);
    Variables.declare(context, variable, run);
    return null;
  }

  private static List<String> lines(String body) {
    return body.lines()
        .map(line -> line.replaceFirst("(^|\\s)//.*", "").strip())
        .map(line -> line.endsWith(";") ? line.substring(0, line.length() - 1) : line)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static void requireSetting(String setting, String name, String value) {
    var known = new ArrayList<>(settings());
    known.add(RUN);
    if (!known.contains(name)) {
      throw new MagicException(
          "there is no setting "
              + name
              + Names.nearest(name, known).map(near -> "; did you mean " + near + "?").orElse("")
              + " (there are "
              + String.join(", ", known)
              + ")");
    }
    if (value.isEmpty()) {
      throw new MagicException("expected " + name + "=VALUE, got '" + setting + "'");
    }
  }

  static Run train(Trainable model, Object data, Fit settings) throws Exception {
    return (Run) Calls.call(model, "fit", data, settings);
  }
}
