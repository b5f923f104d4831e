package unroll.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import unroll.kernel.display.Listing;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.ValueFacts;
import unroll.train.Epoch;
import unroll.train.Models;
import unroll.train.Registry;

/** What the session holds. */
final class SessionMagics {
  private static final List<String> PRIMITIVES =
      List.of("int", "long", "double", "float", "boolean", "char", "byte", "short");

  private SessionMagics() {}

  static Magic models() {
    return new Magic(
        "models",
        "%models",
        "Lists the models that were trained in this session.",
        "They outlive the variables that held them: Models.get(\"NAME\").model() gives one back,"
            + " and .run() its training.",
        "%models",
        (call, context) -> {
          requireNoArguments(call);
          return models(Models.list());
        },
        Completion.none());
  }

  static MimeBundle models(List<Models.Entry> entries) {
    var rows =
        entries.stream()
            .map(
                entry ->
                    List.of(
                        entry.name(),
                        String.format(Locale.ROOT, "%,d", entry.model().parameterCount()),
                        entry.run().best().map(Epoch::score).map(SessionMagics::number).orElse("–"),
                        entry.run().toString()))
            .toList();
    var note = rows.isEmpty() ? "No model has been trained yet." : "";
    return new Listing(List.of("model", "parameters", "best loss", "training"), rows, note)
        .bundle();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  static Magic who() {
    return new Magic(
        "who",
        "%who [TEXT]",
        "Lists the variables with their types, shapes and sizes.",
        "With TEXT, those whose name or type contains it. Sizes of tensors and arrays are those of"
            + " their numbers; of collections, about what their elements take. Below stand the"
            + " names of models, runs and tables in the registry that no variable holds any more:"
            + " Registry.get(\"NAME\") gives one back.",
        "%who tensor",
        (call, context) -> who(call, context.variables()),
        (before, word, context) ->
            before.isEmpty()
                ? context.variables().stream().map(Variable::name).toList()
                : List.of());
  }

  private static MimeBundle who(MagicCall call, List<Variable> variables) {
    if (call.arguments().size() > 1) {
      throw new MagicException("expected one text at most, got '" + call.text() + "'");
    }
    var wanted = call.text().toLowerCase(Locale.ROOT);
    var rows = new ArrayList<List<String>>();
    for (var variable : variables) {
      var row = row(variable);
      boolean named = (row.get(0) + " " + row.get(1)).toLowerCase(Locale.ROOT).contains(wanted);
      if (named && !variable.name().startsWith("$")) {
        rows.add(row);
      }
    }
    return new Listing(List.of("variable", "type", "shape", "size"), rows, note(rows, variables))
        .bundle();
  }

  private static String note(List<List<String>> rows, List<Variable> variables) {
    var values = variables.stream().map(Variable::value).toList();
    var kept =
        Registry.names().stream()
            .filter(name -> values.stream().noneMatch(v -> v == Registry.get(name)))
            .toList();
    var note = rows.isEmpty() ? "There is no such variable. " : "";
    return (note + (kept.isEmpty() ? "" : "In the registry only: " + String.join(", ", kept)))
        .strip();
  }

  private static List<String> row(Variable variable) {
    var facts = ValueFacts.of(variable.value());
    // null and numbers have no class that would say more than the declaration
    boolean declared = variable.value() == null || PRIMITIVES.contains(variable.type());
    var type = declared ? variable.type() : facts.type();
    var shape = variable.value() == null ? "null" : facts.shape();
    return List.of(variable.name(), type, shape, variable.value() == null ? "" : facts.size());
  }

  /** What the registry holds, where there are no variables to ask. */
  static MimeBundle registry() {
    return who(
        MagicCall.parse("%who", java.util.Optional.empty()),
        Registry.names().stream().map(n -> new Variable(n, "", Registry.get(n))).toList());
  }

  static void requireNoArguments(MagicCall call) {
    if (!call.arguments().isEmpty()) {
      throw new MagicException("expected no arguments, got '" + call.text() + "'");
    }
  }
}
