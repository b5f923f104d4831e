package unroll.kernel.doc;

import java.util.Set;

/** Documentation as plain text: paragraphs apart, {@code pre} as it is, lists with dashes. */
final class PlainSink implements DocSink {
  private static final int WIDTH = 100;
  private static final Set<String> BLOCKS =
      Set.of("p", "ul", "ol", "dl", "blockquote", "table", "h1", "h2", "h3", "h4");
  private static final Set<String> LINES = Set.of("br", "dt", "dd", "tr", "caption");

  private final StringBuilder plain = new StringBuilder();
  private boolean pre;
  private boolean space;

  @Override
  public void text(String text) {
    if (pre) {
      plain.append(text);
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
      gap(2);
    } else if (BLOCKS.contains(tag)) {
      gap(2);
    }
  }

  private void gap(int lines) {
    space = false;
    while (plain.length() > 0 && Character.isWhitespace(plain.charAt(plain.length() - 1))) {
      plain.setLength(plain.length() - 1);
    }
    if (plain.length() > 0) {
      plain.append("\n".repeat(lines));
    }
  }

  @Override
  public String finish() {
    return plain.toString().strip();
  }
}
