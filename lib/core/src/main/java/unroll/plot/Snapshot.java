package unroll.plot;

import java.util.List;

/** A figure whose pictures are made already. */
final class Snapshot implements Figure {
  private final String title;
  private final String description;
  private final String svg;
  private final byte[] png;
  private final List<LineChart> lines;

  /**
   * @param lines a chart of the same that can be drawn in characters, or nothing
   */
  Snapshot(String title, String description, String svg, byte[] png, List<LineChart> lines) {
    this.title = title;
    this.description = description;
    this.svg = svg;
    this.png = png;
    this.lines = List.copyOf(lines);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public String svg() {
    return svg;
  }

  @Override
  public byte[] png() {
    return png.clone();
  }

  @Override
  public String text(int columns) {
    TextLines.check("Chart", columns);
    return lines.isEmpty()
        ? TextLines.join(TextLines.wrap(List.of(description.split(" ")), 1, columns), columns)
        : lines.get(0).text(columns);
  }
}
