package unroll.data;

import java.util.List;

/** Takes a text apart into tokens, and puts tokens together to a text again. */
public interface Tokenizer {

  /** The tokens of a text, in order; none for an empty one. */
  List<String> tokens(String text);

  /** A text of tokens, as one would write it. */
  String join(List<String> tokens);

  /**
   * Words in lower case, punctuation apart. Apostrophes part what grammar parts, in English and in
   * French: {@code it's} becomes {@code it 's}, {@code don't} becomes {@code do n't}, {@code
   * l'homme} becomes {@code l' homme}; {@code aujourd'hui} and {@code o'clock} stay whole.
   */
  static Tokenizer words() {
    return WordTokenizer.INSTANCE;
  }

  /** Each character (code point) a token. */
  static Tokenizer characters() {
    return CharacterTokenizer.INSTANCE;
  }
}
