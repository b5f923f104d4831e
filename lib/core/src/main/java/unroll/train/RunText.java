package unroll.train;

import java.nio.file.Path;
import java.util.Locale;

/** How a training went, in words. */
final class RunText {

  private RunText() {}

  /** {@code stopped in epoch 37, step 12 of 60; best 0.213 in epoch 35}. */
  static String of(Run run, Learning learning, MemoryNeed memory, Path continued) {
    String text = head(run, learning, memory);
    if (learning.best().isPresent()) {
      Epoch best = learning.best().get();
      text += "; best %s in epoch %d".formatted(number(best.score()), best.number());
    } else if (run.status() != Run.Status.RUNNING) {
      text += "; no epoch completed";
    }
    text = continued == null ? text : text + "; went on from " + continued.getFileName();
    return run.fastest().map(fastest -> "; auto: " + fastest).map(text::concat).orElse(text);
  }

  private static String head(Run run, Learning learning, MemoryNeed memory) {
    int epochs = learning.history.size();
    String where = where(learning);
    return switch (run.status()) {
      case RUNNING -> "training, " + where + ", " + memory + " a step" + pace(run);
      case FINISHED -> "finished after " + epochs + " epochs";
      case STOPPED_EARLY ->
          "stopped early after %d epochs, %d without improvement"
              .formatted(epochs, epochs - learning.bestEpoch());
      case INTERRUPTED, STOPPED -> "stopped in " + where;
      case DEVICE_LOST ->
          "lost the device of '%s' in %s; resume() goes on from %s, on another backend"
              .formatted(run.deviceLost().orElseThrow().backend(), where, run.lastCheckpoint());
      case DIVERGED -> "diverged in " + where + ": " + learning.divergence;
    };
  }

  private static String where(Learning learning) {
    int epoch = Math.min(learning.history.size() + 1, learning.fit.epochs());
    Position at = learning.position;
    int steps = at == null ? learning.usualSteps() : at.pass.steps();
    int step = at == null ? 0 : at.steps;
    return "epoch " + epoch + ", step " + step + " of " + steps;
  }

  private static String pace(Run run) {
    double rate = run.sequencesPerSecond();
    if (rate == 0) {
      return "";
    }
    return ", " + (rate < 10 ? number(rate) : Math.round(rate)) + " sequences a second";
  }

  private static String number(double loss) {
    return String.format(Locale.ROOT, "%.4g", loss);
  }
}
