package unroll.kernel.display;

/**
 * Shows the values of one type.
 *
 * @param <T> the type whose values are shown
 */
public interface Renderer<T> {

  /** The type; its subtypes are shown too, unless a renderer nearer to them is registered. */
  Class<T> type();

  /**
   * The value in every MIME type that this renderer knows; {@code text/plain} always among them.
   *
   * @param value never null
   */
  MimeBundle render(T value);
}
