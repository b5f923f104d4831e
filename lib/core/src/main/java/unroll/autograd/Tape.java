package unroll.autograd;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.tensor.Operation;
import unroll.tensor.Recorder;
import unroll.tensor.Tensor;

/**
 * Records the operations of its thread while it is open, and walks them back for gradients.
 *
 * <pre>{@code
 * try (Tape tape = Tape.open()) {
 *   Tensor loss = ...;
 *   Gradients gradients = tape.backward(loss);
 *   optimizer.step(gradients);
 * }
 * }</pre>
 *
 * <p>All results of operations inside the block use the tape's memory, which goes back to the
 * backend when the tape closes: a training loop runs in constant memory. Take a result out with
 * {@link Tensor#keep}. The way back is a loop, so a sequence may be as long as memory allows.
 */
public final class Tape implements Recorder, AutoCloseable {

  private record Entry(Operation operation, List<Tensor> inputs, List<Tensor> outputs) {}

  private record Memory(Backend backend, Buffer buffer) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Memory> memory = new ArrayList<>();
  private final Recorder before;
  private final boolean blank;
  private boolean recording;
  private boolean open = true;

  private Tape(boolean blank) {
    this.blank = blank;
    recording = !blank;
    before = Recorder.install(this);
  }

  /** Starts a tape on this thread; an outer one is silent until this one closes. */
  public static Tape open() {
    return new Tape(false);
  }

  /**
   * Starts a tape that owns memory and records nothing: for evaluating a model in constant memory.
   * Layers behave as they do outside of training, nothing is dropped.
   */
  public static Tape blank() {
    return new Tape(true);
  }

  /**
   * The gradients of a loss by every tensor that requires one. May be called again, for the same or
   * another loss.
   *
   * @param loss a tensor of one element, made while this tape was open
   * @throws IllegalArgumentException if the loss has more elements, depends on no parameter, or was
   *     computed on another tape
   * @throws IllegalStateException if this tape is closed, or blank
   */
  public Gradients backward(Tensor loss) {
    if (blank) {
      throw new IllegalStateException(
          "Tape.backward: a blank tape records nothing; start one with Tape.open()");
    }
    if (!open) {
      throw new IllegalStateException(
          "Tape.backward: the tape is closed; ask for gradients inside its try block");
    }
    if (loss.shape().length() != 1) {
      throw new IllegalArgumentException(
          "Tape.backward: the loss must have one element, it is %s; sum or mean it?"
              .formatted(loss.shape()));
    }
    if (!loss.requiresGradient()) {
      throw new IllegalArgumentException(
          "Tape.backward: the loss depends on no parameter; was it computed inside the tape?");
    }
    recording = false;
    try {
      IdentityHashMap<Tensor, Tensor> found = new IdentityHashMap<>();
      found.put(loss, Tensor.filled(1, loss.shape(), loss.backend()));
      boolean known = false;
      for (int i = entries.size() - 1; i >= 0; i--) {
        known = known || isOutput(loss, entries.get(i));
        walk(entries.get(i), found);
      }
      if (!known) {
        throw new IllegalArgumentException(
            "Tape.backward: the loss was not computed on this tape; is another one open inside it?");
      }
      return new Gradients(found);
    } finally {
      recording = true;
    }
  }

  /**
   * Where the first number arose that is none, an infinity or NaN: on the way forward, or else on
   * the way back from a loss. Reads every tensor, so it takes its time.
   *
   * @return empty if all numbers are finite
   */
  public Optional<Origin> origin(Tensor loss) {
    recording = false;
    try {
      OriginSearch search = new OriginSearch();
      for (Entry entry : entries) {
        if (search.forward(entry.operation(), entry.inputs(), entry.outputs())) {
          return search.found();
        }
      }
      IdentityHashMap<Tensor, Tensor> found = new IdentityHashMap<>();
      found.put(loss, Tensor.filled(1, loss.shape(), loss.backend()));
      for (int i = entries.size() - 1; i >= 0; i--) {
        Entry entry = entries.get(i);
        List<Tensor> arriving = arriving(entry, found);
        walk(entry, found);
        if (search.back(i, entry.operation(), entry.inputs(), entry.outputs(), arriving, found)) {
          return search.found();
        }
      }
      return Optional.empty();
    } finally {
      recording = true;
    }
  }

  private static boolean isOutput(Tensor tensor, Entry entry) {
    for (Tensor output : entry.outputs()) {
      if (output == tensor) {
        return true;
      }
    }
    return false;
  }

  private static void walk(Entry entry, IdentityHashMap<Tensor, Tensor> found) {
    List<Tensor> arriving = arriving(entry, found);
    boolean any = false;
    for (Tensor gradient : arriving) {
      any |= gradient != null;
    }
    if (!any) {
      return;
    }
    List<Tensor> leaving = entry.operation().gradient(entry.inputs(), entry.outputs(), arriving);
    for (int i = 0; i < leaving.size(); i++) {
      Tensor input = entry.inputs().get(i);
      if (leaving.get(i) != null && input.requiresGradient()) {
        found.merge(input, leaving.get(i), Tensor::plus);
      }
    }
  }

  /** The gradients by an operation's outputs; null where there is none. */
  private static List<Tensor> arriving(Entry entry, IdentityHashMap<Tensor, Tensor> found) {
    List<Tensor> arriving = new ArrayList<>(entry.outputs().size());
    for (Tensor output : entry.outputs()) {
      arriving.add(found.get(output));
    }
    return arriving;
  }

  @Override
  public void record(Operation operation, List<Tensor> inputs, List<Tensor> outputs) {
    if (recording) {
      entries.add(new Entry(operation, List.copyOf(inputs), outputs));
    }
  }

  @Override
  public Buffer allocate(Backend backend, int length) {
    Buffer buffer = backend.allocate(length);
    memory.add(new Memory(backend, buffer));
    return buffer;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isRecording() {
    return recording;
  }

  /** The recorder to go back to: tapes that were closed before their turn are passed over. */
  private static Recorder firstOpen(Recorder recorder) {
    Recorder found = recorder;
    while (found instanceof Tape tape && !tape.open) {
      found = tape.before;
    }
    return found;
  }

  /** Ends the recording and gives the memory back. Closing twice does nothing. */
  @Override
  public void close() {
    if (open) {
      open = false;
      if (Recorder.current() == this) {
        Recorder.install(firstOpen(before));
      }
      memory.forEach(m -> m.backend().release(m.buffer()));
      memory.clear();
      entries.clear();
    }
  }
}
