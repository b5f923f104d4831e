package unroll.kernel.magic;

/** What a magic may ask of the session it is called in. */
public interface MagicContext {

  /**
   * The value of a Java expression in the session.
   *
   * @throws Exception whatever the expression throws; a {@link MagicException} if it does not
   *     compile
   */
  Object value(String expression) throws Exception;

  /** Shows a value before the magic has ended. */
  void display(Object value);
}
