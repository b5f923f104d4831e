package unroll.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tokens that a network knows, each with a number. The special tokens come first, then the
 * others by how often they occur, the more frequent first, equals in the order of their code
 * points: the same texts give the same numbers everywhere.
 */
public final class Vocabulary {

  /** Fills up shorter sequences of a batch; never counts. */
  public static final String PAD = "<pad>";

  /** Stands for every token that is not known. */
  public static final String UNKNOWN = "<unk>";

  /** Goes in before the first token of a sequence that is to be written. */
  public static final String BEGIN = "<bos>";

  /** Comes out after the last token. */
  public static final String END = "<eos>";

  /** Never part of a text. */
  private static final Set<String> FRAMING = Set.of(PAD, BEGIN, END);

  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Tokenizer tokenizer;

  private Vocabulary(List<String> tokens, Tokenizer tokenizer) {
    this.tokens = List.copyOf(tokens);
    this.tokenizer = tokenizer;
    for (int id = 0; id < tokens.size(); id++) {
      if (ids.put(tokens.get(id), id) != null) {
        throw new IllegalArgumentException(
            "Vocabulary: '" + tokens.get(id) + "' stands there twice");
      }
    }
  }

  /**
   * The tokens of some texts for a network that reads: {@link #PAD}, {@link #UNKNOWN}, then the
   * most frequent.
   *
   * @param texts tokens of the training part only
   * @param limit how many tokens at most, the special ones included
   */
  public static Vocabulary reading(Iterable<List<String>> texts, int limit) {
    return of(List.of(PAD, UNKNOWN), texts, limit, Tokenizer.words());
  }

  /** Like {@link #reading}, for a network that writes: with {@link #BEGIN} and {@link #END} too. */
  public static Vocabulary writing(Iterable<List<String>> texts, int limit) {
    return of(List.of(PAD, UNKNOWN, BEGIN, END), texts, limit, Tokenizer.words());
  }

  /** {@link #UNKNOWN} and all characters of a text, for a model of characters. */
  public static Vocabulary characters(String text) {
    Tokenizer characters = Tokenizer.characters();
    return of(List.of(UNKNOWN), List.of(characters.tokens(text)), Integer.MAX_VALUE, characters);
  }

  /** These tokens in this order, the special ones among them, for example from a file. */
  public static Vocabulary of(List<String> tokens, Tokenizer tokenizer) {
    return new Vocabulary(tokens, tokenizer);
  }

  private static Vocabulary of(
      List<String> special, Iterable<List<String>> texts, int limit, Tokenizer tokenizer) {
    if (limit < special.size() + 1) {
      throw new IllegalArgumentException(
          "Vocabulary: the limit must be at least %d (%s and one token), got %d"
              .formatted(special.size() + 1, String.join(", ", special), limit));
    }
    Map<String, Integer> counts = new HashMap<>();
    for (List<String> text : texts) {
      text.forEach(token -> counts.merge(token, 1, Integer::sum));
    }
    counts.keySet().removeAll(special);
    counts.keySet().removeAll(FRAMING);
    List<String> known = new ArrayList<>(counts.keySet());
    known.sort(
        Comparator.comparing((String token) -> -counts.get(token))
            .thenComparing(Vocabulary::compareCodePoints));
    List<String> all = new ArrayList<>(special);
    all.addAll(known.subList(0, Math.min(known.size(), limit - special.size())));
    return new Vocabulary(all, tokenizer);
  }

  private static int compareCodePoints(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    return Arrays.compare(left, right);
  }

  /** How many tokens it knows, the special ones included. */
  public int size() {
    return tokens.size();
  }

  /** All tokens; a token's index is its number. */
  public List<String> tokens() {
    return tokens;
  }

  /** What takes a text apart for it. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Whether it knows a token. */
  public boolean contains(String token) {
    return ids.containsKey(token);
  }

  /**
   * The number of a token; that of {@link #UNKNOWN} where it is not known.
   *
   * @throws IllegalArgumentException if it is not known and there is no number for that
   */
  public int id(String token) {
    Integer id = ids.getOrDefault(token, ids.get(UNKNOWN));
    if (id == null) {
      throw new IllegalArgumentException(
          "Vocabulary: does not know '" + token + "', and has no " + UNKNOWN);
    }
    return id;
  }

  /** The token of a number. */
  public String token(int id) {
    if (id < 0 || id >= tokens.size()) {
      throw new IllegalArgumentException(
          "Vocabulary: numbers go from 0 to %d, got %d".formatted(tokens.size() - 1, id));
    }
    return tokens.get(id);
  }

  /**
   * The numbers of some tokens. What only frames a sequence is unknown where it stands in a text.
   */
  public int[] encode(List<String> text) {
    return text.stream().mapToInt(token -> id(FRAMING.contains(token) ? UNKNOWN : token)).toArray();
  }

  /** The tokens of some numbers, without the special ones but {@link #UNKNOWN}. */
  public List<String> decode(int... numbers) {
    List<String> text = new ArrayList<>();
    for (int id : numbers) {
      String token = token(id);
      if (!FRAMING.contains(token)) {
        text.add(token);
      }
    }
    return Collections.unmodifiableList(text);
  }

  /** A text's numbers. */
  public int[] read(String text) {
    return encode(tokenizer.tokens(text));
  }

  /** The text of some numbers, as one would write it. */
  public String write(int... numbers) {
    return tokenizer.join(decode(numbers));
  }

  /** The number that fills up shorter sequences: {@link #PAD}'s, or 0 where there is none. */
  public int pad() {
    return ids.getOrDefault(PAD, 0);
  }

  /** The number of {@link #BEGIN}. */
  public int begin() {
    return special(BEGIN);
  }

  /** The number of {@link #END}. */
  public int end() {
    return special(END);
  }

  private int special(String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new IllegalArgumentException(
          "Vocabulary: has no %s, so nothing can be written with it; make it with Vocabulary.writing"
              .formatted(token));
    }
    return id;
  }

  /** Its size and its first tokens. */
  @Override
  public String toString() {
    List<String> first = tokens.subList(0, Math.min(12, tokens.size()));
    return "%,d tokens: %s%s"
        .formatted(size(), String.join(" ", first), first.size() < size() ? " …" : "");
  }
}
