package unroll.kernel.display;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import tech.tablesaw.api.Table;
import unroll.autograd.Parameter;
import unroll.nn.Trainable;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.train.Run;

/**
 * What is said of a value in a list of variables.
 *
 * @param type its class, as one writes it
 * @param shape its sizes, as its kind has them; empty where it has none
 * @param bytes about how much memory its contents take; -1 where that is not known
 */
public record ValueFacts(String type, String shape, long bytes) {
  private static final int SAMPLE = 1_000;
  private static final int DEPTH = 6;
  private static final int HEADER = 16;
  private static final int REFERENCE = 4;

  /** The facts of a value, which may be null. */
  public static ValueFacts of(Object value) {
    return value == null
        ? new ValueFacts("null", "", 0)
        : new ValueFacts(type(value.getClass()), shape(value), bytes(value, 0));
  }

  /** The size in words; empty where it is not known. */
  public String size() {
    return bytes < 0 ? "" : Words.bytes(bytes);
  }

  private static String type(Class<?> type) {
    if (type.isArray()) {
      return type(type.getComponentType()) + "[]";
    }
    // nested classes by the whole of their names, JShell's wrapper apart
    var name = CellNames.clean(type.getName());
    name = name.substring(name.lastIndexOf('.') + 1);
    return type.isHidden() || type.isSynthetic() ? "a lambda" : name.replace('$', '.');
  }

  private static String shape(Object value) {
    if (value instanceof Tensor tensor) {
      return tensor.shape().toString();
    }
    if (value instanceof Parameter parameter) {
      return parameter.shape().toString();
    }
    if (value instanceof Trainable model) {
      return "%,d parameters".formatted(model.parameterCount());
    }
    if (value instanceof Table table) {
      return "%,d × %d".formatted(table.rowCount(), table.columnCount());
    }
    if (value instanceof Run run) {
      int epochs = run.history().size();
      return epochs + (epochs == 1 ? " epoch" : " epochs");
    }
    if (value instanceof CharSequence text) {
      return "%,d characters".formatted(text.length());
    }
    if (value instanceof Collection<?> many) {
      return "%,d".formatted(many.size());
    }
    if (value instanceof Map<?, ?> map) {
      return "%,d".formatted(map.size());
    }
    return value.getClass().isArray() ? lengths(value) : DataShapes.of(value);
  }

  /** {@code 3 × 4}; a question mark where rows differ. */
  private static String lengths(Object array) {
    var lengths = new ArrayList<String>();
    var level = new ArrayList<Object>();
    level.add(array);
    while (!level.isEmpty() && level.get(0) != null && level.get(0).getClass().isArray()) {
      var next = new ArrayList<Object>();
      var sizes = level.stream().mapToInt(a -> a == null ? 0 : Array.getLength(a)).distinct();
      var all = sizes.toArray();
      lengths.add(all.length == 1 ? "%,d".formatted(all[0]) : "?");
      for (var part : level.subList(0, Math.min(level.size(), SAMPLE))) {
        for (int i = 0; part != null && !isFlat(part) && i < Array.getLength(part); i++) {
          next.add(Array.get(part, i));
        }
      }
      level = next;
    }
    return String.join(" × ", lengths);
  }

  private static boolean isFlat(Object array) {
    return !array.getClass().getComponentType().isArray();
  }

  private static long bytes(Object value, int depth) {
    if (value instanceof Tensor tensor) {
      return bytes(tensor.shape(), tensor.backend().precision().bytes());
    }
    if (value instanceof Parameter parameter) {
      return bytes(parameter.shape(), parameter.backend().precision().bytes());
    }
    if (value instanceof Trainable model) {
      return model.parameters().values().stream().mapToLong(p -> bytes(p, depth)).sum();
    }
    if (value instanceof Table table) {
      return table.columns().stream()
          .mapToLong(column -> (long) column.size() * column.byteSize())
          .sum();
    }
    if (value instanceof CharSequence text) {
      return 2L * HEADER + text.length();
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
      return HEADER;
    }
    if (value instanceof Collection<?> many) {
      return HEADER + elements(many, depth);
    }
    if (value instanceof Map<?, ?> map) {
      return HEADER + add(elements(map.keySet(), depth), elements(map.values(), depth));
    }
    return value.getClass().isArray() ? array(value, depth) : -1;
  }

  private static long bytes(Shape shape, int each) {
    return (long) shape.length() * each;
  }

  private static long array(Object array, int depth) {
    var element = array.getClass().getComponentType();
    int length = Array.getLength(array);
    if (element.isPrimitive()) {
      return HEADER + (long) length * width(element);
    }
    return add(HEADER, elements(Arrays.asList((Object[]) array), depth));
  }

  private static int width(Class<?> primitive) {
    if (primitive == long.class || primitive == double.class) {
      return Long.BYTES;
    }
    if (primitive == int.class || primitive == float.class) {
      return Integer.BYTES;
    }
    return primitive == short.class || primitive == char.class ? Short.BYTES : 1;
  }

  /** From the first of them, drawn out to all; -1 if one of those is not known. */
  private static long elements(Collection<?> all, int depth) {
    long sum = 0;
    int counted = 0;
    for (var element : all) {
      if (counted == SAMPLE) {
        break;
      }
      long one = element == null ? 0 : depth == DEPTH ? -1 : bytes(element, depth + 1);
      if (one < 0) {
        return -1;
      }
      sum += one + REFERENCE;
      counted++;
    }
    return counted == 0 ? 0 : sum / counted * all.size();
  }

  private static long add(long a, long b) {
    return a < 0 || b < 0 ? -1 : a + b;
  }
}
