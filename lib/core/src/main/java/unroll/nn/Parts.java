package unroll.nn;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Parameter;

/**
 * Finds the parameters of a network through its fields. One that is shared by several parts counts
 * once, under the first of its names.
 */
final class Parts {

  private Parts() {}

  static Map<String, Parameter> parameters(Object whole) {
    Map<String, Parameter> found = new LinkedHashMap<>();
    for (Field field : whole.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        collect(field.getName(), value(whole, field), found);
      }
    }
    return found;
  }

  private static void collect(String name, Object part, Map<String, Parameter> found) {
    if (part instanceof Parameter parameter) {
      add(name, parameter, found);
    } else if (part instanceof Trainable trainable) {
      trainable.parameters().forEach((inner, p) -> add(name + "." + inner, p, found));
    } else if (part instanceof Collection<?> parts) {
      int index = 0;
      for (Object element : parts) {
        collect(name + "." + index++, element, found);
      }
    }
  }

  private static void add(String name, Parameter parameter, Map<String, Parameter> found) {
    if (found.values().stream().noneMatch(known -> known == parameter)) {
      found.put(name, parameter);
    }
  }

  private static Object value(Object whole, Field field) {
    try {
      field.setAccessible(true);
      return field.get(whole);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "parameters: field %s of %s cannot be read; override parameters()"
              .formatted(field.getName(), whole.getClass().getSimpleName()),
          e);
    }
  }
}
