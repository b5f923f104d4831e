package unroll.data;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words, numbers and marks; knows where English and French put an apostrophe. */
final class WordTokenizer implements Tokenizer {

  static final WordTokenizer INSTANCE = new WordTokenizer();

  /** A number, or letters joined by apostrophes and hyphens, or dots in a row, or one mark. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "<\\p{L}+>|\\p{N}+(?:[.,]\\p{N}+)*|[\\p{L}\\p{N}]\\p{M}*(?:['-]?[\\p{L}\\p{N}]\\p{M}*)*'?|\\.{3}|\\S");

  /** French words that lose their vowel before another: l' homme, qu' elle. */
  private static final Set<String> ELIDED =
      Set.of("l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu");

  /** English endings: it 's, we 've. */
  private static final Set<String> ENDINGS = Set.of("s", "m", "d", "re", "ve", "ll");

  private static final String CLOSING = ".,;:!?…)]}%»";
  private static final String OPENING = "([{«";

  private WordTokenizer() {}

  @Override
  public List<String> tokens(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT)
            .replace('’', '\'')
            .replace("…", "...");
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(plain);
    while (matcher.find()) {
      add(matcher.group(), tokens);
    }
    return List.copyOf(tokens);
  }

  private static void add(String word, List<String> to) {
    int at = word.indexOf('\'');
    if (at <= 0) {
      to.add(word);
      return;
    }
    String head = word.substring(0, at);
    String tail = word.substring(at + 1);
    if (ELIDED.contains(head)) {
      to.add(head + "'");
      if (!tail.isEmpty()) {
        add(tail, to);
      }
    } else if (tail.equals("t") && head.endsWith("n") && head.length() > 1) {
      to.add(head.substring(0, head.length() - 1));
      to.add("n't");
    } else if (ENDINGS.contains(tail)) {
      to.add(head);
      to.add("'" + tail);
    } else if (tail.isEmpty()) {
      to.add(head);
      to.add("'");
    } else {
      to.add(word);
    }
  }

  @Override
  public String join(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    boolean tight = true;
    for (String token : tokens) {
      boolean closing = CLOSING.contains(token) || token.equals("...");
      boolean ending = token.equals("n't") || (token.startsWith("'") && token.length() > 1);
      if (!tight && !closing && !ending) {
        text.append(' ');
      }
      text.append(token);
      tight = OPENING.contains(token) || (token.endsWith("'") && token.length() > 1);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "words";
  }
}
