package unroll.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_FWD_MODE_INFERENCE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FWD_MODE_TRAINING;
import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_WGRAD_MODE_ADD;

import java.nio.charset.StandardCharsets;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.cudnn.cudnnDropoutStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.IntPointer;

/** cuDNN's routines for recurrent layers. Addresses are those of the device; 0 is none. */
final class Cudnn {

  private final Driver driver;
  private final cudnnContext handle = new cudnnContext();
  private final cudnnDropoutStruct noDropout = new cudnnDropoutStruct();

  Cudnn(Driver driver) {
    this.driver = driver;
    synchronized (driver) {
      driver.enter();
      check(cudnn.cudnnCreate(handle), "cudnnCreate");
      check(cudnn.cudnnSetStream(handle, driver.stream()), "cudnnSetStream");
      check(cudnn.cudnnCreateDropoutDescriptor(noDropout), "cudnnCreateDropoutDescriptor");
      check(
          cudnn.cudnnSetDropoutDescriptor(noDropout, handle, 0, null, 0, 0),
          "cudnnSetDropoutDescriptor");
    }
  }

  /** The library's version: "cuDNN 9.25.0". */
  static String version() {
    long version = cudnn.cudnnGetVersion();
    return "cuDNN %d.%d.%d".formatted(version / 10000, version / 100 % 100, version % 100);
  }

  Driver driver() {
    return driver;
  }

  cudnnContext handle() {
    return handle;
  }

  cudnnDropoutStruct noDropout() {
    return noDropout;
  }

  /**
   * Runs a layer over a sequence.
   *
   * @param x [T, B, I]
   * @param y out: [T, B, H]
   * @param hx the first hidden state
   * @param hy out: the last one, or 0
   * @param cx the first cell state of an LSTM, or 0
   * @param cy out: the last one, or 0
   * @param reserve out: what the way back needs; 0 if there will be none
   */
  void forward(
      LayerDescriptors layer,
      long x,
      long y,
      long hx,
      long hy,
      long cx,
      long cy,
      long weights,
      long work,
      long reserve) {
    boolean training = reserve != 0;
    LayerDescriptors.Sizes sizes = layer.sizes();
    synchronized (driver) {
      driver.enter();
      int status =
          cudnn.cudnnRNNForward(
              handle,
              layer.layer(),
              training ? CUDNN_FWD_MODE_TRAINING : CUDNN_FWD_MODE_INFERENCE,
              lengths(layer),
              layer.input(),
              Address.orNull(x),
              layer.output(),
              Address.orNull(y),
              layer.state(),
              Address.orNull(hx),
              Address.orNull(hy),
              layer.cellState(),
              Address.orNull(cx),
              Address.orNull(cy),
              sizes.weights(),
              Address.orNull(weights),
              training ? sizes.trainingWork() : sizes.inferenceWork(),
              Address.orNull(work),
              training ? sizes.reserve() : 0,
              Address.orNull(reserve));
      check(status, "cudnnRNNForward");
    }
  }

  /**
   * The gradients of the input and the first state, after {@link #forward}; before {@link
   * #backwardWeights}. What is in {@code reserve} cannot be used for it again.
   *
   * @param dy the gradient of y
   * @param dx out: [T, B, I]
   * @param dhy the gradient of the last hidden state, or 0 for zero
   * @param dhx out: that of the first one, or 0
   * @param dcy as dhy
   * @param dcx as dhx
   */
  void backwardData(
      LayerDescriptors layer,
      long y,
      long dy,
      long dx,
      long hx,
      long dhy,
      long dhx,
      long cx,
      long dcy,
      long dcx,
      long weights,
      long work,
      long reserve) {
    LayerDescriptors.Sizes sizes = layer.sizes();
    synchronized (driver) {
      driver.enter();
      int status =
          cudnn.cudnnRNNBackwardData_v8(
              handle,
              layer.layer(),
              lengths(layer),
              layer.output(),
              Address.orNull(y),
              Address.orNull(dy),
              layer.input(),
              Address.orNull(dx),
              layer.state(),
              Address.orNull(hx),
              Address.orNull(dhy),
              Address.orNull(dhx),
              layer.cellState(),
              Address.orNull(cx),
              Address.orNull(dcy),
              Address.orNull(dcx),
              sizes.weights(),
              Address.orNull(weights),
              sizes.trainingWork(),
              Address.orNull(work),
              sizes.reserve(),
              Address.orNull(reserve));
      check(status, "cudnnRNNBackwardData_v8");
    }
  }

  /**
   * Adds the gradients of the weights, after {@link #backwardData}.
   *
   * @param gradients in and out: in the layout of the weights
   */
  void backwardWeights(
      LayerDescriptors layer, long x, long hx, long y, long gradients, long work, long reserve) {
    LayerDescriptors.Sizes sizes = layer.sizes();
    synchronized (driver) {
      driver.enter();
      int status =
          cudnn.cudnnRNNBackwardWeights_v8(
              handle,
              layer.layer(),
              CUDNN_WGRAD_MODE_ADD,
              lengths(layer),
              layer.input(),
              Address.orNull(x),
              layer.state(),
              Address.orNull(hx),
              layer.output(),
              Address.orNull(y),
              sizes.weights(),
              Address.orNull(gradients),
              sizes.trainingWork(),
              Address.orNull(work),
              sizes.reserve(),
              Address.orNull(reserve));
      check(status, "cudnnRNNBackwardWeights_v8");
    }
  }

  private static IntPointer lengths(LayerDescriptors layer) {
    return new IntPointer(new Address(layer.lengths().read()));
  }

  /**
   * Refuses a status that is not success; under the driver's lock.
   *
   * @throws IllegalStateException with cuDNN's words for it
   */
  void check(int status, String what) {
    if (status == CUDNN_STATUS_SUCCESS) {
      return;
    }
    byte[] buffer = new byte[1024];
    cudnn.cudnnGetLastErrorString(buffer, buffer.length);
    int end = 0;
    while (end < buffer.length && buffer[end] != 0) {
      end++;
    }
    String detail = new String(buffer, 0, end, StandardCharsets.UTF_8).strip();
    String text = cudnn.cudnnGetErrorString(status).getString();
    throw driver.failed(what, detail.isEmpty() ? text : text + ", " + detail);
  }
}
