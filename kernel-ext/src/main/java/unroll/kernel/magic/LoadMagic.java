package unroll.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import unroll.io.Weights;
import unroll.kernel.display.MimeBundle;
import unroll.nn.Trainable;

/** {@code %load}: weights into a model, or a source into the session. */
final class LoadMagic {
  private LoadMagic() {}

  static Magic magic() {
    return new Magic(
        "load",
        "%load FILE.safetensors MODEL [FROM=TO]…\n%load FILE.jsh|FILE.java",
        "Loads weights into a model, or runs a file of Java in the session.",
        "Weights come from a file that %save or PyTorch has written; all of them fit or none is"
            + " taken over. FROM=TO gives a part of the file the name that it has in the model:"
            + " rnn=0 head=1. As Java: Weights.load(path).rename(\"rnn\", \"0\").into(model). A"
            + " source may hold what a cell may hold.",
        "%load model.safetensors model",
        LoadMagic::evaluate,
        (before, word, context) ->
            switch (before.size()) {
              case 0 -> FileNames.candidates(word, ".safetensors", ".jsh", ".java");
              case 1 -> Variables.named(context, Trainable.class);
              default -> List.of();
            });
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    var arguments = call.arguments();
    if (arguments.isEmpty()) {
      throw new MagicException("expected a file");
    }
    var file = FileNames.existing(arguments.get(0));
    if (FileNames.hasEnding(file, ".jsh", ".java")) {
      requireOnly(call, 1);
      return context.run(source(file), file.getFileName().toString());
    }
    if (!FileNames.hasEnding(file, ".safetensors")) {
      throw new MagicException(
          file + " is neither weights (.safetensors) nor Java (.jsh, .java); %data reads tables");
    }
    if (arguments.size() < 2) {
      throw new MagicException(
          "expected a model to load into, and there are the weights\n" + Weights.load(file));
    }
    var model = Variables.value(context, arguments.get(1), Trainable.class, "a model");
    return load(file, model, arguments.subList(2, arguments.size()));
  }

  private static void requireOnly(MagicCall call, int count) {
    if (call.arguments().size() > count) {
      throw new MagicException("a source takes nothing more, got '" + call.text() + "'");
    }
  }

  /** The source of a file; a package of its own has no place in a session. */
  private static String source(Path file) throws IOException {
    return Files.readString(file).replaceFirst("(?m)^\\s*package\\s+[\\w.]+\\s*;", "");
  }

  static MimeBundle load(Path file, Trainable model, List<String> renames) throws IOException {
    var weights = Weights.load(file);
    var said = new ArrayList<String>();
    for (var rename : renames) {
      int equals = rename.indexOf('=');
      if (equals < 0) {
        throw new MagicException("expected FROM=TO, got '" + rename + "'");
      }
      weights = weights.rename(rename.substring(0, equals), rename.substring(equals + 1));
      said.add(rename);
    }
    weights.into(model);
    return MimeBundle.text(
        "%,d numbers from %s%s"
            .formatted(
                model.parameterCount(),
                file,
                said.isEmpty() ? "" : " (" + String.join(", ", said) + ")"));
  }
}
