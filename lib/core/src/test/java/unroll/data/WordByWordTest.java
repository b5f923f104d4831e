package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordByWordTest {

  private static final List<SentencePair> PAIRS =
      List.of(
          SentencePair.of("the house", "das Haus"),
          SentencePair.of("the book", "das Buch"),
          SentencePair.of("a book", "ein Buch"),
          SentencePair.of("a house", "ein Haus"));

  @Test
  void translation_isTheWordThatComesAlong() {
    WordByWord dictionary = WordByWord.learn(PAIRS);
    assertThat(dictionary.translation("the")).isEqualTo("das");
    assertThat(dictionary.translation("house")).isEqualTo("haus");
    assertThat(dictionary.translation("book")).isEqualTo("buch");
    assertThat(dictionary.translation("a")).isEqualTo("ein");
  }

  @Test
  void translation_leavesTheWordThatEverySentenceHasToItsOwn() {
    List<SentencePair> pairs =
        List.of(
            SentencePair.of("he sleeps.", "il dort."),
            SentencePair.of("he sings.", "il chante."),
            SentencePair.of("she sings.", "elle chante."));
    WordByWord dictionary = WordByWord.learn(pairs);
    assertThat(dictionary.translate("She sleeps.")).isEqualTo("elle dort.");
  }

  @Test
  void translate_keepsTheOrderAndUnknownWords() {
    WordByWord dictionary = WordByWord.learn(PAIRS);
    assertThat(dictionary.translate("a red house")).isEqualTo("ein red haus");
    assertThat(dictionary.translate(List.of())).isEmpty();
  }

  @Test
  void learn_isTheSameEachTime() throws Exception {
    SentencePairs data = SentencePairs.read("../../data/pairs-en-fr.tsv");
    List<SentencePair> some = data.train().subList(0, 300);
    WordByWord one = WordByWord.learn(some);
    WordByWord two = WordByWord.learn(List.copyOf(some));
    for (String word : data.source().tokens()) {
      assertThat(one.translation(word)).isEqualTo(two.translation(word));
    }
    assertThat(one.translation("hotel")).isEqualTo("hôtel");
  }

  @Test
  void learn_refusesNothing() {
    assertThatThrownBy(() -> WordByWord.learn(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one pair");
  }
}
