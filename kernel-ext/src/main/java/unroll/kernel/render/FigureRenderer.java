package unroll.kernel.render;

import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderer;
import unroll.plot.Figure;

/** Figures: SVG, PNG beside it, and characters for terminals. */
public final class FigureRenderer implements Renderer<Figure> {
  private static final int COLUMNS = 80;

  @Override
  public Class<Figure> type() {
    return Figure.class;
  }

  @Override
  public MimeBundle render(Figure figure) {
    return MimeBundle.empty()
        .with(MimeBundle.SVG, figure.svg())
        .with(MimeBundle.PNG, figure.png())
        .with(MimeBundle.TEXT, figure.text(COLUMNS));
  }
}
