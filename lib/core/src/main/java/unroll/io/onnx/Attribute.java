package unroll.io.onnx;

/** A setting of a node: {@code AttributeProto}. */
record Attribute(Message message) {

  private static final int NAME = 1;
  private static final int FLOAT_VALUE = 2;
  private static final int INT_VALUE = 3;
  private static final int STRING_VALUE = 4;
  private static final int INT_VALUES = 8;
  private static final int STRING_VALUES = 9;
  private static final int TYPE = 20;

  static Attribute of(String name, long value) {
    return new Attribute(start(name, 2).put(INT_VALUE, value));
  }

  static Attribute of(String name, float value) {
    return new Attribute(start(name, 1).put(FLOAT_VALUE, value));
  }

  static Attribute of(String name, String value) {
    return new Attribute(start(name, 3).put(STRING_VALUE, value));
  }

  static Attribute list(String name, long... values) {
    Message message = start(name, 7);
    for (long value : values) {
      message.put(INT_VALUES, value);
    }
    return new Attribute(message);
  }

  static Attribute list(String name, String... values) {
    Message message = start(name, 8);
    for (String value : values) {
      message.put(STRING_VALUES, value);
    }
    return new Attribute(message);
  }

  private static Message start(String name, int type) {
    return new Message().put(NAME, name).put(TYPE, type);
  }
}
