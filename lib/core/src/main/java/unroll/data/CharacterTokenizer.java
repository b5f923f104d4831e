package unroll.data;

import java.util.List;

/** Code points as tokens. */
final class CharacterTokenizer implements Tokenizer {

  static final CharacterTokenizer INSTANCE = new CharacterTokenizer();

  private CharacterTokenizer() {}

  @Override
  public List<String> tokens(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  @Override
  public String join(List<String> tokens) {
    return String.join("", tokens);
  }

  @Override
  public String toString() {
    return "characters";
  }
}
