package unroll.plot;

/** Something that can draw itself: where it is a cell's result, its drawing is shown. */
public interface Drawable {

  /** The picture. */
  Figure drawing();
}
