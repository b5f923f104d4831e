package unroll.kernel.eval;

import java.util.List;
import tech.tablesaw.api.Table;
import unroll.kernel.magic.Variable;
import unroll.nn.Trainable;
import unroll.train.Models;
import unroll.train.Registry;
import unroll.train.Run;

/** Keeps the models, runs and tables of a session in the registry, by the names of variables. */
final class Keeping {
  private Keeping() {}

  /** Called after each cell. */
  static void keep(List<Variable> variables) {
    for (var variable : variables) {
      var value = variable.value();
      boolean kept = value instanceof Trainable || value instanceof Run || value instanceof Table;
      if (kept && !variable.name().startsWith("$")) {
        Registry.put(variable.name(), value);
        if (value instanceof Trainable model) {
          Models.name(model, variable.name());
        }
      }
    }
  }
}
