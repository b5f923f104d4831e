package unroll.train;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.DeviceLostException;
import unroll.backend.DeviceMemoryError;

/** The cpu backend as if it were a device, which can be lost or run out of memory. */
final class FragileBackend implements InvocationHandler {

  private final Backend cpu = Backends.named("cpu");
  private final Backend proxy =
      (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, this);
  private boolean lost;
  private boolean full;

  /** The backend itself. */
  Backend backend() {
    return proxy;
  }

  /** From now on every use fails. */
  void lose() {
    lost = true;
  }

  /** From now on there is no room. */
  void fill() {
    full = true;
  }

  @Override
  public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (name.equals("name")) {
      return "fragile";
    }
    if (name.equals("isDevice")) {
      return true;
    }
    if (lost && !name.equals("release") && !name.equals("precision")) {
      throw new DeviceLostException("fragile", "unspecified launch failure");
    }
    if (full && name.equals("allocate")) {
      throw new DeviceMemoryError("fragile", 4L * (int) arguments[0], 100_000, 8_000_000_000L);
    }
    try {
      return method.invoke(cpu, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
