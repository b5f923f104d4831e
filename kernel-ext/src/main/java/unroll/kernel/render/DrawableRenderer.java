package unroll.kernel.render;

import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderer;
import unroll.plot.Drawable;

/**
 * Models, trainings and whatever else draws itself: the drawing, with the value's text above it.
 */
public final class DrawableRenderer implements Renderer<Drawable> {
  private final FigureRenderer figures = new FigureRenderer();

  @Override
  public Class<Drawable> type() {
    return Drawable.class;
  }

  @Override
  public MimeBundle render(Drawable value) {
    var drawing = figures.render(value.drawing());
    var text = value + "\n\n" + drawing.get(MimeBundle.TEXT).orElse("");
    return drawing.with(MimeBundle.TEXT, text.strip());
  }
}
