package unroll.plot;

import java.util.ArrayList;
import java.util.List;

/** A {@link NetworkDrawing} in boxes of characters. */
final class NetworkText {
  private static final String[] STEPS = {"1", "2", "3", "T"};

  /** The middle line of the gap between two boxes: before the dots, and across them. */
  private static final int GAP = 3;

  private NetworkText() {}

  static String of(NetworkDrawing network, int columns) {
    TextLines.check("NetworkDrawing", columns);
    int steps = columns >= 52 ? 4 : 3;
    int longest = network.stages().stream().mapToInt(s -> s.kind().length()).max().orElse(0);
    int box = Math.min(longest + 4, (columns - GAP * steps - 2) / steps);
    List<String> out = new ArrayList<>();
    out.add(network.title());
    List<Stage> stages = network.stages();
    Stage last = stages.get(stages.size() - 1);
    out.add(row("y", last.steps(), steps, box));
    for (int i = stages.size() - 1; i >= 0; i--) {
      out.add(arrows(stages.get(i).steps(), steps, box));
      addBoxes(out, stages.get(i), steps, box);
      Stage.Steps below = i == 0 ? network.inputs() : stages.get(i - 1).steps();
      if (i == 0) {
        out.add(arrows(below, steps, box));
      }
    }
    out.add(row("x", network.inputs(), steps, box));
    out.add("");
    out.add("input " + network.inputShape());
    for (Stage stage : stages) {
      out.addAll(TextLines.wrap(List.of(stage.inWords().split(" ")), 1, columns));
    }
    out.addAll(TextLines.wrap(List.of(network.caption().split(" · ")), 3, columns));
    return TextLines.join(out, columns);
  }

  private static boolean present(Stage.Steps when, int step, int steps) {
    return when == Stage.Steps.ALL || (when == Stage.Steps.FIRST ? step == 0 : step == steps - 1);
  }

  private static String row(String letter, Stage.Steps when, int steps, int box) {
    StringBuilder line = new StringBuilder();
    for (int step = 0; step < steps; step++) {
      String index = step == steps - 1 ? STEPS[3] : STEPS[step];
      String name = letter + (when == Stage.Steps.ALL ? index : "");
      line.append(TextLines.centre(present(when, step, steps) ? name : "", box));
      line.append(gap(step, steps, when == Stage.Steps.ALL ? " … " : "   ", "   "));
    }
    return line.toString();
  }

  private static String arrows(Stage.Steps when, int steps, int box) {
    StringBuilder line = new StringBuilder();
    for (int step = 0; step < steps; step++) {
      line.append(TextLines.centre(present(when, step, steps) ? "↑" : "", box));
      line.append(gap(step, steps, "   ", "   "));
    }
    return line.toString();
  }

  private static void addBoxes(List<String> out, Stage stage, int steps, int box) {
    String across =
        switch (stage.flow()) {
          case APART -> "   ";
          case FORWARD -> "─→ ";
          case BOTH -> "←─→";
        };
    String dots = stage.flow() == Stage.Flow.APART ? " … " : "…→ ";
    if (stage.flow() == Stage.Flow.BOTH) {
      dots = "←…→";
    }
    if (stage.flow() == Stage.Flow.APART && stage.steps() != Stage.Steps.ALL) {
      dots = "   ";
    }
    String[] parts = {
      "┌" + "─".repeat(box - 2) + "┐",
      "│" + TextLines.centre(stage.kind(), box - 2) + "│",
      "└" + "─".repeat(box - 2) + "┘"
    };
    for (int part = 0; part < parts.length; part++) {
      StringBuilder line = new StringBuilder();
      for (int step = 0; step < steps; step++) {
        boolean here = present(stage.steps(), step, steps);
        line.append(here ? parts[part] : " ".repeat(box));
        line.append(gap(step, steps, part == 1 ? dots : "   ", part == 1 ? across : "   "));
      }
      out.add(line.toString());
    }
  }

  /** What stands after a step: dots before the last one, the plain gap before the others. */
  private static String gap(int step, int steps, String dots, String plain) {
    if (step == steps - 1) {
      return "";
    }
    return step == steps - 2 ? dots : plain;
  }
}
