package unroll.nn.recurrent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import unroll.autograd.Parameter;
import unroll.nn.LayerNorm;

/** The parameters of cells with layer normalisation. */
final class Norms {

  private Norms() {}

  /**
   * Those of the gates, then those of the norms in the order of their names: {@code norm.weight}.
   */
  static Map<String, Parameter> parameters(GateWeights weights, Map<String, LayerNorm> norms) {
    Map<String, Parameter> all = new LinkedHashMap<>(weights.parameters());
    new TreeMap<>(norms)
        .forEach(
            (name, norm) -> norm.parameters().forEach((part, p) -> all.put(name + "." + part, p)));
    return Collections.unmodifiableMap(all);
  }
}
