package unroll.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Paints a {@link NetworkDrawing}: names on the left, four steps on the right. */
final class NetworkPainting implements Drawing {
  private static final int WIDTH = 760;
  private static final int MARGIN = 20;
  private static final int TOP = 58;
  private static final int BOX_WIDTH = 94;
  private static final int BOX_HEIGHT = 42;
  private static final int PITCH = 78;
  private static final int CIRCLE = 17;
  private static final double NAMES = 204;

  /** The middles of the columns for steps 1, 2, 3 and T. */
  private static final double[] COLUMNS = {280, 405, 530, 690};

  private static final String[] STEPS = {"1", "2", "3", "T"};
  private static final Font NAME = Fonts.bold(12.5f);
  private static final Font SMALL = Fonts.plain(11);
  private static final Font LETTER = Fonts.plain(14);
  private static final Font INDEX = Fonts.plain(10);

  private final NetworkDrawing network;
  private final List<Stage> stages;

  NetworkPainting(NetworkDrawing network) {
    this.network = network;
    this.stages = network.stages();
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return TOP + (stages.size() + 1) * PITCH + 2 * CIRCLE + 48;
  }

  @Override
  public void paint(Graphics2D g) {
    Pen pen = new Pen(g);
    pen.card(WIDTH, height(), network.title());
    for (int stage = 0; stage < stages.size(); stage++) {
      paintAcross(pen, stage);
    }
    for (int column = 0; column < COLUMNS.length; column++) {
      paintColumn(pen, column);
    }
    paintNames(pen);
    double dots = (COLUMNS[2] + COLUMNS[3]) / 2;
    for (double y : new double[] {outputY(), inputY()}) {
      if (present(y == inputY() ? network.inputs() : stages.get(stages.size() - 1).steps(), 2)) {
        pen.text("…", dots, y + 4, LETTER, Palette.MUTED, Pen.Align.CENTRE);
      }
    }
    pen.text(
        Pen.fit(network.caption(), SMALL, WIDTH - 2.0 * MARGIN),
        MARGIN,
        height() - 18,
        SMALL,
        Palette.MUTED,
        Pen.Align.LEFT);
  }

  private double outputY() {
    return TOP + CIRCLE;
  }

  private double inputY() {
    return stageY(-1) + (BOX_HEIGHT / 2.0 - CIRCLE);
  }

  /** The middle of the boxes of a stage; the first stage lies lowest. */
  private double stageY(int stage) {
    return TOP + CIRCLE + (double) (stages.size() - stage) * PITCH;
  }

  private static boolean present(Stage.Steps steps, int column) {
    return switch (steps) {
      case ALL -> true;
      case FIRST -> column == 0;
      case LAST -> column == COLUMNS.length - 1;
    };
  }

  private void paintColumn(Pen pen, int column) {
    double x = COLUMNS[column];
    boolean below = present(network.inputs(), column);
    double from = inputY() - CIRCLE;
    if (below) {
      paintCircle(pen, "x", index(network.inputs(), column), x, inputY());
    }
    for (int stage = 0; stage < stages.size(); stage++) {
      if (!present(stages.get(stage).steps(), column)) {
        continue;
      }
      double y = stageY(stage);
      if (below) {
        pen.arrow(x, from - 3, x, y + BOX_HEIGHT / 2.0 + 3, Palette.MUTED);
      }
      paintBox(pen, stage, x, y);
      from = y - BOX_HEIGHT / 2.0;
      below = true;
    }
    Stage last = stages.get(stages.size() - 1);
    if (present(last.steps(), column)) {
      pen.arrow(x, from - 3, x, outputY() + CIRCLE + 3, Palette.MUTED);
      paintCircle(pen, "y", index(last.steps(), column), x, outputY());
    }
  }

  /** The step of a value; the only one has none. */
  private static String index(Stage.Steps steps, int column) {
    return steps == Stage.Steps.ALL ? STEPS[column] : "";
  }

  private void paintBox(Pen pen, int stage, double x, double y) {
    Color colour = Palette.line(stage);
    RoundRectangle2D box =
        new RoundRectangle2D.Double(
            x - BOX_WIDTH / 2.0, y - BOX_HEIGHT / 2.0, BOX_WIDTH, BOX_HEIGHT, 14, 14);
    pen.fill(box, Palette.tint(colour));
    pen.stroke(box, colour, 1.6);
    String kind = stages.get(stage).kind();
    Font font = Pen.width(kind, NAME) <= BOX_WIDTH - 8 ? NAME : Fonts.bold(10.5f);
    pen.text(Pen.fit(kind, font, BOX_WIDTH - 8), x, y + 4.5, font, Palette.INK, Pen.Align.CENTRE);
  }

  private void paintCircle(Pen pen, String letter, String index, double x, double y) {
    Ellipse2D circle = new Ellipse2D.Double(x - CIRCLE, y - CIRCLE, 2.0 * CIRCLE, 2.0 * CIRCLE);
    pen.fill(circle, Color.WHITE);
    pen.stroke(circle, Palette.AXIS, 1.4);
    double width = Pen.width(letter, LETTER) + Pen.width(index, INDEX);
    double start = x - width / 2;
    pen.text(letter, start, y + 4, LETTER, Palette.INK, Pen.Align.LEFT);
    double after = start + Pen.width(letter, LETTER);
    pen.text(index, after, y + 8, INDEX, Palette.MUTED, Pen.Align.LEFT);
  }

  /** The arrows of a recurrent stage between its steps, over the gap before step T as well. */
  private void paintAcross(Pen pen, int stage) {
    Stage.Flow flow = stages.get(stage).flow();
    double y = stageY(stage);
    double half = BOX_WIDTH / 2.0 + 3;
    double dots = (COLUMNS[2] + COLUMNS[3]) / 2;
    if (flow == Stage.Flow.APART) {
      if (stages.get(stage).steps() == Stage.Steps.ALL) {
        pen.text("…", dots, y + 4, LETTER, Palette.MUTED, Pen.Align.CENTRE);
      }
      return;
    }
    Color colour = Palette.line(stage);
    double[][] spans = {
      {COLUMNS[0] + half, COLUMNS[1] - half},
      {COLUMNS[1] + half, COLUMNS[2] - half},
      {COLUMNS[2] + half, dots - 11},
      {dots + 11, COLUMNS[3] - half}
    };
    pen.text("…", dots, y + 4, LETTER, colour, Pen.Align.CENTRE);
    for (double[] span : spans) {
      if (flow == Stage.Flow.FORWARD) {
        pen.arrow(span[0], y, span[1], y, colour);
      } else {
        pen.arrow(span[0], y - 7, span[1], y - 7, colour);
        pen.arrow(span[1], y + 7, span[0], y + 7, colour);
      }
    }
  }

  private void paintNames(Pen pen) {
    name(pen, "output", stages.get(stages.size() - 1).shape(), outputY(), Palette.MUTED);
    name(pen, "input", network.inputShape(), inputY(), Palette.MUTED);
    for (int stage = 0; stage < stages.size(); stage++) {
      Stage one = stages.get(stage);
      String second = one.shape() + "  ·  " + Numbers.count(one.parameters()) + " parameters";
      name(pen, one.name(), second, stageY(stage), Palette.INK);
    }
  }

  private static void name(Pen pen, String name, String second, double y, Color colour) {
    pen.text(Pen.fit(name, NAME, NAMES), MARGIN, y - 2, NAME, colour, Pen.Align.LEFT);
    pen.text(Pen.fit(second, SMALL, NAMES), MARGIN, y + 14, SMALL, Palette.MUTED, Pen.Align.LEFT);
  }
}
