package unroll.kernel.render;

import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderer;
import unroll.plot.Drawable;

/**
 * Models, trainings and whatever else draws itself: the drawing, with the value's text above it
 * unless the drawing says the same.
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
    var drawn = drawing.get(MimeBundle.TEXT).orElse("");
    boolean says = words(drawn).contains(words(value.toString()));
    return drawing.with(MimeBundle.TEXT, (says ? drawn : value + "\n\n" + drawn).strip());
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
