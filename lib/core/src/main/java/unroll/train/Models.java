package unroll.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.nn.Trainable;

/**
 * The models that have been trained in this session, by name. JShell loses a variable when a class,
 * a method or an import is redefined; a model stays here.
 */
public final class Models {

  private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

  private Models() {}

  /**
   * A model and its latest training.
   *
   * @param name its class and a number, or what it was {@linkplain #rename renamed} to
   * @param model the model
   * @param run its latest training
   */
  public record Entry(String name, Trainable model, Run run) {}

  /** Notes a training of a model; called when one ends. */
  static synchronized void ran(Trainable model, Run run) {
    String name = nameOf(model);
    ENTRIES.put(name, new Entry(name, model, run));
  }

  private static String nameOf(Trainable model) {
    Entry entry = find(model);
    return entry == null ? freeName(model) : entry.name();
  }

  private static Entry find(Trainable model) {
    for (Entry entry : ENTRIES.values()) {
      if (entry.model() == model) {
        return entry;
      }
    }
    return null;
  }

  private static boolean hasAutomaticName(Entry entry) {
    String kind = entry.model().getClass().getSimpleName() + "-";
    return entry.name().startsWith(kind) && entry.name().substring(kind.length()).matches("\\d+");
  }

  private static String freeName(Trainable model) {
    int number = 1;
    while (ENTRIES.containsKey(model.getClass().getSimpleName() + "-" + number)) {
      number++;
    }
    return model.getClass().getSimpleName() + "-" + number;
  }

  /**
   * Gives a trained model another name.
   *
   * @throws IllegalArgumentException if there is no model of the first name, or one of the second
   */
  public static synchronized void rename(String from, String to) {
    Entry entry = get(from);
    if (ENTRIES.containsKey(to)) {
      throw new IllegalArgumentException("Models: '" + to + "' is taken");
    }
    ENTRIES.remove(from);
    ENTRIES.put(to, new Entry(to, entry.model(), entry.run()));
  }

  /**
   * Names a trained model after the variable that holds it, if it has no name of its own yet. An
   * earlier model of that name is called by its class and a number again. Nothing happens if the
   * model has not been trained.
   */
  public static synchronized void name(Trainable model, String variable) {
    Entry entry = find(model);
    if (entry == null || !hasAutomaticName(entry)) {
      return;
    }
    Entry earlier = ENTRIES.remove(variable);
    if (earlier != null) {
      String name = freeName(earlier.model());
      ENTRIES.put(name, new Entry(name, earlier.model(), earlier.run()));
    }
    rename(entry.name(), variable);
  }

  /**
   * A model by its name.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static synchronized Entry get(String name) {
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "Models: no '%s'; there are %s".formatted(name, ENTRIES.keySet()));
    }
    return entry;
  }

  /** All models, the oldest first. */
  public static synchronized List<Entry> list() {
    return new ArrayList<>(ENTRIES.values());
  }

  /** Forgets a model, so that its memory can be used again. */
  public static synchronized void remove(String name) {
    ENTRIES.remove(get(name).name());
  }
}
