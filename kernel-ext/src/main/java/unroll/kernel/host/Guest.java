package unroll.kernel.host;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import unroll.kernel.LiveTraining;
import unroll.kernel.UnrollLibrary;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderer;
import unroll.kernel.display.Renderers;
import unroll.kernel.magic.Magic;
import unroll.kernel.magic.MagicCall;
import unroll.kernel.magic.MagicException;
import unroll.kernel.magic.Magics;
import unroll.train.Monitor;

/**
 * Unroll as a guest of another kernel. Those kernels cannot unregister anything; so after {@link
 * #unload} the magics answer that they are not loaded, and {@link #render} is empty, which the
 * adapters take as: let another renderer of the kernel do it. May be loaded again.
 */
public final class Guest {
  private static final String VECTORS = "jdk.incubator.vector";

  private final Host host;
  private final Renderers renderers = new Renderers();
  private final Magics magics = new Magics();
  private final Set<Object> registered = new HashSet<>();
  private final HostSession context;
  private volatile boolean loaded;

  /** A guest that is not loaded yet. */
  public Guest(Host host) {
    this.host = host;
    this.context = new HostSession(host, renderers);
  }

  /** Is it loaded? */
  public boolean loaded() {
    return loaded;
  }

  /**
   * Brings renderers, magics and the live chart of a training into the kernel. What the kernel has
   * under the same name stays the kernel's.
   */
  public synchronized void load() {
    loaded = true;
    var settings = UnrollLibrary.settings();
    for (var renderer : settings.renderers()) {
      renderers.register(renderer);
      registerType(renderer);
    }
    if (registered.add(MimeBundle.class)) {
      host.register(MimeBundle.class, this);
    }
    settings.magics().forEach(magics::register);
    for (var magic : magics.all()) {
      if (!registered.contains(magic.name()) && !host.hasMagic(magic.name())) {
        registered.add(magic.name());
        host.register(magic, this);
      }
    }
    Monitor.use(new LiveTraining(() -> loaded ? Optional.of(host) : Optional.empty()));
    if (ModuleLayer.boot().findModule(VECTORS).isEmpty()) {
      System.setProperty("unroll.vector.advice", host.vectorAdvice());
    }
  }

  private <T> void registerType(Renderer<T> renderer) {
    if (registered.add(renderer.type())) {
      host.register(renderer.type(), this);
    }
  }

  /**
   * Imports what a notebook of Unroll has imported; packages that do not exist are left out. What
   * is imported already is not touched: Rapaio's first import brings its {@code display} with it in
   * one snippet, which another import of that name would replace.
   */
  public void importLibrary() {
    var there =
        host.shell().stream().flatMap(JShell::imports).map(ImportSnippet::fullname).toList();
    UnrollLibrary.importsBesideOthers().stream()
        .filter(name -> !there.contains(name))
        .forEach(this::importQuietly);
  }

  private void importQuietly(String name) {
    try {
      host.evaluate("import " + name + ";");
    } catch (Exception noSuchPackage) {
      return; // as in the embedded kernel
    }
  }

  /** Takes everything back that can be taken back. */
  public synchronized void unload() {
    loaded = false;
    Monitor.use(Monitor.NONE);
  }

  /** How to show a value; empty when Unroll is not loaded. */
  public Optional<MimeBundle> render(Object value) {
    return loaded ? Optional.of(renderers.render(value)) : Optional.empty();
  }

  /**
   * Calls a magic.
   *
   * @param body the lines below it, for the cell form; else null
   * @return what the kernel shows as the value of the cell; null for nothing
   * @throws MagicException if the call is wrong, or Unroll was removed
   */
  public Object call(Magic magic, List<String> arguments, String body) throws Exception {
    if (!loaded) {
      throw new MagicException(
          "%"
              + magic.name()
              + " is not loaded: Unroll was removed from this kernel."
              + " unroll.kernel.host.Unroll.install() brings it back");
    }
    var line = arguments.stream().map(Guest::quoted).collect(Collectors.joining(" "));
    var call = MagicCall.parse("%" + magic.name() + " " + line, Optional.ofNullable(body));
    var value = magics.evaluate(call, context);
    if (value == null || host.isResult(value)) {
      return value; // what a magic let the kernel run, it has rendered already
    }
    return host.result(renderers.render(value));
  }

  /** The kernel has split the line already; spaces that are left stood in quotes. */
  private static String quoted(String argument) {
    return argument.isEmpty() || argument.chars().anyMatch(Character::isWhitespace)
        ? '"' + argument + '"'
        : argument;
  }
}
