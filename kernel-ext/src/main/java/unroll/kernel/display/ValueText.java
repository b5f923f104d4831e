package unroll.kernel.display;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Values as text: strings as they are, arrays and collections by their elements, cut when long. */
public final class ValueText {
  private static final int ELEMENTS = 100;
  private static final int MAX_DEPTH = 4;
  private static final int LENGTH = 20_000;
  private static final int WHOLE_LENGTH = 4_000_000;

  private static final int BRIEF_LINES = 8;
  private static final int BRIEF_LENGTH = 600;

  private final int elements;

  private ValueText(int elements) {
    this.elements = elements;
  }

  static String of(Object value) {
    var text = new ValueText(ELEMENTS).text(value);
    return cut(text, LENGTH, "showAll(…) shows them too");
  }

  /** All elements of a value, up to some megabytes of text. */
  public static String whole(Object value) {
    return whole(new ValueText(Integer.MAX_VALUE).text(value));
  }

  /** A text, up to some megabytes of it. */
  public static String whole(String text) {
    return cut(text, WHOLE_LENGTH, "Files.writeString(Path.of(\"FILE\"), …) takes all");
  }

  private static String cut(String text, int length, String hint) {
    return text.length() <= length
        ? text
        : text.substring(0, length)
            + String.format(
                Locale.ROOT, "\n… %,d characters more; %s", text.length() - length, hint);
  }

  private String text(Object value) {
    return value instanceof CharSequence chars
        ? chars.toString()
        : CellNames.clean(element(value, 0));
  }

  /** The first few lines of a value's text; what its {@code toString} throws, where it does. */
  public static String brief(Object value) {
    String text;
    try {
      text = of(value);
    } catch (RuntimeException e) {
      return "its text cannot be had: " + e;
    }
    var shown = text.lines().limit(BRIEF_LINES).collect(Collectors.joining("\n"));
    if (shown.length() > BRIEF_LENGTH) {
      return shown.substring(0, BRIEF_LENGTH) + "…";
    }
    return shown.length() < text.stripTrailing().length() ? shown + "\n…" : shown;
  }

  private String element(Object value, int depth) {
    if (value == null) {
      return "null";
    }
    if (depth < MAX_DEPTH) {
      if (value.getClass().isArray()) {
        return array(value, depth);
      }
      // only the JDK's own collections: others may have a toString of their own that says more
      if (value instanceof Collection<?> many && isJdk(value)) {
        return elements(many.iterator(), many.size(), depth);
      }
      if (value instanceof Map<?, ?> map && isJdk(value)) {
        return entries(map, depth);
      }
    }
    return String.valueOf(value);
  }

  private static boolean isJdk(Object value) {
    return value.getClass().getName().startsWith("java.");
  }

  private String array(Object array, int depth) {
    int length = Array.getLength(array);
    var joiner = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < Math.min(length, elements); i++) {
      joiner.add(element(Array.get(array, i), depth + 1));
    }
    return cut(joiner, length).toString();
  }

  private String elements(Iterator<?> values, int size, int depth) {
    var joiner = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < elements && values.hasNext(); i++) {
      joiner.add(element(values.next(), depth + 1));
    }
    return cut(joiner, size).toString();
  }

  private String entries(Map<?, ?> map, int depth) {
    var joiner = new StringJoiner(", ", "{", "}");
    map.entrySet().stream()
        .limit(elements)
        .forEach(
            e ->
                joiner.add(
                    element(e.getKey(), depth + 1) + "=" + element(e.getValue(), depth + 1)));
    return cut(joiner, map.size()).toString();
  }

  private StringJoiner cut(StringJoiner joiner, int size) {
    return size > elements ? joiner.add("… " + (size - elements) + " more") : joiner;
  }
}
