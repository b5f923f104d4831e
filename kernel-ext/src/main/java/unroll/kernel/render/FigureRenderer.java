package unroll.kernel.render;

import java.util.Map;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderer;
import unroll.plot.Figure;

/** Figures: SVG, PNG beside it, both with a description in words, and characters for terminals. */
public final class FigureRenderer implements Renderer<Figure> {
  private static final int COLUMNS = 80;

  @Override
  public Class<Figure> type() {
    return Figure.class;
  }

  @Override
  public MimeBundle render(Figure figure) {
    var words = Map.<String, Object>of("alt", figure.description());
    return new MimeBundle(Map.of(), Map.of(MimeBundle.SVG, words, MimeBundle.PNG, words))
        .with(MimeBundle.SVG, figure.svg())
        .with(MimeBundle.PNG, figure.png())
        .with(MimeBundle.TEXT, figure.text(COLUMNS));
  }
}
