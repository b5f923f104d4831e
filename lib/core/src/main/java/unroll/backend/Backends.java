package unroll.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The choice of a backend. New tensors and layers live on the {@link #current()} one: the last that
 * was {@linkplain #use asked for}, or what the environment variable {@code UNROLL_BACKEND} names,
 * or {@code cpu}.
 */
public final class Backends {

  private static final Map<String, BackendProvider> PROVIDERS = providers();
  private static final Map<String, Backend> CREATED = new LinkedHashMap<>();
  private static volatile Backend current;

  private Backends() {}

  /**
   * A row of the table of backends.
   *
   * @param name its short name
   * @param description what it is
   * @param device the device it uses, or why it cannot run and what to do
   * @param available whether it can run here
   * @param current whether new tensors live on it
   */
  public record Row(
      String name, String description, String device, boolean available, boolean current) {}

  /** The backend on which new tensors and layers live. */
  public static Backend current() {
    Backend chosen = current;
    return chosen != null ? chosen : use(environmentChoice());
  }

  /**
   * Makes a backend the current one.
   *
   * @param name its short name, or {@code auto} for the fastest one on this machine
   * @throws IllegalArgumentException if there is no such backend
   * @throws IllegalStateException if it cannot run here; the message says what to do
   */
  public static Backend use(String name) {
    Backend chosen = named(name.equals("auto") ? "cpu" : name);
    current = chosen;
    return chosen;
  }

  /**
   * A backend by its name; each is created once.
   *
   * @throws IllegalArgumentException if there is no such backend
   * @throws IllegalStateException if it cannot run here; the message says what to do
   */
  public static Backend named(String name) {
    BackendProvider provider = PROVIDERS.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "no backend '" + name + "'; there are auto, " + String.join(", ", names()));
    }
    synchronized (CREATED) {
      if (!CREATED.containsKey(name)) {
        if (provider.missing() != null) {
          throw new IllegalStateException(
              "backend '" + name + "' cannot run here: " + provider.missing());
        }
        CREATED.put(name, provider.create());
      }
      return CREATED.get(name);
    }
  }

  /**
   * Sets how many threads the current backend computes on; its results do not depend on it. All
   * cores are the default, or what the environment variable {@code UNROLL_THREADS} says.
   *
   * @throws IllegalArgumentException if it is not from 1 to 1024
   * @throws IllegalStateException if the current backend's threads are not ours to choose
   */
  public static void threads(int count) {
    Backend chosen = current();
    if (!(chosen instanceof Threaded threaded)) {
      throw new IllegalStateException(
          "threads: backend '" + chosen.name() + "' has no number of threads; cpu has");
    }
    threaded.threads(count);
  }

  /** The names of all backends on the class path, the default first. */
  public static List<String> names() {
    return List.copyOf(PROVIDERS.keySet());
  }

  /** Every backend on the class path and whether it can run here. */
  public static List<Row> table() {
    Backend chosen = current();
    List<Row> rows = new ArrayList<>();
    for (BackendProvider p : PROVIDERS.values()) {
      String missing = p.missing();
      boolean available = missing == null;
      String device = available ? named(p.name()).device() : missing;
      rows.add(
          new Row(p.name(), p.description(), device, available, p.name().equals(chosen.name())));
    }
    return rows;
  }

  private static String environmentChoice() {
    String name = System.getenv("UNROLL_BACKEND");
    return name == null || name.isBlank() ? "auto" : name.strip();
  }

  private static Map<String, BackendProvider> providers() {
    return ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .collect(
            Collectors.toMap(
                BackendProvider::name, p -> p, (first, second) -> first, LinkedHashMap::new));
  }
}
