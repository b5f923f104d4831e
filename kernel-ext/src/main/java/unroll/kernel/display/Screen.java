package unroll.kernel.display;

/** Where something can be shown, and later another thing in its place. */
public interface Screen {

  /**
   * Shows a bundle.
   *
   * @return an id, for {@link #updateDisplay}
   */
  String display(MimeBundle bundle);

  /** Shows a bundle in the place of what was shown under an id. */
  void updateDisplay(String id, MimeBundle bundle);
}
