package unroll.kernel.eval;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Lets JShell run its snippets in this JVM, and keeps what they return and throw as objects, where
 * JShell itself only wants their text.
 */
final class InProcessControl extends DirectExecutionControl {
  private final Invoker invoker;
  private Object value;
  private Throwable thrown;
  private Field field;
  private long runNanos;

  /** Runs a snippet's method where it should run. */
  interface Invoker {
    Object invoke(Method method) throws Exception;
  }

  InProcessControl(NotebookLoader loader, Invoker invoker) {
    super(loader);
    this.invoker = invoker;
  }

  /** A provider that always gives this one. */
  ExecutionControlProvider provider() {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return "unroll";
      }

      @Override
      public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return InProcessControl.this;
      }
    };
  }

  /** Forgets the last snippet's value and exception. */
  void reset() {
    value = null;
    thrown = null;
  }

  /** What the last snippet returned. */
  Object value() {
    return value;
  }

  /** What the last snippet threw; null if it returned. */
  Throwable thrown() {
    return thrown;
  }

  /** JShell asks for a variable's text; {@link #field} wants to know where it is. */
  @Override
  public String varValue(String className, String varName)
      throws RunException, EngineTerminationException, InternalException {
    try {
      field = findClass(className).getDeclaredField(varName);
      field.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new InternalException(e.toString());
    }
    return "";
  }

  /** Where JShell keeps a variable; empty if it has no place yet. */
  Optional<Field> field(JShell shell, VarSnippet variable) {
    field = null;
    shell.varValue(variable);
    return Optional.ofNullable(field);
  }

  @Override
  protected String invoke(Method method) throws Exception {
    long start = System.nanoTime();
    try {
      value = invoker.invoke(method);
    } finally {
      runNanos += System.nanoTime() - start;
    }
    return "";
  }

  /** How long the code of cells has run so far. */
  long runNanos() {
    return runNanos;
  }

  @Override
  protected String throwConvertedInvocationException(Throwable cause)
      throws RunException, InternalException {
    thrown = cause;
    return super.throwConvertedInvocationException(cause);
  }
}
