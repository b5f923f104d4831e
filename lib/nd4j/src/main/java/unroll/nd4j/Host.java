package unroll.nd4j;

/** Numbers on their way between ND4J's memory and Java's. */
final class Host {

  private Host() {}

  static float[] read(Nd4jBuffer from) {
    float[] values = new float[from.length()];
    from.storage().read(from.offset(), from.length()).get(values);
    return values;
  }

  static void write(float[] from, Nd4jBuffer to) {
    to.storage().write(to.offset(), to.length()).put(from, 0, to.length());
    to.storage().written(to.offset(), to.length());
  }
}
