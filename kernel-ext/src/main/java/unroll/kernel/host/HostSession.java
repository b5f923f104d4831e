package unroll.kernel.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.VarSnippet;
import unroll.kernel.display.Renderers;
import unroll.kernel.magic.MagicContext;
import unroll.kernel.magic.MagicException;
import unroll.kernel.magic.Variable;

/** What the magics may ask of a session of another kernel. */
final class HostSession implements MagicContext {
  private final Host host;
  private final Renderers renderers;

  HostSession(Host host, Renderers renderers) {
    this.host = host;
    this.renderers = renderers;
  }

  @Override
  public synchronized Object value(String expression) throws Exception {
    host.evaluate("unroll.kernel.host.Handover.set(" + expression + ");");
    return Handover.take();
  }

  @Override
  public Object run(String code) throws Exception {
    return host.evaluate(code);
  }

  @Override
  public void display(Object value) {
    host.display(renderers.render(value));
  }

  @Override
  public List<Variable> variables() {
    var found = new ArrayList<Variable>();
    for (var variable : names()) {
      readQuietly(variable).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Variable> readQuietly(VarSnippet variable) {
    try {
      var value = value(variable.name());
      return Optional.of(new Variable(variable.name(), variable.typeName(), value));
    } catch (Exception unreadable) {
      return Optional.empty();
    }
  }

  private List<VarSnippet> names() {
    return host.shell().stream()
        .flatMap(shell -> shell.variables().filter(v -> shell.status(v) == Status.VALID))
        .filter(variable -> !variable.name().startsWith("$"))
        .toList();
  }

  @Override
  public void addToClassPath(List<Path> entries) {
    JShell shell =
        host.shell().orElseThrow(() -> new MagicException(host.name() + " has no class path"));
    entries.forEach(entry -> shell.addToClasspath(entry.toString()));
  }

  /** The loader of the session's own classes is that of the thread which runs a cell. */
  @Override
  public ClassLoader classLoader() {
    var loader = Thread.currentThread().getContextClassLoader();
    return loader == null ? getClass().getClassLoader() : loader;
  }
}
