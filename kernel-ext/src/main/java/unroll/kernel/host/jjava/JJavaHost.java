package unroll.kernel.host.jjava;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.host.Guest;
import unroll.kernel.host.Host;
import unroll.kernel.magic.Magic;

/** JJava, or another kernel on its base library. */
public final class JJavaHost implements Host {
  private static final Map<BaseKernel, Guest> GUESTS = new WeakHashMap<>();

  private final BaseKernel kernel;

  private JJavaHost(BaseKernel kernel) {
    this.kernel = kernel;
  }

  /** The guest of the kernel that runs in this JVM; null if none runs. */
  public static Guest guest() {
    var kernel = BaseKernel.notebookKernel();
    return kernel == null ? null : guest(kernel);
  }

  /** The one guest of a kernel. */
  static synchronized Guest guest(BaseKernel kernel) {
    return GUESTS.computeIfAbsent(kernel, k -> new Guest(new JJavaHost(k)));
  }

  @Override
  public String name() {
    return "JJava";
  }

  @Override
  public String vectorAdvice() {
    return "set JJAVA_JVM_OPTS=--add-modules=jdk.incubator.vector in the \"env\" of its kernel.json";
  }

  @Override
  public Object evaluate(String code) {
    return kernel.evalRaw(code);
  }

  /** The base library has no JShell; JJava's kernel has. */
  @Override
  public Optional<JShell> shell() {
    try {
      return Optional.of((JShell) kernel.getClass().getMethod("getJShell").invoke(kernel));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean hasMagic(String name) {
    var magics = kernel.getMagicsRegistry();
    return magics.getLineMagicNames().contains(name) || magics.getCellMagicNames().contains(name);
  }

  @Override
  public void register(Magic magic, Guest guest) {
    kernel
        .getMagicsRegistry()
        .registerLineMagic(
            magic.name(), (BaseKernel k, List<String> words) -> guest.call(magic, words, null))
        .registerCellMagic(
            magic.name(),
            (BaseKernel k, List<String> words, String body) -> guest.call(magic, words, body));
  }

  /** All renderers of the nearest type are called in turn; each adds what it has to show. */
  @Override
  public <T> void register(Class<T> type, Guest guest) {
    kernel
        .getRenderer()
        .createRegistration(type)
        .preferring(
            MimeBundle.SVG, MimeBundle.HTML, MimeBundle.MARKDOWN, MimeBundle.PNG, MimeBundle.TEXT)
        .register(
            (value, context) ->
                guest
                    .render(value)
                    .ifPresent(
                        bundle ->
                            bundle
                                .data()
                                .forEach(
                                    (mime, content) ->
                                        context.renderIfRequested(
                                            MIMEType.parse(mime), () -> content))));
  }

  @Override
  public DisplayData result(MimeBundle bundle) {
    var data = new DisplayData();
    bundle.data().forEach(data::putData);
    return data;
  }

  @Override
  public boolean isResult(Object value) {
    return value instanceof DisplayData;
  }

  @Override
  public String display(MimeBundle bundle) {
    var data = result(bundle);
    var id = UUID.randomUUID().toString();
    data.setDisplayId(id);
    kernel.display(data);
    return id;
  }

  @Override
  public void updateDisplay(String id, MimeBundle bundle) {
    kernel.getIO().display.updateDisplay(id, result(bundle));
  }
}
