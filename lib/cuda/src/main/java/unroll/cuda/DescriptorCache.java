package unroll.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FWD_MODE_INFERENCE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FWD_MODE_TRAINING;
import static org.bytedeco.cuda.global.cudnn.CUDNN_LINEAR_INPUT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_PADDED_IO_ENABLED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_NOT_SUPPORTED;
import static org.bytedeco.cuda.global.cudnn.CUDNN_UNIDIRECTIONAL;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.cuda.cudnn.cudnnRNNDataStruct;
import org.bytedeco.cuda.cudnn.cudnnRNNStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Makes cuDNN's descriptors for layers, and keeps those that were used last: sequences of a new
 * length need new ones. Not for several threads at once.
 */
final class DescriptorCache {

  private static final int MOST = 256;

  /** The statuses from 3000 to 3999 say that something is not supported. */
  private static final int NOT_SUPPORTED_END = CUDNN_STATUS_NOT_SUPPORTED + 1000;

  private final Engine engine;
  private final Cudnn library;
  private final Map<LayerPlan, Optional<LayerDescriptors>> kept =
      new LinkedHashMap<>(16, 0.75f, true);

  DescriptorCache(Engine engine, Cudnn library) {
    this.engine = engine;
    this.library = library;
  }

  /** A layer's descriptors; empty if cuDNN has no such layer. */
  Optional<LayerDescriptors> get(LayerPlan plan) {
    Optional<LayerDescriptors> found = kept.get(plan);
    if (found == null) {
      while (kept.size() >= MOST) {
        LayerPlan eldest = kept.keySet().iterator().next();
        kept.remove(eldest).ifPresent(this::destroy);
      }
      found = make(plan);
      kept.put(plan, found);
    }
    return found;
  }

  private Optional<LayerDescriptors> make(LayerPlan plan) {
    CudaBuffer lengths =
        new CudaBuffer(Storage.of(engine.pool(), plan.shape().batch()), 0, plan.shape().batch());
    engine.write(plan.sequenceLengths(), lengths);
    Optional<cudnnRNNStruct> layer = layer(plan);
    if (layer.isEmpty()) {
      return Optional.empty();
    }
    cudnnRNNDataStruct input = sequence(plan, plan.shape().inputSize());
    Optional<LayerDescriptors.Sizes> needed = sizes(layer.get(), input);
    if (needed.isEmpty()) {
      return Optional.empty();
    }
    cudnnRNNDataStruct output = sequence(plan, plan.shape().hiddenSize());
    cudnnTensorStruct state = state(plan);
    LayerDescriptors.Sizes sizes = needed.get();
    WeightLayout layout;
    try (Scratch scratch = new Scratch(engine.pool())) {
      long base = scratch.takeBytes(sizes.weights()).write();
      layout = WeightLayout.of(plan, linearLayers(plan, layer.get(), base, sizes), sizes.weights());
    }
    return Optional.of(
        new LayerDescriptors(plan, layer.get(), input, output, state, lengths, sizes, layout));
  }

  private static boolean isNotSupported(int status) {
    return status >= CUDNN_STATUS_NOT_SUPPORTED && status < NOT_SUPPORTED_END;
  }

  private Optional<cudnnRNNStruct> layer(LayerPlan plan) {
    cudnnRNNStruct layer = new cudnnRNNStruct();
    int hidden = plan.shape().hiddenSize();
    synchronized (engine.driver()) {
      engine.driver().enter();
      library.check(cudnn.cudnnCreateRNNDescriptor(layer), "cudnnCreateRNNDescriptor");
      int status =
          cudnn.cudnnSetRNNDescriptor_v8(
              layer,
              plan.algorithm(),
              plan.cellMode(),
              plan.biasMode(),
              CUDNN_UNIDIRECTIONAL,
              CUDNN_LINEAR_INPUT,
              CUDNN_DATA_FLOAT,
              CUDNN_DATA_FLOAT,
              plan.math(),
              plan.shape().inputSize(),
              hidden,
              hidden, // no projection; 0 is refused
              1,
              library.noDropout(),
              CUDNN_RNN_PADDED_IO_ENABLED);
      if (isNotSupported(status)) {
        cudnn.cudnnDestroyRNNDescriptor(layer);
        return Optional.empty();
      }
      library.check(status, "cudnnSetRNNDescriptor_v8 " + plan);
      return Optional.of(layer);
    }
  }

  private cudnnRNNDataStruct sequence(LayerPlan plan, int features) {
    cudnnRNNDataStruct sequence = new cudnnRNNDataStruct();
    synchronized (engine.driver()) {
      engine.driver().enter();
      library.check(cudnn.cudnnCreateRNNDataDescriptor(sequence), "cudnnCreateRNNDataDescriptor");
      try (FloatPointer padding = new FloatPointer(0f)) {
        int status =
            cudnn.cudnnSetRNNDataDescriptor(
                sequence,
                CUDNN_DATA_FLOAT,
                CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED,
                plan.shape().steps(),
                plan.shape().batch(),
                features,
                plan.sequenceLengths(),
                padding);
        library.check(status, "cudnnSetRNNDataDescriptor");
      }
    }
    return sequence;
  }

  private cudnnTensorStruct state(LayerPlan plan) {
    cudnnTensorStruct state = tensor();
    synchronized (engine.driver()) {
      int status =
          cudnn.cudnnSetTensorNdDescriptor(
              state, CUDNN_DATA_FLOAT, 3, plan.stateDimensions(), plan.stateStrides());
      library.check(status, "cudnnSetTensorNdDescriptor");
    }
    return state;
  }

  private cudnnTensorStruct tensor() {
    cudnnTensorStruct tensor = new cudnnTensorStruct();
    synchronized (engine.driver()) {
      engine.driver().enter();
      library.check(cudnn.cudnnCreateTensorDescriptor(tensor), "cudnnCreateTensorDescriptor");
    }
    return tensor;
  }

  /** What a layer needs; empty if cuDNN has no such layer. */
  private Optional<LayerDescriptors.Sizes> sizes(cudnnRNNStruct layer, cudnnRNNDataStruct input) {
    synchronized (engine.driver()) {
      engine.driver().enter();
      try (SizeTPointer weights = new SizeTPointer(1);
          SizeTPointer work = new SizeTPointer(1);
          SizeTPointer inferenceWork = new SizeTPointer(1);
          SizeTPointer reserve = new SizeTPointer(1);
          SizeTPointer none = new SizeTPointer(1)) {
        int status =
            cudnn.cudnnGetRNNTempSpaceSizes(
                library.handle(), layer, CUDNN_FWD_MODE_TRAINING, input, work, reserve);
        if (isNotSupported(status)) {
          return Optional.empty();
        }
        library.check(status, "cudnnGetRNNTempSpaceSizes");
        library.check(
            cudnn.cudnnGetRNNWeightSpaceSize(library.handle(), layer, weights),
            "cudnnGetRNNWeightSpaceSize");
        library.check(
            cudnn.cudnnGetRNNTempSpaceSizes(
                library.handle(), layer, CUDNN_FWD_MODE_INFERENCE, input, inferenceWork, none),
            "cudnnGetRNNTempSpaceSizes");
        return Optional.of(
            new LayerDescriptors.Sizes(
                weights.get(), work.get(), inferenceWork.get(), reserve.get()));
      }
    }
  }

  /** Asks cuDNN where each linear layer lies in a weight space that begins at {@code base}. */
  private List<WeightLayout.LinearLayer> linearLayers(
      LayerPlan plan, cudnnRNNStruct layer, long base, LayerDescriptors.Sizes sizes) {
    List<WeightLayout.LinearLayer> layers = new ArrayList<>();
    cudnnTensorStruct matrix = tensor();
    cudnnTensorStruct bias = tensor();
    synchronized (engine.driver()) {
      for (int i = 0; i < plan.linearLayers(); i++) {
        Pointer matrixAt = new Address(0);
        Pointer biasAt = new Address(0);
        int status =
            cudnn.cudnnGetRNNWeightParams(
                library.handle(),
                layer,
                0,
                sizes.weights(),
                new Address(base),
                i,
                matrix,
                matrixAt,
                bias,
                biasAt);
        library.check(status, "cudnnGetRNNWeightParams");
        boolean hasBias = !biasAt.isNull();
        layers.add(
            new WeightLayout.LinearLayer(
                matrixAt.address() - base,
                length(matrix),
                hasBias ? biasAt.address() - base : -1,
                hasBias ? length(bias) : 0));
      }
      cudnn.cudnnDestroyTensorDescriptor(matrix);
      cudnn.cudnnDestroyTensorDescriptor(bias);
    }
    return layers;
  }

  private long length(cudnnTensorStruct tensor) {
    int most = 8;
    int[] type = new int[1];
    int[] rank = new int[1];
    int[] dimensions = new int[most];
    int[] strides = new int[most];
    library.check(
        cudnn.cudnnGetTensorNdDescriptor(tensor, most, type, rank, dimensions, strides),
        "cudnnGetTensorNdDescriptor");
    long length = 1;
    for (int i = 0; i < rank[0]; i++) {
      length *= dimensions[i];
    }
    return length;
  }

  private void destroy(LayerDescriptors old) {
    synchronized (engine.driver()) {
      cudnn.cudnnDestroyRNNDescriptor(old.layer());
      cudnn.cudnnDestroyRNNDataDescriptor(old.input());
      cudnn.cudnnDestroyRNNDataDescriptor(old.output());
      cudnn.cudnnDestroyTensorDescriptor(old.state());
    }
    old.lengths().storage().release();
  }
}
