package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordTokenizerTest {

  private static final Tokenizer WORDS = Tokenizer.words();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Not bad at all.|not bad at all .",
        "It's good, isn't it?|it 's good , is n't it ?",
        "We've seen o'clock|we 've seen o'clock",
        "I can't; you'll see|i ca n't ; you 'll see",
        "L’homme d'abord, qu'elle n'y va|l' homme d' abord , qu' elle n' y va",
        "Aujourd'hui, s'il l'a vu|aujourd'hui , s' il l' a vu",
        "Où est-il ?|où est-il ?",
        "« Été »…|« été » ...",
        "3.5 and 1,000 of 2008.|3.5 and 1,000 of 2008 .",
        "the dogs' bowl|the dogs ' bowl",
        "'quoted'|' quoted '",
        "<unk> stays|<unk> stays"
      })
  void tokens_partsWhatGrammarParts(String text, String expected) {
    assertThat(String.join(" ", WORDS.tokens(text))).isEqualTo(expected);
  }

  @Test
  void tokens_ofNothing_areNone() {
    assertThat(WORDS.tokens("")).isEmpty();
    assertThat(WORDS.tokens(" \t")).isEmpty();
  }

  @Test
  void tokens_composeAccents() {
    assertThat(WORDS.tokens("e\u0301te\u0301")).containsExactly("été");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "it's good, isn't it?",
        "l'homme n'y va pas.",
        "a (small) thing... yes!",
        "aujourd'hui il dort"
      })
  void join_undoesTokens(String text) {
    assertThat(WORDS.join(WORDS.tokens(text))).isEqualTo(text);
  }

  @Test
  void characters_areCodePoints() {
    assertThat(Tokenizer.characters().tokens("aé𝄞")).containsExactly("a", "é", "𝄞");
    assertThat(Tokenizer.characters().join(Tokenizer.characters().tokens("a b"))).isEqualTo("a b");
  }
}
