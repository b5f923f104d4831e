package unroll.kernel;

import java.util.List;
import java.util.Optional;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderer;
import unroll.kernel.display.Renderers;
import unroll.kernel.magic.Magic;
import unroll.kernel.magic.MagicCall;
import unroll.kernel.magic.MagicContext;
import unroll.kernel.magic.MagicException;
import unroll.kernel.magic.Magics;

/**
 * Brings Unroll's imports, renderers and magics into JJava and other kernels on its base library,
 * which find it by the service loader. Those cannot unregister anything; so after the extension is
 * removed its magics answer that they are not loaded, and its renderers give plain text.
 */
public final class UnrollExtension implements Extension {
  private final Renderers renderers = new Renderers();
  private final Magics magics = new Magics();
  private volatile boolean loaded;

  /** Called by the service loader. */
  public UnrollExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    loaded = true;
    var settings = UnrollLibrary.settings();
    settings.renderers().forEach(renderers::register);
    settings.renderers().forEach(renderer -> register(kernel, renderer));
    settings.magics().forEach(magics::register);
    magics.all().forEach(magic -> register(kernel, magic));
    UnrollLibrary.importsBesideOthers().forEach(name -> importQuietly(kernel, name));
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    loaded = false;
    magics.all().forEach(magics::unregister);
    UnrollLibrary.settings().renderers().forEach(renderers::unregister);
  }

  private static void importQuietly(BaseKernel kernel, String name) {
    try {
      kernel.evalRaw("import " + name + ";");
    } catch (RuntimeException noSuchPackage) {
      return; // as in the embedded kernel: packages that do not exist are left out
    }
  }

  private <T> void register(BaseKernel kernel, Renderer<T> renderer) {
    kernel
        .getRenderer()
        .createRegistration(renderer.type())
        .preferring(MimeBundle.SVG, MimeBundle.HTML, MimeBundle.PNG, MimeBundle.TEXT)
        .register(
            (value, context) -> {
              var bundle = loaded ? renderer.render(value) : MimeBundle.text(value.toString());
              context.getOutputContainer().assign(displayData(bundle));
            });
  }

  private void register(BaseKernel kernel, Magic magic) {
    kernel
        .getMagicsRegistry()
        .registerLineMagic(
            magic.name(), (BaseKernel k, List<String> arguments) -> call(k, magic, arguments, null))
        .registerCellMagic(
            magic.name(),
            (BaseKernel k, List<String> arguments, String body) -> call(k, magic, arguments, body));
  }

  private Object call(BaseKernel kernel, Magic magic, List<String> arguments, String body)
      throws Exception {
    if (!loaded) {
      throw new MagicException(
          "%" + magic.name() + " is not loaded: Unroll's extension was removed");
    }
    var line = "%" + magic.name() + " " + String.join(" ", arguments);
    var call = MagicCall.parse(line, Optional.ofNullable(body));
    var value = magics.evaluate(call, new Context(kernel));
    return value == null ? null : displayData(renderers.render(value));
  }

  private static DisplayData displayData(MimeBundle bundle) {
    var data = new DisplayData();
    bundle.data().forEach(data::putData);
    return data;
  }

  private final class Context implements MagicContext {
    private final BaseKernel kernel;

    Context(BaseKernel kernel) {
      this.kernel = kernel;
    }

    @Override
    public Object value(String expression) {
      return kernel.evalRaw(expression);
    }

    @Override
    public void display(Object value) {
      kernel.display(displayData(renderers.render(value)));
    }
  }
}
