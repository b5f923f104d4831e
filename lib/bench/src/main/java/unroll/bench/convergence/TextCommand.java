package unroll.bench.convergence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code unroll bench textlm}: a character model's validation loss beside PyTorch's. */
@Command(
    name = "textlm",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a character model on 600,000 characters that a grammar writes, and compares its",
      "validation loss with PyTorch's after the same steps; exit code 1 where they differ by more",
      "than 2 %. Without a Python, with the figures that PyTorch had when the benchmark was made."
    })
public final class TextCommand implements Callable<Integer> {

  /** How far the two may be apart. */
  private static final double TOLERANCE = 0.02;

  @Mixin private TrainingOptions options;

  @Option(
      names = "--steps",
      description = "of the optimizer (default: ${DEFAULT-VALUE})",
      defaultValue = "1000")
  private int steps;

  @Option(names = "--with-torch", paramLabel = "PYTHON", description = "a Python that has torch")
  private String python;

  @Option(
      names = "--own-start",
      description = "PyTorch draws its own first weights, from the same distributions as ours")
  private boolean ownStart;

  @Option(names = "--text", paramLabel = "FILE", description = "writes the text there, and no more")
  private Path file;

  @Spec private CommandSpec spec;

  private PrintWriter out;
  private ProgressLine progress;

  /** Made by the command line. */
  public TextCommand() {}

  @Override
  public Integer call() throws IOException {
    options.check(spec.commandLine());
    Text text = Text.tales();
    if (file != null) {
      Files.writeString(file, text.text());
      return 0;
    }
    out = spec.commandLine().getOut();
    progress = new ProgressLine(spec.commandLine().getErr());
    int threads = options.apply();
    boolean met = true;
    try (TextPeer peer = python == null ? null : new TextPeer(python, text)) {
      for (String cell : options.cells()) {
        met &= compare(cell, threads, text, peer);
      }
    }
    return met ? 0 : 1;
  }

  private boolean compare(String cell, int threads, Text text, TextPeer peer) throws IOException {
    double ours = 0;
    double theirs = 0;
    for (long seed : options.seeds()) {
      TextSettings settings = TextSettings.of(cell, steps, threads, seed);
      progress.begin("textlm " + cell + " seed " + seed);
      TextModel<?> model = TextModel.of(text, settings);
      float[] start = ownStart ? null : model.weights();
      ours += print(model.train(text, settings, progress)).validation();
      if (peer != null) {
        theirs += print(peer.train(settings, start)).validation();
      }
    }
    int count = options.seeds().size();
    OptionalDouble torch =
        peer == null
            ? FrozenTorch.validation(cell, steps, options.seeds())
            : OptionalDouble.of(theirs / count);
    return compare(cell, ours / count, torch, peer == null);
  }

  private TextResult print(TextResult result) {
    progress.clear();
    out.println(result.json());
    out.flush();
    return result;
  }

  /** One line: both means, and their ratio. */
  private boolean compare(String cell, double ours, OptionalDouble torch, boolean frozen) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("cell", cell);
    line.put("steps", steps);
    line.put("unroll", Math.round(ours * 1e5) / 1e5);
    boolean met = false;
    if (torch.isEmpty()) {
      line.put("met", false);
      line.put("why", "nothing to compare with: give --with-torch PYTHON, or no --steps");
    } else {
      double ratio = ours / torch.getAsDouble();
      met = Math.abs(ratio - 1) <= TOLERANCE;
      line.put(frozen ? "torch_frozen" : "torch", Math.round(torch.getAsDouble() * 1e5) / 1e5);
      line.put("ratio", Math.round(ratio * 1e4) / 1e4);
      line.put("goal", "ratio from 0.98 to 1.02");
      line.put("met", met);
    }
    out.println(TextSettings.gson().toJson(line));
    out.flush();
    return met;
  }
}
