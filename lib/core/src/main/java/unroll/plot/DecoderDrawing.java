package unroll.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network that reads one thing and writes another, unrolled in time: what reads on the left, what
 * writes on the right, the state handed over between them, each word written going in at the next
 * step. What is read is a sequence, or {@linkplain #oneVector one vector}; with {@linkplain
 * #attention attention}, what writes looks back at every step of what was read.
 */
public final class DecoderDrawing implements Figure {
  private final String title;
  private final String inputShape;
  private final List<Stage> reading;
  private final List<Stage> writing;
  private final boolean vector;
  private final boolean attention;
  private final List<String> notes;
  private final Stage between;

  private DecoderDrawing(
      String title,
      String inputShape,
      List<Stage> reading,
      List<Stage> writing,
      boolean vector,
      boolean attention,
      List<String> notes,
      Stage between) {
    this.title = title;
    this.inputShape = inputShape;
    this.reading = List.copyOf(reading);
    this.writing = List.copyOf(writing);
    this.vector = vector;
    this.attention = attention;
    this.notes = List.copyOf(notes);
    this.between = between;
  }

  /**
   * A drawing of a network that reads a sequence.
   *
   * @param inputShape the shape of what is read, such as "tokens [T, B]"
   * @param reading the layers that read, from the input up, at least one
   * @param writing the layers that write, from the input up, at least one
   */
  public static DecoderDrawing of(
      String title, String inputShape, List<Stage> reading, List<Stage> writing) {
    if (reading.isEmpty() || writing.isEmpty()) {
      throw new IllegalArgumentException(
          "DecoderDrawing \""
              + title
              + "\": needs at least one stage that reads and one that writes");
    }
    return new DecoderDrawing(title, inputShape, reading, writing, false, false, List.of(), null);
  }

  /** The same drawing of a network that reads one vector. */
  public DecoderDrawing oneVector() {
    return new DecoderDrawing(title, inputShape, reading, writing, true, attention, notes, between);
  }

  /** The same drawing with attention; one of the stages that write must be called so. */
  public DecoderDrawing attention() {
    return new DecoderDrawing(title, inputShape, reading, writing, vector, true, notes, between);
  }

  /** The same drawing with a part that makes the first state of writing from what was read. */
  public DecoderDrawing between(Stage stage) {
    return new DecoderDrawing(title, inputShape, reading, writing, vector, attention, notes, stage);
  }

  /** The same drawing with a word on memory in its caption. */
  public DecoderDrawing memory(long bytes, String what) {
    List<String> more = new ArrayList<>(notes);
    more.add(Numbers.bytes(bytes) + " " + what);
    return new DecoderDrawing(
        title, inputShape, reading, writing, vector, attention, more, between);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    return title
        + ". Network unrolled in time. Reads "
        + (vector ? "one vector " : "")
        + inputShape
        + words(reading)
        + (between == null ? "" : "; " + between.inWords())
        + ". Writes a word at a time"
        + (attention ? ", looking back at every step that was read" : "")
        + words(writing)
        + ". "
        + caption()
        + ".";
  }

  private static String words(List<Stage> stages) {
    return stages.stream().map(Stage::inWords).collect(Collectors.joining("; ", ": ", ""));
  }

  @Override
  public String svg() {
    return Rendering.svg(() -> new DecoderPainting(this), title, description());
  }

  @Override
  public byte[] png() {
    return Rendering.png(() -> new DecoderPainting(this));
  }

  @Override
  public String text(int columns) {
    TextLines.check("DecoderDrawing", columns);
    List<String> out = new ArrayList<>();
    out.add(title);
    String read = vector ? "x" : "x1 → x2 → … → xT";
    out.addAll(
        TextLines.wrap(
            List.of((read + " ⇒ <bos> → y1 → y2 → … → <eos>").split(" ", -1)), 1, columns));
    out.add("reads " + inputShape);
    for (Stage stage : between == null ? reading : append(reading, between)) {
      out.addAll(TextLines.wrap(List.of(stage.inWords().split(" ", -1)), 1, columns));
    }
    out.add("writes a word at a time" + (attention ? ", looking back" : ""));
    for (Stage stage : writing) {
      out.addAll(TextLines.wrap(List.of(stage.inWords().split(" ", -1)), 1, columns));
    }
    out.addAll(TextLines.wrap(List.of(caption().split(" · ", -1)), 3, columns));
    return TextLines.join(out, columns);
  }

  private static List<Stage> append(List<Stage> stages, Stage last) {
    List<Stage> all = new ArrayList<>(stages);
    all.add(last);
    return all;
  }

  String inputShape() {
    return inputShape;
  }

  List<Stage> reading() {
    return reading;
  }

  /** The stages that write, without attention, which is drawn between both sides. */
  List<Stage> writing() {
    return writing.stream().filter(s -> !isAttention(s)).toList();
  }

  /** What makes the first state of writing, or null where the state is handed over as it is. */
  Stage between() {
    return between;
  }

  /** Attention's stage, or null. */
  Stage look() {
    return writing.stream().filter(this::isAttention).findFirst().orElse(null);
  }

  private boolean isAttention(Stage stage) {
    return attention && stage.kind().equals("Attention");
  }

  boolean vector() {
    return vector;
  }

  /** Totals and notes in one line. */
  String caption() {
    long total =
        Stream.concat(reading.stream(), writing.stream()).mapToLong(Stage::parameters).sum()
            + (between == null ? 0 : between.parameters());
    List<String> parts = new ArrayList<>();
    parts.add(Numbers.count(total) + (total == 1 ? " parameter" : " parameters"));
    parts.addAll(notes);
    return String.join(" · ", parts);
  }
}
