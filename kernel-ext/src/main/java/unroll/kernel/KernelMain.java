package unroll.kernel;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import unroll.kernel.wire.ConnectionFile;

/** The process of the kernel: {@code java unroll.kernel.KernelMain CONNECTION_FILE}. */
public final class KernelMain {
  private KernelMain() {}

  /**
   * Serves until a front end asks for the end, or the process that started this one has ended.
   *
   * @param args the connection file
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println("usage: java unroll.kernel.KernelMain CONNECTION_FILE");
      System.exit(2);
    }
    System.setProperty("java.awt.headless", "true"); // charts need no screen
    try {
      serve(ConnectionFile.read(Path.of(args[0])));
      System.exit(0); // also where threads of cells still run
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      System.err.println("kernel: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void serve(ConnectionFile file) throws InterruptedException {
    try (var kernel = new UnrollKernel(file, UnrollLibrary::settings)) {
      onInterruptSignal(kernel::interrupt);
      endWithParent(System.getenv("JPY_PARENT_PID"));
      kernel.awaitShutdown();
    }
  }

  /** A front end that died without a word leaves no kernel behind. */
  private static void endWithParent(String pid) {
    if (pid != null && pid.matches("\\d{1,18}") && Long.parseLong(pid) > 1) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(KernelMain::endWith);
    }
  }

  private static void endWith(ProcessHandle parent) {
    var watch =
        new Thread(
            () -> {
              parent.onExit().join();
              Runtime.getRuntime().halt(1);
            },
            "unroll-parent");
    watch.setDaemon(true);
    watch.start();
  }

  /**
   * The kernelspec asks for interrupts by message; some front ends send the signal nevertheless,
   * which without a handler would end the process. The class is no part of Java SE, so it is looked
   * up, and where it is missing the signal does what it always does.
   */
  private static void onInterruptSignal(Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
            }
            return null;
          };
      var proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException notOnThisJvm) {
      return;
    }
  }
}
