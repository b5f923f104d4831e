package unroll.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_GRU;
import static org.bytedeco.cuda.global.cudnn.CUDNN_LSTM;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_ALGO_PERSIST_STATIC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_ALGO_STANDARD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_DOUBLE_BIAS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_NO_BIAS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_RELU;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_TANH;

import java.util.Arrays;
import unroll.backend.Recurrence;

/**
 * The numbers that cuDNN's descriptors get for a layer. Two layers with equal plans share them.
 *
 * @param shape kind and sizes; one layer, one direction
 * @param hasBias with both biases, as PyTorch has them, or with none
 * @param persistent whether kernels stay on the device from step to step
 * @param math cuDNN's number for the rounding of products
 */
record LayerPlan(Recurrence shape, boolean hasBias, boolean persistent, int math) {

  int algorithm() {
    return persistent ? CUDNN_RNN_ALGO_PERSIST_STATIC : CUDNN_RNN_ALGO_STANDARD;
  }

  int cellMode() {
    return switch (shape.kind()) {
      case RNN_RELU -> CUDNN_RNN_RELU;
      case RNN_TANH -> CUDNN_RNN_TANH;
      case LSTM -> CUDNN_LSTM;
      case GRU -> CUDNN_GRU;
    };
  }

  int biasMode() {
    return hasBias ? CUDNN_RNN_DOUBLE_BIAS : CUDNN_RNN_NO_BIAS;
  }

  /** All sequences of the batch have all steps. */
  int[] sequenceLengths() {
    int[] lengths = new int[shape.batch()];
    Arrays.fill(lengths, shape.steps());
    return lengths;
  }

  /** A state's dimensions: layers times directions, batch, hidden. */
  int[] stateDimensions() {
    return new int[] {1, shape.batch(), shape.hiddenSize()};
  }

  int[] stateStrides() {
    return new int[] {shape.stateSize(), shape.hiddenSize(), 1};
  }

  /** How many pairs of a matrix and a bias a layer has: its gates from the input, then from h. */
  int linearLayers() {
    return 2 * shape.kind().gates();
  }

  boolean isLstm() {
    return shape.kind() == Recurrence.Kind.LSTM;
  }
}
