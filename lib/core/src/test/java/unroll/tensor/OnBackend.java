package unroll.tensor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import unroll.backend.Backends;

/** Runs the tests of a class on a backend, and puts the one before back after each. */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnBackend.Switch.class)
public @interface OnBackend {

  /** The backend's name. */
  String value();

  /** What JUnit calls. */
  final class Switch implements TestInstancePreConstructCallback, AfterEachCallback {

    private String before;

    /** Runs some code on a backend, and puts the one before back. */
    public static void run(String backend, Runnable code) {
      String before = Backends.current().name();
      Backends.use(backend);
      try {
        code.run();
      } finally {
        Backends.use(before);
      }
    }

    @Override
    public void preConstructTestInstance(
        TestInstanceFactoryContext factory, ExtensionContext context) {
      OnBackend chosen = factory.getTestClass().getAnnotation(OnBackend.class);
      if (before == null) { // a nested class has an outer instance, which comes first
        before = Backends.current().name();
      }
      Backends.use(chosen.value());
    }

    @Override
    public void afterEach(ExtensionContext context) {
      Backends.use(before);
      before = null;
    }
  }
}
