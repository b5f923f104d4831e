package unroll.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Paints a {@link DecoderDrawing}: three steps that read, three that write, names below. */
final class DecoderPainting implements Drawing {
  private static final int WIDTH = 860;
  private static final int MARGIN = 20;
  private static final int TOP = 62;
  private static final int BOX_WIDTH = 88;
  private static final int BOX_HEIGHT = 38;
  private static final int PITCH = 70;
  private static final int CIRCLE = 19;
  private static final int LINE = 19;

  private static final double[] READING = {72, 192, 334};
  private static final double[] WRITING = {512, 648, 790};
  private static final Font NAME = Fonts.bold(12.5f);
  private static final Font SMALL = Fonts.plain(11);
  private static final Font LETTER = Fonts.plain(13);
  private static final Font INDEX = Fonts.plain(9.5f);

  private final DecoderDrawing network;
  private final List<Stage> reading;
  private final List<Stage> writing;
  private final double[] readingColumns;

  DecoderPainting(DecoderDrawing network) {
    this.network = network;
    reading = network.reading();
    writing = network.writing();
    readingColumns = network.vector() ? new double[] {READING[1]} : READING;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  private int rows() {
    return Math.max(reading.size(), writing.size());
  }

  private int lines() {
    return Math.max(
            reading.size() + (network.between() == null ? 0 : 1),
            writing.size() + (network.look() == null ? 0 : 1))
        + 1;
  }

  @Override
  public int height() {
    return (int) inputY() + CIRCLE + 42 + lines() * LINE + 34;
  }

  /** The middles of the outputs' circles. */
  private static double outputY() {
    return TOP + CIRCLE;
  }

  private double inputY() {
    return stageY(-1);
  }

  /** The middle of the boxes of a stage; the first stage of both sides lies lowest. */
  private double stageY(int stage) {
    return TOP + CIRCLE + (double) (rows() - stage) * PITCH;
  }

  @Override
  public void paint(Graphics2D g) {
    Pen pen = new Pen(g);
    pen.card(WIDTH, height(), network.title());
    handOver(pen);
    for (int i = 0; i < readingColumns.length; i++) {
      column(pen, reading, 0, readingColumns[i], inputName(i));
    }
    across(pen, reading, 0, readingColumns);
    for (int i = 0; i < WRITING.length; i++) {
      column(pen, writing, reading.size(), WRITING[i], new String[] {"y", before(i)});
      double top = stageY(writing.size() - 1) - BOX_HEIGHT / 2.0;
      pen.arrow(WRITING[i], top - 3, WRITING[i], outputY() + CIRCLE + 3, Palette.MUTED);
      String[] name = i == 2 ? new String[] {"<eos>", ""} : new String[] {"y", "" + (i + 1)};
      circle(pen, name, WRITING[i], outputY());
    }
    across(pen, writing, reading.size(), WRITING);
    feedBack(pen);
    looks(pen);
    names(pen);
  }

  private String[] inputName(int column) {
    String index = network.vector() ? "" : column == 2 ? "T" : "" + (column + 1);
    return new String[] {"x", index};
  }

  /** The index of the word that goes in at a step of writing; the first one is the begin token. */
  private static String before(int column) {
    return column == 0 ? "<bos>" : column == 1 ? "1" : "T'-1";
  }

  private void column(Pen pen, List<Stage> stages, int colours, double x, String[] input) {
    String[] name = input[1].equals("<bos>") ? new String[] {"<bos>", ""} : input;
    circle(pen, name, x, inputY());
    double from = inputY() - CIRCLE;
    for (int stage = 0; stage < stages.size(); stage++) {
      double y = stageY(stage);
      pen.arrow(x, from - 3, x, y + BOX_HEIGHT / 2.0 + 3, Palette.MUTED);
      box(pen, stages.get(stage), Palette.line(colours + stage), x, y);
      from = y - BOX_HEIGHT / 2.0;
    }
  }

  private static void box(Pen pen, Stage stage, Color colour, double x, double y) {
    RoundRectangle2D box =
        new RoundRectangle2D.Double(
            x - BOX_WIDTH / 2.0, y - BOX_HEIGHT / 2.0, BOX_WIDTH, BOX_HEIGHT, 14, 14);
    pen.fill(box, Palette.tint(colour));
    pen.stroke(box, colour, 1.6);
    Font font = Pen.width(stage.kind(), NAME) <= BOX_WIDTH - 8 ? NAME : Fonts.bold(10.5f);
    String kind = Pen.fit(stage.kind(), font, BOX_WIDTH - 8);
    pen.text(kind, x, y + 4.5, font, Palette.INK, Pen.Align.CENTRE);
  }

  private static void circle(Pen pen, String[] name, double x, double y) {
    Ellipse2D circle = new Ellipse2D.Double(x - CIRCLE, y - CIRCLE, 2.0 * CIRCLE, 2.0 * CIRCLE);
    pen.fill(circle, Color.WHITE);
    pen.stroke(circle, Palette.AXIS, 1.4);
    Font letter = name[0].length() > 1 ? Fonts.plain(10.5f) : LETTER;
    double width = Pen.width(name[0], letter) + Pen.width(name[1], INDEX);
    double start = x - width / 2;
    pen.text(name[0], start, y + 4, letter, Palette.INK, Pen.Align.LEFT);
    double after = start + Pen.width(name[0], letter);
    pen.text(name[1], after, y + 8, INDEX, Palette.MUTED, Pen.Align.LEFT);
  }

  /** Arrows of recurrent stages between their steps, with dots before the last one. */
  private void across(Pen pen, List<Stage> stages, int colours, double[] columns) {
    if (columns.length < 3) {
      return;
    }
    double half = BOX_WIDTH / 2.0 + 3;
    double dots = (columns[1] + columns[2]) / 2;
    double[][] spans = {
      {columns[0] + half, columns[1] - half},
      {columns[1] + half, dots - 9},
      {dots + 9, columns[2] - half}
    };
    for (int stage = 0; stage < stages.size(); stage++) {
      double y = stageY(stage);
      Stage.Flow flow = stages.get(stage).flow();
      if (flow == Stage.Flow.APART) {
        continue;
      }
      Color colour = Palette.line(colours + stage);
      pen.text("…", dots, y + 4, LETTER, colour, Pen.Align.CENTRE);
      for (double[] span : spans) {
        if (flow == Stage.Flow.FORWARD) {
          pen.arrow(span[0], y, span[1], y, colour);
        } else {
          pen.arrow(span[0], y - 6, span[1], y - 6, colour);
          pen.arrow(span[1], y + 6, span[0], y + 6, colour);
        }
      }
    }
  }

  private int recurrent(List<Stage> stages) {
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (stages.get(i).flow() != Stage.Flow.APART) {
        return i;
      }
    }
    return stages.size() - 1;
  }

  /** From what was read last to the first step that writes. */
  private void handOver(Pen pen) {
    double fromX = readingColumns[readingColumns.length - 1] + BOX_WIDTH / 2.0 + 3;
    double fromY = stageY(network.vector() ? reading.size() - 1 : recurrent(reading));
    double toX = WRITING[0] - BOX_WIDTH / 2.0 - 3;
    double toY = stageY(recurrent(writing));
    Color colour = Palette.line(network.vector() ? reading.size() - 1 : recurrent(reading));
    double middle = (fromX + toX) / 2;
    if (Math.abs(fromY - toY) < 1) {
      pen.arrow(fromX, fromY, toX, toY, colour);
    } else {
      pen.stroke(
          new CubicCurve2D.Double(fromX, fromY, middle, fromY, middle, toY, toX - 12, toY),
          colour,
          1.6);
      pen.arrow(toX - 13, toY, toX, toY, colour);
    }
    String what = network.vector() ? "first step" : network.between() == null ? "state" : "bridge";
    double above = Math.min(fromY, toY) - 10;
    pen.text(what, middle, above, SMALL, Palette.MUTED, Pen.Align.CENTRE);
  }

  /** Each word that is written goes in at the next step. */
  private void feedBack(Pen pen) {
    for (int i = 0; i < 2; i++) {
      double from = WRITING[i] + CIRCLE + 2;
      double to = WRITING[i + 1] - CIRCLE - 4;
      double x = (WRITING[i] + WRITING[i + 1]) / 2;
      Path2D path = new Path2D.Double();
      path.moveTo(from, outputY());
      path.lineTo(x - 10, outputY());
      path.quadTo(x, outputY(), x, outputY() + 10);
      path.lineTo(x, inputY() - 10);
      path.quadTo(x, inputY(), x + 10, inputY());
      path.lineTo(to - 6, inputY());
      dashed(pen, path);
      pen.arrow(to - 8, inputY(), to, inputY(), Palette.AXIS);
    }
  }

  private static void dashed(Pen pen, Path2D path) {
    Graphics2D g = pen.canvas();
    g.setColor(Palette.AXIS);
    g.setStroke(
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 4, new float[] {4, 4}, 0));
    g.draw(path);
  }

  /** Attention: from the top of each step that was read to the second step that writes. */
  private void looks(Pen pen) {
    if (network.look() == null) {
      return;
    }
    Color colour = Palette.line(reading.size() + writing.size());
    double y = TOP + CIRCLE;
    double x = 250;
    double from = stageY(reading.size() - 1) - BOX_HEIGHT / 2.0 - 3;
    RoundRectangle2D box = new RoundRectangle2D.Double(x - 60, y - 17, 120, 34, 14, 14);
    double[] weights = {1.2, 3.2, 1.6};
    for (int i = 0; i < readingColumns.length; i++) {
      double end = x + 34.0 * (i - 1);
      pen.stroke(
          new CubicCurve2D.Double(
              readingColumns[i], from, readingColumns[i], from - 40, end, y + 60, end, y + 19),
          colour,
          weights[i]);
    }
    pen.fill(box, Palette.tint(colour));
    pen.stroke(box, colour, 1.6);
    pen.text("Attention", x, y + 4.5, NAME, Palette.INK, Pen.Align.CENTRE);
    int combine = recurrent(writing) + 1;
    double toX = WRITING[0] - BOX_WIDTH / 2.0 - 3;
    double toY = stageY(Math.min(combine, writing.size() - 1));
    pen.stroke(
        new CubicCurve2D.Double(x + 60, y, x + 140, y, toX - 70, toY, toX - 12, toY), colour, 1.6);
    pen.arrow(toX - 13, toY, toX, toY, colour);
    pen.text("context", x + 72, y - 8, SMALL, Palette.MUTED, Pen.Align.LEFT);
  }

  private void names(Pen pen) {
    double y = inputY() + CIRCLE + 40;
    heading(pen, "reads  " + network.inputShape(), MARGIN, y);
    heading(pen, "writes  a word at a time", WIDTH / 2.0 + 10, y);
    double left = y;
    for (int i = 0; i < reading.size(); i++) {
      left += LINE;
      line(pen, reading.get(i), Palette.line(i), MARGIN, left);
    }
    if (network.between() != null) {
      line(pen, network.between(), Palette.MUTED, MARGIN, left + LINE);
    }
    double right = y;
    for (int i = 0; i < writing.size(); i++) {
      right += LINE;
      line(pen, writing.get(i), Palette.line(reading.size() + i), WIDTH / 2.0 + 10, right);
    }
    if (network.look() != null) {
      Color colour = Palette.line(reading.size() + writing.size());
      line(pen, network.look(), colour, WIDTH / 2.0 + 10, right + LINE);
    }
    String caption = Pen.fit(network.caption(), SMALL, WIDTH - 2.0 * MARGIN);
    pen.text(caption, MARGIN, height() - 16, SMALL, Palette.MUTED, Pen.Align.LEFT);
  }

  private static void heading(Pen pen, String text, double x, double y) {
    pen.text(text, x, y, NAME, Palette.MUTED, Pen.Align.LEFT);
  }

  private static void line(Pen pen, Stage stage, Color colour, double x, double y) {
    RoundRectangle2D mark = new RoundRectangle2D.Double(x, y - 9, 10, 10, 4, 4);
    pen.fill(mark, Palette.tint(colour));
    pen.stroke(mark, colour, 1.4);
    String name = Pen.fit(stage.name(), NAME, 250);
    pen.text(name, x + 17, y, NAME, Palette.INK, Pen.Align.LEFT);
    String count = stage.shape() + "  ·  " + Numbers.count(stage.parameters());
    double after = x + 17 + Math.max(Pen.width(name, NAME) + 12, 140);
    String all = count + " parameters";
    String rest = Pen.width(all, SMALL) <= 395 - (after - x) ? all : count;
    pen.text(rest, after, y, SMALL, Palette.MUTED, Pen.Align.LEFT);
  }
}
