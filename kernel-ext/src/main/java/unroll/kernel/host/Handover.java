package unroll.kernel.host;

/**
 * Brings the value of an expression out of a session whose kernel only gives what it makes of it.
 * Called from code that a {@link HostSession} lets the kernel evaluate.
 */
public final class Handover {
  private static volatile Object value;

  private Handover() {}

  /** Takes a value over. */
  public static void set(Object given) {
    value = given;
  }

  /** The value that was taken over, once. */
  static Object take() {
    var taken = value;
    value = null;
    return taken;
  }
}
