package unroll.kernel.magic;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Calls a method by its name: what a magic does with objects of any kind of network. */
final class Calls {
  private Calls() {}

  /**
   * Calls the public method of this name that takes these arguments.
   *
   * @throws MagicException if the object has none; says which it has
   * @throws Exception what the method throws
   */
  static Object call(Object target, String name, Object... arguments) throws Exception {
    var named =
        Arrays.stream(target.getClass().getMethods())
            .filter(method -> method.getName().equals(name) && !method.isBridge())
            .toList();
    for (var method : named) {
      if (takes(method, arguments)) {
        return invoke(method, target, arguments);
      }
    }
    var kinds =
        Arrays.stream(arguments)
            .map(a -> a == null ? "null" : a.getClass().getSimpleName())
            .collect(Collectors.joining(", "));
    var there =
        named.stream()
            .map(method -> name + "(" + types(method) + ")")
            .sorted()
            .collect(Collectors.joining(" or "));
    var kind = target.getClass().getSimpleName();
    throw new MagicException(
        there.isEmpty()
            ? "a %s has no %s".formatted(kind, name)
            : "a %s takes %s, got %s".formatted(kind, there, kinds));
  }

  private static String types(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", "));
  }

  private static boolean takes(Method method, Object... arguments) {
    var types = method.getParameterTypes();
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (!types[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Object invoke(Method method, Object target, Object... arguments) throws Exception {
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw (Error) thrown.getCause();
    }
  }
}
