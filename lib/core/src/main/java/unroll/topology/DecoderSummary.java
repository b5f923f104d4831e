package unroll.topology;

import java.util.ArrayList;
import java.util.List;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.plot.DecoderDrawing;
import unroll.plot.Stage;

/** The parts of a network that reads one thing and writes another, as text and as a drawing. */
final class DecoderSummary {

  private final String title;
  private final String input;
  private final Trainable whole;
  private final List<Stage> reading = new ArrayList<>();
  private final List<Stage> writing = new ArrayList<>();
  private String attention = "";
  private Stage between;

  DecoderSummary(String title, String input, Trainable whole) {
    this.title = title;
    this.input = input;
    this.whole = whole;
  }

  /** A part that reads. */
  void read(Trainable part, String shape) {
    reading.add(NetworkSummary.stage(part, shape));
  }

  /** A part between the last state of reading and the first of writing. */
  void between(Trainable part) {
    between = NetworkSummary.stage(part, "state");
  }

  /** All parts that write; T' steps. */
  void write(TokenDecoder<?> decoder) {
    SequenceLayer<?> layer = decoder.decoder();
    add(decoder.embedding(), layer.inputSize());
    add(layer, layer.outputSize());
    if (decoder.attention() != null) {
      attention = decoder.attention().toString();
      String shape = "[T', B, T]";
      long count = decoder.attention().parameterCount();
      writing.add(Stage.apart(attention, shape, count));
      add(decoder.combine(), layer.outputSize());
    }
    add(decoder.output(), decoder.vocabulary().size());
  }

  private void add(Trainable part, int size) {
    writing.add(NetworkSummary.stage(part, "[T', B, " + size + "]"));
  }

  DecoderDrawing drawing(String heading) {
    DecoderDrawing drawing =
        DecoderDrawing.of(heading, input, reading, writing)
            .memory(NetworkSummary.bytes(whole), "of parameters");
    if (between != null) {
      drawing = drawing.between(between);
    }
    return attention.isEmpty() ? drawing : drawing.attention();
  }

  /** A line for each part: its name, the shape it gives out, the number of its parameters. */
  String text() {
    StringBuilder text = new StringBuilder(title).append("  input ").append(input);
    reading.forEach(stage -> text.append(NetworkSummary.line(stage)));
    if (between != null) {
      text.append(NetworkSummary.line(between));
    }
    text.append("%n  written a word at a time:".formatted());
    writing.forEach(stage -> text.append(NetworkSummary.line(stage)));
    return text.append(NetworkSummary.total(whole)).toString();
  }
}
