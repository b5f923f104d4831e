package unroll.io.onnx;

import java.util.List;
import java.util.Locale;

/**
 * An input or an output of a graph: {@code ValueInfoProto}.
 *
 * @param sizes a number each, or the name of a size that may vary
 */
record Port(String name, ElementType type, List<Object> sizes) {

  static Port of(String name, ElementType type, Object... sizes) {
    return new Port(name, type, List.of(sizes));
  }

  Message message() {
    Message shape = new Message();
    for (Object size : sizes) {
      Message dimension = new Message();
      if (size instanceof Integer number) {
        dimension.put(1, number.longValue());
      } else {
        dimension.put(2, size.toString());
      }
      shape.put(1, dimension);
    }
    Message tensor = new Message().put(1, type.number()).put(2, shape);
    return new Message().put(1, name).put(2, new Message().put(1, tensor));
  }

  /** {@code input float [time, batch, 3]}. */
  @Override
  public String toString() {
    return name + " " + type.name().toLowerCase(Locale.ROOT) + " " + sizes;
  }
}
