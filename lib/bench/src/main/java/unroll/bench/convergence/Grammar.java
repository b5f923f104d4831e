package unroll.bench.convergence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import unroll.tensor.Generator;

/**
 * A context-free grammar that writes text. A rule is a line {@code name = this | or that}; {@code
 * <name>} stands for another rule, {@code _} for a space, everything else for itself. All
 * alternatives are equally likely. The first rule is the one to start at; a line that starts with
 * {@code #} is a comment.
 */
final class Grammar {

  private static final Pattern PART = Pattern.compile("<([a-z-]+)>|[^<]+");

  private final Map<String, List<List<String>>> rules = new LinkedHashMap<>();
  private final String first;

  private Grammar(String source) {
    source.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
    first = rules.keySet().iterator().next();
  }

  /**
   * A grammar from its rules.
   *
   * @throws IllegalArgumentException if a line is no rule, or names one that is not there
   */
  static Grammar of(String source) {
    Grammar grammar = new Grammar(source);
    grammar.rules.values().forEach(rule -> rule.forEach(grammar::check));
    return grammar;
  }

  /** The grammar of the benchmark's text. */
  static Grammar tales() {
    try (InputStream source = Grammar.class.getResourceAsStream("tales.grammar")) {
      return of(new String(source.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] sides = line.split(" =", 2);
    if (sides.length < 2) {
      throw new IllegalArgumentException("Grammar: expected a rule 'name = …', got '" + line + "'");
    }
    List<List<String>> alternatives = new ArrayList<>();
    for (String alternative : sides[1].split("\\|", -1)) {
      alternatives.add(parts(alternative.strip()));
    }
    rules.put(sides[0], alternatives);
  }

  private static List<String> parts(String alternative) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(alternative);
    while (matcher.find()) {
      parts.add(matcher.group().replace('_', ' '));
    }
    return parts;
  }

  private void check(List<String> alternative) {
    for (String part : alternative) {
      if (part.startsWith("<") && !rules.containsKey(name(part))) {
        throw new IllegalArgumentException(
            "Grammar: there is no rule for %s; there are %s".formatted(part, rules.keySet()));
      }
    }
  }

  private static String name(String part) {
    return part.substring(1, part.length() - 1);
  }

  /** Paragraphs, a line each, until there are at least so many characters. */
  String write(int characters, Generator generator) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      paragraph(text, generator);
      text.append('\n');
    }
    return text.toString();
  }

  private void paragraph(StringBuilder to, Generator generator) {
    Deque<String> open = new ArrayDeque<>(List.of("<" + first + ">"));
    while (!open.isEmpty()) {
      String part = open.pop();
      if (part.startsWith("<")) {
        List<List<String>> alternatives = rules.get(name(part));
        List<String> chosen = alternatives.get(generator.nextInt(alternatives.size()));
        for (int i = chosen.size() - 1; i >= 0; i--) {
          open.push(chosen.get(i));
        }
      } else {
        to.append(part);
      }
    }
  }
}
