package unroll.kernel.magic;

import java.nio.file.Path;
import java.util.List;
import unroll.train.Registry;

/**
 * What a magic may ask of the session it is called in. What a kernel cannot do, it need not
 * implement: the magic that asks for it is refused with a message that says so.
 */
public interface MagicContext {

  /** A session that can do nothing: for completion where there is none. */
  static MagicContext none() {
    return new MagicContext() {
      @Override
      public Object value(String expression) {
        throw MagicException.impossible("evaluate Java");
      }

      @Override
      public void display(Object value) {
        throw MagicException.impossible("show anything before a magic has ended");
      }
    };
  }

  /**
   * The value of a Java expression in the session.
   *
   * @throws Exception whatever the expression throws, and an error if it does not compile
   */
  Object value(String expression) throws Exception;

  /** Shows a value before the magic has ended. */
  void display(Object value);

  /**
   * Runs Java code, any number of snippets, as a cell would.
   *
   * @return the value of the last one, if that is an expression without a semicolon; otherwise null
   * @throws Exception whatever the code throws, and an error if it does not compile
   */
  default Object run(String code) throws Exception {
    return value(code);
  }

  /**
   * Runs code from elsewhere than the cell.
   *
   * @param name what its errors call it, such as the name of its file
   */
  default Object run(String code, String name) throws Exception {
    return run(code);
  }

  /**
   * Declares a variable with a value, which the registry keeps, too.
   *
   * @param type as it is written in Java, a class without type arguments
   */
  default void define(String type, String name, Object value) throws Exception {
    Registry.put(name, value);
    run("%s %s = unroll.train.Registry.get(\"%s\", %s.class);".formatted(type, name, name, type));
  }

  /** The variables of the session, in the order of their declaration; empty if it cannot tell. */
  default List<Variable> variables() {
    return List.of();
  }

  /** Adds jars and folders to the class path of the session's compiler and of its classes. */
  default void addToClassPath(List<Path> entries) {
    throw MagicException.impossible("add to its class path");
  }

  /** The loader that knows all classes of the session, those of added jars included. */
  default ClassLoader classLoader() {
    return getClass().getClassLoader();
  }

  /**
   * Nanoseconds that the session has spent on compiling so far, to be taken off what was measured;
   * 0 if it cannot tell.
   */
  default long compileNanos() {
    return 0;
  }
}
