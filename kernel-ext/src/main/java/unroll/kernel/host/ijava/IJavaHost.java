package unroll.kernel.host.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jdk.jshell.JShell;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.host.Guest;
import unroll.kernel.host.Host;
import unroll.kernel.magic.Magic;

/**
 * IJava. Its kernel class is not to be had from Maven, so that class is reached by its name; its
 * base library is compiled against.
 */
public final class IJavaHost implements Host {
  private static final String ENTRY = "io.github.spencerpark.ijava.IJava";

  /** The magics that IJava 1.3.0 comes with; its registry cannot be asked. */
  private static final Set<String> OWN_MAGICS =
      Set.of(
          "jars",
          "classpath",
          "maven",
          "addMavenDependency",
          "addMavenDependencies",
          "mavenRepo",
          "addMavenRepo",
          "loadFromPOM",
          "load",
          "exec");

  private static Guest guest;

  private final BaseKernel kernel;
  private final Magics magics;

  IJavaHost(BaseKernel kernel, Magics magics) {
    this.kernel = kernel;
    this.magics = magics;
  }

  /** The guest of the kernel that runs in this JVM; null if none runs. */
  public static synchronized Guest guest() {
    if (guest == null) {
      var kernel = runningKernel();
      guest = kernel == null ? null : new Guest(new IJavaHost(kernel, magicsOf(kernel)));
    }
    return guest;
  }

  private static BaseKernel runningKernel() {
    try {
      return (BaseKernel) Class.forName(ENTRY).getMethod("getKernelInstance").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Unroll: this IJava is unlike 1.3.0: " + e, e);
    }
  }

  private static Magics magicsOf(BaseKernel kernel) {
    try {
      return (Magics) kernel.getClass().getMethod("getMagics").invoke(kernel);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Unroll: this IJava has no magics: " + e, e);
    }
  }

  @Override
  public String name() {
    return "IJava";
  }

  @Override
  public String vectorAdvice() {
    return "add \"--add-modules=jdk.incubator.vector\" after \"java\" in the \"argv\" of its kernel.json";
  }

  @Override
  public Object evaluate(String code) throws Exception {
    return kernel.eval(code);
  }

  @Override
  public Optional<JShell> shell() {
    try {
      var field = kernel.getClass().getDeclaredField("evaluator");
      field.setAccessible(true);
      var evaluator = field.get(kernel);
      return Optional.of((JShell) evaluator.getClass().getMethod("getShell").invoke(evaluator));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean hasMagic(String name) {
    return OWN_MAGICS.contains(name);
  }

  @Override
  public void register(Magic magic, Guest guest) {
    magics.registerLineMagic(magic.name(), (List<String> words) -> guest.call(magic, words, null));
    magics.registerCellMagic(magic.name(), (words, body) -> guest.call(magic, words, body));
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
