package unroll.kernel.host;

import java.util.Optional;
import jdk.jshell.JShell;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Screen;
import unroll.kernel.magic.Magic;

/** A kernel that is not ours, into which Unroll is loaded. */
public interface Host extends Screen {

  /** Its name, for people: {@code JJava}. */
  String name();

  /** Where a user of this kernel asks for the vector module. */
  String vectorAdvice();

  /**
   * Evaluates Java in the session.
   *
   * @return the value of the last expression, or what the kernel shows for it; null for none
   * @throws Exception whatever the code throws
   */
  Object evaluate(String code) throws Exception;

  /** The JShell of the session, if it can be reached. */
  Optional<JShell> shell();

  /** Has the kernel a magic of its own under this name? It is left alone then. */
  boolean hasMagic(String name);

  /** Makes the kernel call a magic of the guest's; called at most once a name. */
  void register(Magic magic, Guest guest);

  /** Makes the kernel ask the guest how to show values of a type; called at most once a type. */
  <T> void register(Class<T> type, Guest guest);

  /** What the kernel makes of a bundle that is the value of a cell. */
  Object result(MimeBundle bundle);

  /** Is this what the kernel makes of values already? */
  boolean isResult(Object value);
}
