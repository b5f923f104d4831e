package unroll.cuda;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;
import unroll.backend.Recurrence.Activations;
import unroll.backend.Recurrence.Gradients;
import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

/**
 * Recurrent layers by cuDNN, a whole sequence a call. The weights are packed into cuDNN's order
 * once after every change. Shapes that cuDNN doesn't have, and empty ones, go to the own kernels.
 */
final class CudnnLayers implements RecurrentLayers {

  /** cuDNN reads several numbers at once. */
  private static final int ALIGNMENT = 16;

  private static final int RESERVE_ALIGNMENT = 256;

  private final Engine engine;
  private final RecurrentLayers own;
  private final Cudnn library;
  private final DescriptorCache descriptors;
  private final boolean persistent;
  private final Supplier<MathMode> math;

  CudnnLayers(
      Engine engine,
      RecurrentLayers own,
      Cudnn library,
      CudaSettings.Layers choice,
      Supplier<MathMode> math) {
    this.engine = engine;
    this.own = own;
    this.library = library;
    this.descriptors = new DescriptorCache(engine, library);
    this.persistent = choice == CudaSettings.Layers.PERSISTENT;
    this.math = math;
  }

  /** The descriptors for a layer, or empty where the own kernels have to do it. */
  private Optional<LayerDescriptors> describe(Recurrence shape, boolean hasBias) {
    if (shape.rows() == 0) {
      return Optional.empty();
    }
    int mode = math.get().cudnnMath();
    Optional<LayerDescriptors> found =
        descriptors.get(new LayerPlan(shape, hasBias, persistent, mode));
    return found.isEmpty() && persistent
        ? descriptors.get(new LayerPlan(shape, hasBias, false, mode))
        : found;
  }

  @Override
  public synchronized int reserveLength(Recurrence shape) {
    return Math.max(reserveLength(shape, true), reserveLength(shape, false));
  }

  private int reserveLength(Recurrence shape, boolean hasBias) {
    return describe(shape, hasBias)
        .map(d -> Math.toIntExact((d.sizes().reserve() + RESERVE_ALIGNMENT + 3) / 4))
        .orElseGet(() -> own.reserveLength(shape));
  }

  /** The first address in a reserve that is aligned. */
  static long aligned(long address) {
    return (address + RESERVE_ALIGNMENT - 1) / RESERVE_ALIGNMENT * RESERVE_ALIGNMENT;
  }

  @Override
  public synchronized void forward(
      Recurrence shape, Weights weights, CudaBuffer input, State initial, Activations out) {
    Optional<LayerDescriptors> found = describe(shape, weights.biasIh() != null);
    if (found.isEmpty()) {
      own.forward(shape, weights, input, initial, out);
    } else {
      forward(found.get(), weights, input, initial, out);
    }
  }

  private void forward(
      LayerDescriptors layer, Weights weights, CudaBuffer input, State initial, Activations out) {
    boolean training = out.reserve() != null;
    CudaBuffer packed = packed(layer, weights);
    LayerDescriptors.Sizes sizes = layer.sizes();
    try (Aligned io = new Aligned(engine)) {
      CudaBuffer work =
          io.scratch().takeBytes(training ? sizes.trainingWork() : sizes.inferenceWork());
      long reserve = 0;
      if (training) {
        CudaBuffer place = CudaBuffer.of(out.reserve());
        place.storage().spent(place.offset(), false);
        reserve = aligned(place.write());
      }
      library.forward(
          layer,
          io.in(input),
          io.out(out.output()),
          io.in(initial.hidden()),
          io.out(out.last().hidden()),
          io.in(initial.cell()),
          io.out(out.last().cell()),
          packed.read(),
          work.write(),
          reserve);
    } finally {
      Reference.reachabilityFence(packed);
    }
  }

  @Override
  public synchronized void backward(
      Recurrence shape,
      Weights weights,
      CudaBuffer input,
      State initial,
      Activations saved,
      Gradients gradients) {
    Optional<LayerDescriptors> found = describe(shape, weights.biasIh() != null);
    if (found.isEmpty()) {
      own.backward(shape, weights, input, initial, saved, gradients);
    } else {
      renew(found.get(), weights, input, initial, saved);
      backward(found.get(), weights, input, initial, saved, gradients);
    }
  }

  /** Runs forward once more if a way back has used up what was kept. */
  private void renew(
      LayerDescriptors layer, Weights weights, CudaBuffer input, State initial, Activations saved) {
    CudaBuffer reserve = CudaBuffer.of(saved.reserve());
    if (reserve.storage().spent(reserve.offset(), true)) {
      try (Scratch scratch = new Scratch(engine.pool())) {
        CudaBuffer output = scratch.take(saved.output().length());
        State none = new State(null, null);
        forward(layer, weights, input, initial, new Activations(output, none, reserve));
      }
      reserve.storage().spent(reserve.offset(), true);
    }
  }

  private void backward(
      LayerDescriptors layer,
      Weights weights,
      CudaBuffer input,
      State initial,
      Activations saved,
      Gradients gradients) {
    CudaBuffer packed = packed(layer, weights);
    long reserve = aligned(CudaBuffer.of(saved.reserve()).write());
    boolean lstm = layer.plan().isLstm();
    try (Aligned io = new Aligned(engine)) {
      long work = io.scratch().takeBytes(layer.sizes().trainingWork()).write();
      long y = io.in(saved.output());
      long x = io.in(input);
      long hx = io.in(initial.hidden());
      Buffer dx = gradients.input() != null ? gradients.input() : io.scratch().take(input.length());
      library.backwardData(
          layer,
          y,
          io.in(gradients.output()),
          io.out(dx),
          hx,
          io.in(gradients.last().hidden()),
          io.out(gradients.initial().hidden()),
          lstm ? io.in(initial.cell()) : 0,
          lstm ? io.in(gradients.last().cell()) : 0,
          lstm ? io.out(gradients.initial().cell()) : 0,
          packed.read(),
          work,
          reserve);
      if (wanted(gradients.weights())) {
        CudaBuffer space = io.scratch().takeBytes(layer.sizes().weights());
        engine.driver().fill(space.write(), 0, space.length());
        library.backwardWeights(layer, x, hx, y, space.write(), work, reserve);
        unpack(layer.layout(), space, gradients.weights());
      }
    } finally {
      Reference.reachabilityFence(packed);
    }
  }

  private static boolean wanted(Weights to) {
    return to.weightIh() != null
        || to.weightHh() != null
        || to.biasIh() != null
        || to.biasHh() != null;
  }

  /** The weights in cuDNN's order: those of the last time, if nobody has written to them since. */
  private CudaBuffer packed(LayerDescriptors layer, Weights weights) {
    Storage holder = CudaBuffer.of(weights.weightIh()).storage();
    Packed last = holder.packed();
    if (last != null && last.holds(layer.plan(), weights)) {
      return last.space();
    }
    int length = Math.toIntExact((layer.sizes().weights() + 3) / 4);
    CudaBuffer space =
        last != null && last.space().length() == length
            ? last.space()
            : new CudaBuffer(Storage.of(engine.pool(), length), 0, length);
    Packed fresh = Packed.of(layer.plan(), weights, space);
    engine.driver().fill(space.write(), 0, space.length());
    for (WeightLayout.Piece piece : layer.layout().pieces()) {
      CudaBuffer from = CudaBuffer.of(piece.part().of(weights)).part(piece.from(), piece.length());
      engine.driver().copy(from.read(), space.write() + piece.at(), 4L * piece.length());
    }
    holder.packed(fresh);
    return space;
  }

  private void unpack(WeightLayout layout, CudaBuffer space, Weights to) {
    for (WeightLayout.Piece piece : layout.pieces()) {
      Buffer whole = piece.part().of(to);
      if (whole != null) {
        CudaBuffer place = CudaBuffer.of(whole).part(piece.from(), piece.length());
        engine.driver().copy(space.read() + piece.at(), place.write(), 4L * piece.length());
      }
    }
  }

  /**
   * cuDNN shows nobody its gates: they are computed once more by the own kernels. The last cell
   * state stays what the way forward made.
   */
  @Override
  public synchronized void gates(
      Recurrence shape,
      Weights weights,
      CudaBuffer input,
      State initial,
      Activations saved,
      Buffer gates,
      Buffer cells) {
    try (Scratch scratch = new Scratch(engine.pool())) {
      CudaBuffer output = scratch.take(saved.output().length());
      CudaBuffer reserve = scratch.take(own.reserveLength(shape));
      Activations again = new Activations(output, new State(null, null), reserve);
      own.forward(shape, weights, input, initial, again);
      own.gates(shape, weights, input, initial, again, gates, cells);
      Buffer last = saved.last().cell();
      if (cells != null && last != null && last.length() > 0) {
        int n = last.length();
        CudaBuffer end = CudaBuffer.of(cells).part(cells.length() - n, n);
        engine.driver().copy(CudaBuffer.of(last).read(), end.write(), 4L * n);
      }
    }
  }

  /** Buffers as cuDNN wants them: those that begin at an odd place go by a copy. */
  private static final class Aligned implements AutoCloseable {

    private final Engine engine;
    private final Scratch scratch;
    private final List<Runnable> after = new ArrayList<>();

    Aligned(Engine engine) {
      this.engine = engine;
      this.scratch = new Scratch(engine.pool());
    }

    Scratch scratch() {
      return scratch;
    }

    /** The address of an input, or 0 for no buffer. */
    long in(Buffer buffer) {
      if (buffer == null) {
        return 0;
      }
      CudaBuffer from = CudaBuffer.of(buffer);
      if (from.read() % ALIGNMENT == 0) {
        return from.read();
      }
      CudaBuffer copy = scratch.take(from.length());
      engine.driver().copy(from.read(), copy.write(), 4L * from.length());
      return copy.read();
    }

    /** The address of an output, or 0 for no buffer. */
    long out(Buffer buffer) {
      if (buffer == null) {
        return 0;
      }
      CudaBuffer to = CudaBuffer.of(buffer);
      if (to.read() % ALIGNMENT == 0) {
        return to.write();
      }
      CudaBuffer copy = scratch.take(to.length());
      after.add(() -> engine.driver().copy(copy.read(), to.write(), 4L * to.length()));
      return copy.write();
    }

    @Override
    public void close() {
      after.forEach(Runnable::run);
      scratch.close();
    }
  }
}
