package unroll.nd4j;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseScalarOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * z = f(x, number), element by element. As ND4J's own {@code ScalarAdd} and so on, which make an
 * array of the number each time; here it is made once.
 */
final class WithNumber extends BaseScalarOp {

  /** What it computes, by libnd4j's number. */
  enum Function {
    ADD(0),
    MULTIPLY(2);

    private final int number;

    Function(int number) {
      this.number = number;
    }
  }

  /** More are made anew: learning rates change all the time. */
  private static final int MANY = 256;

  private static final Map<Float, INDArray> NUMBERS = new ConcurrentHashMap<>();

  private final Function function;

  WithNumber(Function function, INDArray x, double number, INDArray z) {
    this.function = function;
    setX(x);
    setZ(z);
    setScalar(array((float) number));
  }

  private static INDArray array(float number) {
    if (NUMBERS.size() >= MANY) {
      NUMBERS.clear();
    }
    return NUMBERS.computeIfAbsent(number, n -> Nd4j.scalar(DataType.FLOAT, n));
  }

  @Override
  public int opNum() {
    return function.number;
  }

  @Override
  public String opName() {
    return "unroll_" + function + "_number";
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
