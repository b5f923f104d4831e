package unroll.plot;

/**
 * A picture that can be shown in a page, in a file or in a terminal. Figures are immutable: drawing
 * one twice gives the same bytes.
 */
public interface Figure {

  /** A short title, also drawn on the picture. */
  String title();

  /** What the picture shows, in words; becomes the {@code aria-label} of the SVG. */
  String description();

  /** A self-contained SVG document: no script, no link to another file. */
  String svg();

  /** The same picture as PNG, for front ends that do not show SVG. */
  byte[] png();

  /**
   * The same picture drawn with characters.
   *
   * @param columns the width that may be used, at least 40
   */
  String text(int columns);
}
