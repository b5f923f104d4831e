package unroll.tensor;

/** Rows of a table by their indices; the gradient adds each row's back to its place. */
final class Gather implements Operation.OfOne {

  private final int[] indices;

  private Gather(int[] indices) {
    this.indices = indices;
  }

  static Gather of(Shape table, int... indices) {
    for (int index : indices) {
      if (index < 0 || index >= table.size(0)) {
        throw new IndexOutOfBoundsException(
            "gather: index " + index + " is no row of a table " + table);
      }
    }
    return new Gather(indices.clone());
  }

  @Override
  public String name() {
    return "gather";
  }

  @Override
  public Tensor forward(Tensor table) {
    Tensor out = Tensor.empty(table.shape().with(0, indices.length), table.backend());
    table.backend().gather(table.shape().inner(0), table.buffer(), indices, out.buffer());
    return out;
  }

  @Override
  public Tensor gradient(Tensor table, Tensor y, Tensor g) {
    Tensor out = Tensor.filled(0, table.shape(), table.backend());
    table.backend().scatterAdd(table.shape().inner(0), g.buffer(), indices, out.buffer());
    return out;
  }
}
