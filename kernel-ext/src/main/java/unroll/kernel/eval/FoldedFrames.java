package unroll.kernel.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Frames that are no one's cell, one after another: counted by whose they are. */
final class FoldedFrames {
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private StackTraceElement called;

  /** Adds one; the last added is the one that the cell called. */
  void add(StackTraceElement frame) {
    called = frame;
    counts.merge(owner(frame.getClassName()), 1, Integer::sum);
  }

  /** The library, the JVM, or the first two names of a package. */
  private static String owner(String className) {
    if (className.startsWith("unroll.")) {
      return "unroll";
    }
    if (className.matches("(java|javax|jdk|sun|com\\.sun)\\..*")) {
      return "the JVM";
    }
    var names = className.split("\\.", 3);
    return names.length < 3 ? "other classes" : names[0] + "." + names[1];
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** What was called, and how many frames there were in whose code. */
  String line() {
    var type = called.getClassName().substring(called.getClassName().lastIndexOf('.') + 1);
    var words =
        counts.entrySet().stream()
            .map(e -> e.getValue() + " in " + e.getKey())
            .collect(Collectors.joining(", "));
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return Ansi.faint(
        "    … "
            + type.replace('$', '.')
            + "."
            + called.getMethodName()
            + ": "
            + words.replaceFirst(" ", all == 1 ? " frame " : " frames "));
  }
}
