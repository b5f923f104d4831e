package unroll.kernel.magic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;
import unroll.io.Weights;
import unroll.io.onnx.Onnx;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Words;
import unroll.nn.Trainable;
import unroll.plot.Drawable;
import unroll.plot.Figure;

/** {@code %save}: a model, a table or a drawing into a file. */
final class SaveMagic {
  private SaveMagic() {}

  static Magic magic() {
    return new Magic(
        "save",
        "%save FILE VALUE",
        "Saves a model's weights, a table or a drawing; the file's ending says how.",
        "A model as .safetensors, which %load and PyTorch read, or as .onnx for other programs; a"
            + " table as .csv; what can be drawn, such as a chart or a training, as .svg or .png. A"
            + " file that is there is replaced.",
        "%save model.safetensors model",
        SaveMagic::evaluate,
        (before, word, context) ->
            switch (before.size()) {
              case 0 -> FileNames.candidates(word, ".safetensors", ".onnx", ".csv", ".svg", ".png");
              case 1 ->
                  Variables.named(
                      context, Trainable.class, Table.class, Figure.class, Drawable.class);
              default -> List.of();
            });
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    var pieces = Pieces.of(call.text());
    if (pieces.size() < 2) {
      throw new MagicException("expected a file and a value, got '" + call.text() + "'");
    }
    var expression = String.join(" ", pieces.subList(1, pieces.size()));
    Variables.requireKnown(context, expression);
    return save(Path.of(Pieces.unquoted(pieces.get(0))), context.value(expression));
  }

  static MimeBundle save(Path file, Object value) throws IOException {
    if (value instanceof Trainable model && FileNames.hasEnding(file, ".safetensors")) {
      Weights.of(model).save(file);
    } else if (value instanceof Trainable model && FileNames.hasEnding(file, ".onnx")) {
      Onnx.write(model, file);
    } else if (value instanceof Table table && FileNames.hasEnding(file, ".csv")) {
      table.write().csv(file.toFile());
    } else if (figure(value) != null && FileNames.hasEnding(file, ".svg")) {
      Files.writeString(file, figure(value).svg(), StandardCharsets.UTF_8);
    } else if (figure(value) != null && FileNames.hasEnding(file, ".png")) {
      Files.write(file, figure(value).png());
    } else {
      throw new MagicException(
          "%s cannot be saved as %s; %s"
              .formatted(
                  value == null ? "null" : "a " + value.getClass().getSimpleName(),
                  file.getFileName(),
                  mend(value)));
    }
    return MimeBundle.text(Words.bytes(Files.size(file)) + " in " + file);
  }

  private static String mend(Object value) {
    var endings =
        value instanceof Trainable
            ? ".safetensors, .onnx, .svg or .png"
            : value instanceof Table ? ".csv" : figure(value) != null ? ".svg or .png" : "";
    return endings.isEmpty()
        ? "models, tables and drawings can be saved"
        : "end the file's name in " + endings;
  }

  private static Figure figure(Object value) {
    if (value instanceof Drawable drawable) {
      return drawable.drawing();
    }
    return value instanceof Figure figure ? figure : null;
  }
}
