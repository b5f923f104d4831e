package unroll.kernel.host.rapaio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jdk.jshell.JShell;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.global.Global;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.host.Guest;
import unroll.kernel.host.Host;
import unroll.kernel.magic.Magic;

/**
 * Rapaio's kernel. It has no registry of magics; the functions of the library do the same. Its
 * display system takes renderers from the service loader alone.
 */
public final class RapaioHost implements Host {
  private static final RapaioHost HOST = new RapaioHost();
  private static final Guest GUEST = new Guest(HOST);

  private final List<DisplayRenderer> renderers = new ArrayList<>();
  private boolean asked;

  private RapaioHost() {}

  /** The guest of the kernel that runs in this JVM. */
  public static Guest guest() {
    return GUEST;
  }

  /** Loads the guest when the kernel asks for the first time; it asks anew for every added jar. */
  static List<DisplayRenderer> renderers() {
    synchronized (HOST) {
      if (!HOST.asked) {
        HOST.asked = true;
        GUEST.load();
      }
      return List.copyOf(HOST.renderers);
    }
  }

  static DisplayData data(MimeBundle bundle) {
    var data = DisplayData.fromText("");
    data.data().clear();
    bundle.data().forEach((String mime, String content) -> data.putData(mime, content));
    return data;
  }

  @Override
  public String name() {
    return "Rapaio";
  }

  @Override
  public String vectorAdvice() {
    return "add \"--add-modules=jdk.incubator.vector\" after \"java\" in the \"argv\" of its kernel.json";
  }

  /**
   * Evaluates Java in the session.
   *
   * @throws IllegalStateException from an init script: the kernel is not there yet
   */
  @Override
  public Object evaluate(String code) throws Exception {
    if (isStarting()) {
      throw new IllegalStateException("Rapaio's kernel is still starting");
    }
    return Global.eval(code);
  }

  /** While the class of the kernel is being initialised, touching it would wait for ever. */
  private static boolean isStarting() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getMethodName().equals("<clinit>")
                    && frame.getClassName().equals("org.rapaio.jupyter.kernel.MainApp"));
  }

  @Override
  public Optional<JShell> shell() {
    return isStarting() ? Optional.empty() : Optional.of(MainApp.kernel.javaEngine().getShell());
  }

  @Override
  public boolean hasMagic(String name) {
    return true; // there is no way to add one
  }

  @Override
  public void register(Magic magic, Guest guest) {
    throw new UnsupportedOperationException("Rapaio's kernel takes no magics");
  }

  @Override
  public <T> void register(Class<T> type, Guest guest) {
    renderers.add(new GuestRenderer(type, guest));
  }

  @Override
  public DisplayData result(MimeBundle bundle) {
    return data(bundle);
  }

  @Override
  public boolean isResult(Object value) {
    return value instanceof DisplayData;
  }

  @Override
  public String display(MimeBundle bundle) {
    var data = data(bundle);
    var id = UUID.randomUUID().toString();
    data.setDisplayId(id);
    MainApp.kernel.display(data);
    return id;
  }

  @Override
  public void updateDisplay(String id, MimeBundle bundle) {
    var data = data(bundle);
    data.setDisplayId(id);
    MainApp.kernel.updateDisplay(data);
  }
}
