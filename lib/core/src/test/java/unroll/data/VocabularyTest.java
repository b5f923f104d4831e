package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  private static final List<List<String>> TEXTS =
      List.of(List.of("b", "a", "c"), List.of("c", "b", "d"), List.of("c"));

  @Test
  void reading_specialThenFrequencyThenCodePoints() {
    Vocabulary words = Vocabulary.reading(TEXTS, 100);
    assertThat(words.tokens()).containsExactly("<pad>", "<unk>", "c", "b", "a", "d");
  }

  @Test
  void writing_hasBeginAndEnd_limitCountsThem() {
    Vocabulary words = Vocabulary.writing(TEXTS, 6);
    assertThat(words.tokens()).containsExactly("<pad>", "<unk>", "<bos>", "<eos>", "c", "b");
    assertThat(words.id("a")).isEqualTo(words.id("<unk>")).isEqualTo(1);
    assertThat(words.begin()).isEqualTo(2);
    assertThat(words.end()).isEqualTo(3);
  }

  @Test
  void decode_leavesOutWhatOnlyFrames() {
    Vocabulary words = Vocabulary.writing(TEXTS, 100);
    int[] numbers = {2, words.id("c"), 1, 3, 0};
    assertThat(words.decode(numbers)).containsExactly("c", "<unk>");
    assertThat(words.write(words.read("C b"))).isEqualTo("c b");
  }

  @Test
  void special_inATextCountsOnce() {
    assertThat(Vocabulary.reading(List.of(List.of("<unk>", "x")), 9).size()).isEqualTo(3);
  }

  @Test
  void encode_framesInAText_areUnknown() {
    List<String> text = List.of("<pad>", "c", "<bos>", "<eos>", "<unk>");
    Vocabulary words = Vocabulary.writing(TEXTS, 100);
    assertThat(words.encode(text)).containsExactly(1, 4, 1, 1, 1);
    assertThat(words.id("<eos>")).isEqualTo(words.end());
    assertThat(Vocabulary.reading(List.of(text), 9).tokens())
        .containsExactly("<pad>", "<unk>", "c");
  }

  @Test
  void characters_haveNoEnd() {
    Vocabulary letters = Vocabulary.characters("abba!");
    assertThat(letters.tokens()).containsExactly("<unk>", "a", "b", "!");
    assertThat(letters.pad()).isZero();
    assertThatThrownBy(letters::end).hasMessageContaining("Vocabulary.writing");
  }

  @Test
  void of_repeatedToken_isNamed() {
    assertThatThrownBy(() -> Vocabulary.of(List.of("a", "a"), Tokenizer.words()))
        .hasMessage("Vocabulary: 'a' stands there twice");
    assertThatThrownBy(() -> Vocabulary.of(List.of("a"), Tokenizer.words()).id("b"))
        .hasMessageContaining("does not know 'b'");
    assertThatThrownBy(() -> Vocabulary.reading(TEXTS, 2)).hasMessageContaining("at least 3");
    assertThatThrownBy(() -> Vocabulary.reading(TEXTS, 9).token(9)).hasMessageContaining("0 to 5");
  }

  @Test
  void batch_isTimeMajorWithAMask() {
    TokenBatch batch = TokenBatch.of(List.of(new int[] {1, 2, 3}, new int[] {4}), 0);
    assertThat(batch.tokens()).containsExactly(1, 4, 2, 0, 3, 0);
    assertThat(batch.lengths()).containsExactly(3, 1);
    assertThat(batch.mask()).containsExactly(1, 1, 1, 0, 1, 0);
    assertThat(batch.count()).isEqualTo(4);
    assertThatThrownBy(() -> TokenBatch.of(List.of(), 0)).hasMessageContaining("at least one");
    assertThatThrownBy(() -> TokenBatch.of(List.of(new int[0]), 0)).hasMessageContaining("[0]");
  }
}
