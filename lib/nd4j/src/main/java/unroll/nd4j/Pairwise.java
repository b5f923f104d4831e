package unroll.nd4j;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseTransformSameOp;

/**
 * z = f(x, y), element by element, as ND4J's own loop over two arrays. Its public operations,
 * {@code AddOp} and so on, take ten times as long on small arrays, for they go through a general
 * call with lists of arguments.
 */
final class Pairwise extends BaseTransformSameOp {

  /** What it computes, by libnd4j's number. */
  enum Function {
    ADD(0),
    DIVIDE(2),
    MULTIPLY(3),
    SUBTRACT(6);

    private final int number;

    Function(int number) {
      this.number = number;
    }
  }

  private final Function function;

  Pairwise(Function function, INDArray x, INDArray y, INDArray z) {
    super(x, y, z);
    this.function = function;
  }

  @Override
  public int opNum() {
    return function.number;
  }

  @Override
  public String opName() {
    return "unroll_" + function;
  }

  @Override
  public String onnxName() {
    return opName();
  }

  @Override
  public String tensorflowName() {
    return opName();
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException(opName() + ": gradients are the library's own");
  }
}
