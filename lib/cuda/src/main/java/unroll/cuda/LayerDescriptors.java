package unroll.cuda;

import org.bytedeco.cuda.cudnn.cudnnRNNDataStruct;
import org.bytedeco.cuda.cudnn.cudnnRNNStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;

/**
 * What cuDNN knows of a layer.
 *
 * @param plan the numbers in the descriptors
 * @param layer the layer
 * @param input of [T, B, I]
 * @param output of [T, B, H]
 * @param state of [1, B, H]
 * @param lengths the lengths of the sequences, on the device
 * @param sizes what it needs
 * @param layout where its weights lie
 */
record LayerDescriptors(
    LayerPlan plan,
    cudnnRNNStruct layer,
    cudnnRNNDataStruct input,
    cudnnRNNDataStruct output,
    cudnnTensorStruct state,
    CudaBuffer lengths,
    Sizes sizes,
    WeightLayout layout) {

  /**
   * Bytes that a layer needs.
   *
   * @param weights the weight space
   * @param trainingWork the workspace of a way forward that keeps something, and of the way back
   * @param inferenceWork the workspace of a way forward alone
   * @param reserve what is kept for the way back
   */
  record Sizes(long weights, long trainingWork, long inferenceWork, long reserve) {}

  /** The state's descriptor where there is a cell state, otherwise null. */
  cudnnTensorStruct cellState() {
    return plan.isLstm() ? state : null;
  }
}
