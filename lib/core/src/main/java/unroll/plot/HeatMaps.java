package unroll.plot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Several heat maps one above the other, their columns lined up under one row of labels: the gates
 * of a cell along the same dates or words.
 */
public final class HeatMaps implements Figure {
  private final String title;
  private final List<HeatMap> panels;

  private HeatMaps(String title, List<HeatMap> panels) {
    this.title = title;
    this.panels = panels;
  }

  /**
   * Stacks maps, the first on top; the titles of the axes are those of the first.
   *
   * @param panels at least one, all with the same column labels
   */
  public static HeatMaps stack(String title, List<HeatMap> panels) {
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("HeatMaps \"" + title + "\": needs at least one heat map");
    }
    HeatMap first = panels.get(0);
    for (HeatMap panel : panels) {
      if (!panel.columnLabels().equals(first.columnLabels())) {
        throw new IllegalArgumentException(
            "HeatMaps \"%s\": \"%s\" has other column labels than \"%s\" (%d and %d); they must be the same to line up"
                .formatted(title, panel.title(), first.title(), panel.columns(), first.columns()));
      }
    }
    return new HeatMaps(title, List.copyOf(panels));
  }

  /** The maps, from top to bottom. */
  public List<HeatMap> panels() {
    return panels;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    return panels.stream()
        .map(panel -> panel.title() + ": " + panel.inWords())
        .collect(
            Collectors.joining(
                "; ", title + ". " + panels.size() + " heat maps with the same columns. ", "."));
  }

  @Override
  public String svg() {
    return Rendering.svg(() -> new HeatMapDrawing(title, panels), title, description());
  }

  @Override
  public byte[] png() {
    return Rendering.png(() -> new HeatMapDrawing(title, panels));
  }

  @Override
  public String text(int columns) {
    return HeatMapText.of(title, panels, columns);
  }
}
