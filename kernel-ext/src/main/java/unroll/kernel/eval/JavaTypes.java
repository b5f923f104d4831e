package unroll.kernel.eval;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Types as one writes them in a cell. */
final class JavaTypes {
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\.");

  private JavaTypes() {}

  /** A type with the full names of its classes; those of cells by the names they have there. */
  static String source(Type type) {
    if (type instanceof Class<?> plain) {
      var name = plain.getCanonicalName();
      return WRAPPER.matcher(name == null ? plain.getName() : name).replaceAll("");
    }
    if (type instanceof ParameterizedType generic) {
      return source(generic.getRawType())
          + Arrays.stream(generic.getActualTypeArguments())
              .map(JavaTypes::source)
              .collect(Collectors.joining(", ", "<", ">"));
    }
    if (type instanceof GenericArrayType array) {
      return source(array.getGenericComponentType()) + "[]";
    }
    if (type instanceof WildcardType wildcard) {
      if (wildcard.getLowerBounds().length > 0) {
        return "? super " + source(wildcard.getLowerBounds()[0]);
      }
      var bound = wildcard.getUpperBounds()[0];
      return bound == Object.class ? "?" : "? extends " + source(bound);
    }
    return type.getTypeName();
  }
}
