package unroll.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The choice of a backend. New tensors and layers live on the {@link #current()} one: the last that
 * was {@linkplain #use asked for}, or what the environment variable {@code UNROLL_BACKEND} names,
 * or {@code cpu}.
 *
 * <p>{@code auto} is no backend but a way to choose one: a training begins by timing a step of its
 * own model on each backend of single precision, moves the model to the fastest and makes that the
 * current one. Until then it is {@code cpu}.
 */
public final class Backends {

  private static final String DEFAULT = "cpu";
  private static final String AUTO = "auto";
  private static final Map<String, BackendProvider> PROVIDERS = new LinkedHashMap<>();
  private static final Map<String, Backend> CREATED = new LinkedHashMap<>();
  private static volatile Backend current;
  private static volatile boolean auto;

  static {
    discover(Backends.class.getClassLoader());
  }

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
   * @param name its short name, or {@code auto} for the fastest one for each model
   * @throws IllegalArgumentException if there is no such backend
   * @throws IllegalStateException if it cannot run here; the message says what to do
   */
  public static Backend use(String name) {
    boolean choose = name.equals(AUTO);
    Backend chosen = named(choose ? DEFAULT : name);
    current = chosen;
    auto = choose;
    return chosen;
  }

  /** Whether trainings choose the fastest backend for their model: {@code use("auto")}. */
  public static boolean isAuto() {
    current();
    return auto;
  }

  /** Makes a backend the current one, as {@code auto} has chosen it. */
  public static void chosen(Backend backend) {
    current = backend;
  }

  /**
   * A backend by its name; each is created once.
   *
   * @throws IllegalArgumentException if there is no such backend
   * @throws IllegalStateException if it cannot run here; the message says what to do
   */
  public static Backend named(String name) {
    BackendProvider provider = provider(name);
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

  private static BackendProvider provider(String name) {
    if (!names().contains(name)) {
      discover(Thread.currentThread().getContextClassLoader());
    }
    synchronized (PROVIDERS) {
      BackendProvider provider = PROVIDERS.get(name);
      if (provider != null) {
        return provider;
      }
    }
    for (OptionalBackend optional : OptionalBackend.ALL) {
      if (optional.name().equals(name)) {
        throw new IllegalStateException(
            "backend '" + name + "' cannot run here: " + optional.missing());
      }
    }
    throw new IllegalArgumentException(
        "no backend '" + name + "'; there are auto, " + String.join(", ", known()));
  }

  /**
   * Looks for backends that a class loader knows and this class does not yet: after a jar was added
   * to a session.
   *
   * @return the names of the new ones
   */
  public static List<String> discover(ClassLoader loader) {
    List<String> found = new ArrayList<>();
    synchronized (PROVIDERS) {
      for (BackendProvider provider : ServiceLoader.load(BackendProvider.class, loader)) {
        if (PROVIDERS.putIfAbsent(provider.name(), provider) == null) {
          found.add(provider.name());
        }
      }
    }
    return found;
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
    synchronized (PROVIDERS) {
      return List.copyOf(PROVIDERS.keySet());
    }
  }

  /** The names of all backends there are, those to be added to the class path included. */
  public static List<String> known() {
    Set<String> all = new LinkedHashSet<>(names());
    OptionalBackend.ALL.forEach(optional -> all.add(optional.name()));
    return List.copyOf(all);
  }

  /** Every backend there is and whether it can run here. */
  public static List<Row> table() {
    Backend chosen = current();
    List<BackendProvider> providers;
    synchronized (PROVIDERS) {
      providers = List.copyOf(PROVIDERS.values());
    }
    List<Row> rows = new ArrayList<>();
    for (BackendProvider p : providers) {
      String missing = p.missing();
      boolean available = missing == null;
      String device = available ? named(p.name()).device() : missing;
      rows.add(
          new Row(p.name(), p.description(), device, available, p.name().equals(chosen.name())));
    }
    for (OptionalBackend o : OptionalBackend.ALL) {
      if (providers.stream().noneMatch(p -> p.name().equals(o.name()))) {
        rows.add(new Row(o.name(), o.description(), o.missing(), false, false));
      }
    }
    return rows;
  }

  private static String environmentChoice() {
    String name = System.getenv("UNROLL_BACKEND");
    return name == null || name.isBlank() ? DEFAULT : name.strip();
  }
}
