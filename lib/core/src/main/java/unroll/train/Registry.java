package unroll.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session holds by name, whatever becomes of its variables. A notebook keeps here the
 * models, runs and tables that its variables hold, under the variables' names, and what a variable
 * held before its class was redefined: {@code Registry.get("model")} gives it back.
 *
 * <p>{@link Models} lists the models that were trained, with their runs. May be used from several
 * threads.
 */
public final class Registry {

  private static final Map<String, Object> KEPT = new LinkedHashMap<>();

  private Registry() {}

  /** Keeps an object; one that was there under the same name makes room. */
  public static synchronized void put(String name, Object object) {
    if (object == null) {
      throw new IllegalArgumentException("Registry.put: null cannot be kept as '" + name + "'");
    }
    KEPT.put(name, object);
  }

  /**
   * An object by its name.
   *
   * @throws IllegalArgumentException if there is none of this name; says which there are
   */
  public static synchronized Object get(String name) {
    Object object = KEPT.get(name);
    if (object == null) {
      throw new IllegalArgumentException(
          "Registry: no '%s'; there are %s".formatted(name, KEPT.keySet()));
    }
    return object;
  }

  /**
   * An object by its name, as what it is: {@code Registry.get("prices", Table.class)}.
   *
   * @throws IllegalArgumentException if there is none of this name, or it is something else
   */
  public static <T> T get(String name, Class<T> type) {
    Object object = get(name);
    if (!type.isInstance(object)) {
      throw new IllegalArgumentException(
          "Registry: '%s' is a %s, not a %s"
              .formatted(name, object.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(object);
  }

  /** All names, the oldest first. */
  public static synchronized List<String> names() {
    return List.copyOf(KEPT.keySet());
  }

  /** Forgets an object, so that its memory can be used again; nothing happens if there is none. */
  public static synchronized void remove(String name) {
    KEPT.remove(name);
  }
}
