package unroll.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A recurrent network unrolled in time: a column of boxes for the steps 1, 2, 3 and T, input below,
 * output above, an arrow wherever a value goes.
 *
 * <pre>{@code
 * NetworkDrawing.of("Sequence to sequence", "[T, B, 1]",
 *     List.of(Stage.recurrent("Lstm 1→32", "[T, B, 32]", 4_352),
 *             Stage.apart("Linear 32→1", "[T, B, 1]", 33)))
 *     .memory(17_540, "as float32")
 * }</pre>
 */
public final class NetworkDrawing implements Figure {
  private final String title;
  private final String inputShape;
  private final List<Stage> stages;
  private final Stage.Steps inputs;
  private final List<String> notes;

  private NetworkDrawing(
      String title, String inputShape, List<Stage> stages, Stage.Steps inputs, List<String> notes) {
    this.title = title;
    this.inputShape = inputShape;
    this.stages = List.copyOf(stages);
    this.inputs = inputs;
    this.notes = List.copyOf(notes);
  }

  /**
   * A drawing with an input at each step.
   *
   * @param inputShape the shape of the input, such as "[T, B, 1]"
   * @param stages the layers from the input up, at least one
   */
  public static NetworkDrawing of(String title, String inputShape, List<Stage> stages) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException(
          "NetworkDrawing \"" + title + "\": needs at least one stage");
    }
    return new NetworkDrawing(title, inputShape, stages, Stage.Steps.ALL, List.of());
  }

  /**
   * The same drawing with its input at the first step only, for a vector that begins a sequence.
   */
  public NetworkDrawing inputs(Stage.Steps steps) {
    return new NetworkDrawing(title, inputShape, stages, steps, notes);
  }

  /**
   * The same drawing with a word on memory in its caption.
   *
   * @param bytes how much
   * @param what of what, such as "as float32" or "for a step of training"
   */
  public NetworkDrawing memory(long bytes, String what) {
    return note(Numbers.bytes(bytes) + " " + what);
  }

  /** The same drawing with another remark in its caption. */
  public NetworkDrawing note(String text) {
    List<String> more = new ArrayList<>(notes);
    more.add(text);
    return new NetworkDrawing(title, inputShape, stages, inputs, more);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    return stages.stream()
        .map(Stage::inWords)
        .collect(
            Collectors.joining(
                "; ",
                title + ". Network unrolled in time. Input " + inputShape + "; ",
                ". " + caption() + "."));
  }

  @Override
  public String svg() {
    return Rendering.svg(() -> new NetworkPainting(this), title, description());
  }

  @Override
  public byte[] png() {
    return Rendering.png(() -> new NetworkPainting(this));
  }

  @Override
  public String text(int columns) {
    return NetworkText.of(this, columns);
  }

  String inputShape() {
    return inputShape;
  }

  List<Stage> stages() {
    return stages;
  }

  Stage.Steps inputs() {
    return inputs;
  }

  /** Totals and notes in one line. */
  String caption() {
    long total = stages.stream().mapToLong(Stage::parameters).sum();
    List<String> parts = new ArrayList<>();
    parts.add(Numbers.count(total) + (total == 1 ? " parameter" : " parameters"));
    parts.addAll(notes);
    return String.join(" · ", parts);
  }
}
