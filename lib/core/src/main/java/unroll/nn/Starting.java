package unroll.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import unroll.autograd.Parameter;
import unroll.tensor.Generator;

/** Gives parameters that there are a new start. */
final class Starting {

  private Starting() {}

  static void initialize(
      Trainable whole, String names, Initializer initializer, Generator generator) {
    Pattern pattern = Pattern.compile(Pattern.quote(names).replace("*", "\\E.*\\Q"));
    Map<Parameter, double[]> drawn = new LinkedHashMap<>();
    whole
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (pattern.matcher(name).matches()) {
                drawn.put(parameter, initializer.draw(generator, parameter.shape().sizes()));
              }
            });
    if (drawn.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.initialize: no parameter is called '%s'; there are %s"
              .formatted(whole.getClass().getSimpleName(), names, whole.parameters().keySet()));
    }
    drawn.forEach(Parameter::set);
  }
}
