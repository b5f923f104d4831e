package unroll.kernel.magic;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import unroll.kernel.display.MimeBundle;

/** The magics of a session, by name. May be used from several threads. */
public final class Magics {
  private final Map<String, Magic> byName = new ConcurrentSkipListMap<>();

  /** A registry that holds nothing but {@code %help}. */
  public Magics() {
    register(Help.magic(this));
  }

  /** Adds a magic; one that was there under the same name makes room. */
  public void register(Magic magic) {
    byName.put(magic.name(), magic);
  }

  /** Takes a magic out again. */
  public void unregister(Magic magic) {
    byName.remove(magic.name(), magic);
  }

  /** All magics, in the order of their names. */
  public Collection<Magic> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The magic of a name.
   *
   * @throws MagicException if there is none; its message has the nearest name
   */
  public Magic get(String name) {
    var magic = byName.get(name);
    if (magic == null) {
      throw new MagicException(
          "there is no magic %"
              + name
              + Names.nearest(name, byName.keySet())
                  .map(near -> "; did you mean %" + near + "?")
                  .orElse("")
              + " (%help lists them all)");
    }
    return magic;
  }

  /**
   * Calls a magic.
   *
   * @return the value to display; null for none
   * @throws MagicException if there is no such magic or its arguments are wrong
   * @throws Exception what the magic's own work throws
   */
  public Object evaluate(MagicCall call, MagicContext context) throws Exception {
    var magic = get(call.name());
    try {
      requireForm(magic, call);
      return magic.evaluation().evaluate(call, context);
    } catch (MagicException wrongCall) {
      throw new MagicException(
          "%" + magic.name() + ": " + wrongCall.getMessage() + "\n" + magic.usage());
    }
  }

  private static void requireForm(Magic magic, MagicCall call) {
    if (call.body().isPresent() && !magic.hasCellForm()) {
      throw new MagicException("has no cell form; write it with one %");
    }
    if (call.body().isEmpty() && !magic.hasLineForm()) {
      throw new MagicException("has the cell form only; write it with %% in a cell's last part");
    }
  }

  /** {@link #complete(String, MagicContext)} without a session to ask. */
  public List<String> complete(String line) {
    return complete(line, MagicContext.none());
  }

  /**
   * What could stand at the end of a magic line.
   *
   * @param line from the {@code %} up to the cursor
   * @param context the session, which may be asked for its variables
   * @return complete words that begin with the one at the cursor; names come with their {@code %}
   */
  public List<String> complete(String line, MagicContext context) {
    var word = word(line);
    if (word.length() == line.length()) {
      return names(word);
    }
    var call = MagicCall.parse(line, Optional.empty());
    var magic = byName.get(call.name());
    if (magic == null) {
      return List.of();
    }
    var before =
        word.isEmpty()
            ? call.arguments()
            : call.arguments().subList(0, call.arguments().size() - 1);
    return magic.completion().candidates(before, word, context).stream()
        .filter(a -> a.startsWith(word))
        .distinct()
        .toList();
  }

  private List<String> names(String word) {
    boolean cellForm = word.startsWith("%%");
    return byName.values().stream()
        .filter(magic -> cellForm ? magic.hasCellForm() : magic.hasLineForm())
        .map(magic -> (cellForm ? "%%" : "%") + magic.name())
        .filter(name -> name.startsWith(word))
        .toList();
  }

  /** All about one magic, as {@code %help NAME} shows it; empty if there is none of that name. */
  public Optional<MimeBundle> help(String name) {
    return Optional.ofNullable(byName.get(name)).map(Help::page);
  }

  /** The last word of a line; empty after a space. */
  public static String word(String line) {
    int start = line.length();
    while (start > 0 && !Character.isWhitespace(line.charAt(start - 1))) {
      start--;
    }
    return line.substring(start);
  }
}
