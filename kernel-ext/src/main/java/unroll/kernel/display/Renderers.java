package unroll.kernel.display;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The renderers of a session, one a type. The nearest type wins: the value's class, its
 * superclasses in order, then its interfaces breadth first. Values without a renderer are shown as
 * text. May be used from several threads.
 */
public final class Renderers {
  private final Map<Class<?>, Renderer<?>> byType = new ConcurrentHashMap<>();

  /** An empty registry: every value is shown as text. */
  public Renderers() {}

  /** Adds a renderer; one that was there for the same type makes room. */
  public void register(Renderer<?> renderer) {
    byType.put(renderer.type(), renderer);
  }

  /** Takes a renderer out again; its values are shown by the next nearest, or as text. */
  public void unregister(Renderer<?> renderer) {
    byType.remove(renderer.type(), renderer);
  }

  /** The value in every MIME type its renderer knows. */
  public MimeBundle render(Object value) {
    if (value instanceof MimeBundle bundle) {
      return bundle;
    }
    if (value == null) {
      return MimeBundle.text("null");
    }
    return find(value.getClass())
        .map(renderer -> apply(renderer, value))
        .orElseGet(() -> MimeBundle.text(ValueText.of(value)));
  }

  /**
   * The value in the MIME types asked for. A string shown as another text type is taken to be
   * content of that type.
   *
   * @throws IllegalArgumentException if the value has none of the types
   */
  public MimeBundle renderAs(Object value, String... mimeTypes) {
    if (value instanceof CharSequence text && mimeTypes.length == 1) {
      return MimeBundle.empty().with(mimeTypes[0], text.toString());
    }
    var all = render(value);
    var wanted = all.only(List.of(mimeTypes));
    if (wanted.data().isEmpty()) {
      throw new IllegalArgumentException(
          "display: a "
              + (value == null ? "null" : value.getClass().getSimpleName())
              + " can be shown as "
              + String.join(", ", all.data().keySet())
              + "; asked for "
              + Arrays.toString(mimeTypes));
    }
    return wanted;
  }

  private Optional<Renderer<?>> find(Class<?> type) {
    for (var candidate : lineage(type)) {
      var renderer = byType.get(candidate);
      if (renderer != null) {
        return Optional.of(renderer);
      }
    }
    return Optional.empty();
  }

  private static Set<Class<?>> lineage(Class<?> type) {
    var classes = new ArrayList<Class<?>>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      classes.add(c);
    }
    var all = new LinkedHashSet<>(classes);
    var interfaces = new ArrayDeque<>(classes);
    while (!interfaces.isEmpty()) {
      for (var i : interfaces.remove().getInterfaces()) {
        if (all.add(i)) {
          interfaces.add(i);
        }
      }
    }
    return all;
  }

  private static <T> MimeBundle apply(Renderer<T> renderer, Object value) {
    return renderer.render(renderer.type().cast(value));
  }
}
