package unroll.io.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.tensor.Tensor;

/** A file that ONNX Runtime runs. */
final class OnnxSession implements AutoCloseable {

  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();

  OnnxSession(Path file) throws OrtException {
    session = ENVIRONMENT.createSession(file.toString());
  }

  OnnxSession input(String name, Tensor value) throws OrtException {
    double[] from = value.toArray();
    float[] numbers = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      numbers[i] = (float) from[i];
    }
    long[] shape = Arrays.stream(value.shape().sizes()).asLongStream().toArray();
    return input(name, OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(numbers), shape));
  }

  OnnxSession lengths(int... lengths) throws OrtException {
    long[] shape = {lengths.length};
    return input("lengths", OnnxTensor.createTensor(ENVIRONMENT, IntBuffer.wrap(lengths), shape));
  }

  OnnxSession tokens(int[] tokens, int time, int batch) throws OrtException {
    LongBuffer numbers = LongBuffer.wrap(Arrays.stream(tokens).asLongStream().toArray());
    return input("tokens", OnnxTensor.createTensor(ENVIRONMENT, numbers, new long[] {time, batch}));
  }

  private OnnxSession input(String name, OnnxTensor tensor) {
    inputs.put(name, tensor);
    return this;
  }

  /** Every output by name, on the current backend. */
  Map<String, Tensor> run() throws OrtException {
    Map<String, Tensor> found = new LinkedHashMap<>();
    try (OrtSession.Result results = session.run(inputs)) {
      for (Map.Entry<String, ai.onnxruntime.OnnxValue> entry : results) {
        OnnxTensor tensor = (OnnxTensor) entry.getValue();
        FloatBuffer numbers = tensor.getFloatBuffer();
        double[] values = new double[numbers.remaining()];
        Arrays.setAll(values, numbers::get);
        long[] shape = tensor.getInfo().getShape();
        found.put(
            entry.getKey(),
            Tensor.of(values, Arrays.stream(shape).mapToInt(Math::toIntExact).toArray()));
      }
    }
    inputs.values().forEach(OnnxTensor::close);
    inputs.clear();
    return found;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
