package unroll.nn.recurrent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Trees in brackets, read and written without recursion: a chain may be long. */
final class TreeText {

  /** A node whose bracket is open: its word and the parts so far. */
  private record Open(String word, List<Tree> parts, int at) {}

  private final String text;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Tree> roots = new ArrayList<>();
  private int at;

  TreeText(String text) {
    this.text = text;
  }

  Tree read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == ')') {
        close();
      } else {
        word();
      }
    }
    if (!open.isEmpty()) {
      throw wrong("the bracket at %d is never closed".formatted(open.peek().at()));
    }
    if (roots.size() != 1) {
      throw wrong("expected one tree, got %d; brackets around it?".formatted(roots.size()));
    }
    return roots.get(0);
  }

  /** A word, which may be empty, and the bracket after it if there is one. */
  private void word() {
    int from = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(from, at);
    if (at < text.length() && text.charAt(at) == '(') {
      open.push(new Open(word, new ArrayList<>(), at++));
    } else {
      add(Tree.leaf(word));
    }
  }

  private static boolean isWord(char c) {
    return c != '(' && c != ')' && !Character.isWhitespace(c);
  }

  private void close() {
    if (open.isEmpty()) {
      throw wrong("the bracket at %d closes nothing".formatted(at));
    }
    Open node = open.pop();
    if (node.parts().isEmpty()) {
      throw wrong("there is nothing in the brackets at %d".formatted(node.at()));
    }
    at++;
    add(new Tree(node.word(), node.parts()));
  }

  private void add(Tree tree) {
    (open.isEmpty() ? roots : open.peek().parts()).add(tree);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("Tree.parse: %s, in '%s'".formatted(what, text));
  }

  static String write(Tree tree) {
    Deque<String> parts = new ArrayDeque<>();
    for (Tree node : tree.nodes()) {
      int count = node.children().size();
      List<String> below = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        below.add(0, parts.pop());
      }
      parts.push(node.word() + (count == 0 ? "" : "(" + String.join(" ", below) + ")"));
    }
    return parts.pop();
  }
}
