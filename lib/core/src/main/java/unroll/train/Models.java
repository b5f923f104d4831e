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
    for (Entry entry : ENTRIES.values()) {
      if (entry.model() == model) {
        return entry.name();
      }
    }
    String kind = model.getClass().getSimpleName();
    int number = 1;
    while (ENTRIES.containsKey(kind + "-" + number)) {
      number++;
    }
    return kind + "-" + number;
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
