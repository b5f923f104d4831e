package unroll.kernel.doc;

import java.util.Set;

/** Documentation as plain text: paragraphs apart, {@code pre} as it is, lists with dashes. */
final class PlainSink implements DocSink {
  private static final int WIDTH = 100;
  private static final Set<String> BLOCKS =
      Set.of("p", "ul", "ol", "dl", "blockquote", "table", "h1", "h2", "h3", "h4");
  private static final Set<String> LINES = Set.of("br", "dt", "dd", "tr", "caption");

  private final StringBuilder plain = new StringBuilder();
  private final StringBuilder block = new StringBuilder(); // what a pre has so far
  private boolean pre;
  private boolean space;

  @Override
  public void text(String text) {
    if (pre) {
      block.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        space = true;
      } else {
        separate(text, i);
        plain.append(c);
      }
    }
  }

  /** Puts the space, or the line end, that is due before a word. */
  private void separate(String text, int at) {
    if (space && plain.length() > 0 && plain.charAt(plain.length() - 1) != '\n') {
      int word = at;
      while (word < text.length() && !Character.isWhitespace(text.charAt(word))) {
        word++;
      }
      int column = plain.length() - plain.lastIndexOf("\n") - 1;
      plain.append(column + word - at >= WIDTH ? '\n' : ' ');
    }
    space = false;
  }

  @Override
  public void code(String code) {
    text(code);
  }

  @Override
  public void start(String tag) {
    if (BLOCKS.contains(tag)) {
      gap(2);
    } else if (LINES.contains(tag)) {
      gap(1);
    } else if (tag.equals("li")) {
      gap(1);
      plain.append("- ");
    } else if (tag.equals("td") || tag.equals("th")) {
      text("  ");
    } else if (tag.equals("pre")) {
      gap(2);
      pre = true;
    }
  }

  @Override
  public void end(String tag) {
    if (tag.equals("pre")) {
      pre = false;
      plain.append(
          block.toString().replaceFirst("^\\R", "").stripTrailing().stripIndent().indent(2));
      block.setLength(0);
      gap(2);
    } else if (BLOCKS.contains(tag)) {
      gap(2);
    }
  }

  /** Ends the line, and leaves so many line ends at least. */
  private void gap(int lines) {
    space = false;
    int end = plain.length();
    int there = 0;
    while (end > 0 && Character.isWhitespace(plain.charAt(end - 1))) {
      there += plain.charAt(--end) == '\n' ? 1 : 0;
    }
    plain.setLength(end);
    if (end > 0) {
      plain.append("\n".repeat(Math.max(there, lines)));
    }
  }

  @Override
  public String finish() {
    return plain.toString().strip();
  }
}
