package unroll.kernel.host.jjava;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * Brings Unroll's imports, renderers and magics into JJava and other kernels on its base library,
 * which find it by the service loader when the jar is added.
 */
public final class UnrollExtension implements Extension {

  /** Called by the service loader. */
  public UnrollExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    var guest = JJavaHost.guest(kernel);
    guest.load();
    guest.importLibrary();
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    JJavaHost.guest(kernel).unload();
  }
}
