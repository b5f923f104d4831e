package unroll.kernel.magic;

import java.util.List;
import unroll.nn.Trainable;
import unroll.trace.Trace;

/** {@code %trace}: what goes on inside a network. */
final class TraceMagic {
  private TraceMagic() {}

  static Magic magic() {
    return new Magic(
        "trace",
        "%trace MODEL INPUT [LETTER [LAYER]]",
        "Shows the gates and states of a model for an input, step by step.",
        "INPUT is what the model's trace takes: a text in quotes, windows of prices, a tensor."
            + " LETTER picks one gate or state (i, f, g, o and c of an LSTM; r, z and n of a GRU; h)"
            + " and LAYER a recurrent layer, from 0. As Java: model.trace(INPUT).heatMap(\"f\").",
        "%trace model \"not bad at all\" z",
        TraceMagic::evaluate,
        (before, word, context) ->
            switch (before.size()) {
              case 0 -> Variables.named(context, Trainable.class);
              case 2 -> List.of("i", "f", "g", "o", "c", "r", "z", "n", "h");
              default -> List.of();
            });
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    var pieces = Pieces.of(call.text());
    if (pieces.size() < 2 || pieces.size() > 4) {
      throw new MagicException("expected a model and an input, got '" + call.text() + "'");
    }
    Variables.requireKnown(context, pieces.get(0));
    var model = context.value(pieces.get(0));
    if (model == null) {
      throw new MagicException(pieces.get(0) + " is null");
    }
    Variables.requireKnown(context, pieces.get(1));
    var trace = trace(model, context.value(pieces.get(1)));
    if (pieces.size() == 2) {
      return trace;
    }
    if (!(trace instanceof Trace gates)) {
      throw new MagicException(
          "the trace of a " + model.getClass().getSimpleName() + " is shown as a whole");
    }
    var letter = Pieces.unquoted(pieces.get(2));
    return gates.heatMap(letter, pieces.size() == 4 ? layer(pieces.get(3)) : 0);
  }

  private static int layer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new MagicException("expected the number of a layer, got '" + text + "'");
    }
  }

  static Object trace(Object model, Object input) throws Exception {
    return Calls.call(model, "trace", input);
  }
}
