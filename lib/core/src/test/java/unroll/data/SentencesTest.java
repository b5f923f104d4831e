package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencesTest {

  @TempDir Path folder;

  private String file(String text) throws IOException {
    Path path = folder.resolve("t.tsv");
    Files.writeString(path, text);
    return path.toString();
  }

  private static final String GOOD =
      "text\tlabel\tpart\nGood film.\tpositive\ttrain\nBad film.\tnegative\ttrain\n"
          + "Fine.\tpositive\tvalidation\nPoor.\tnegative\ttest\n\n";

  @Test
  void read_sharesOutThePartsAndLearnsWordsFromTrainingOnly() throws IOException {
    Sentences text = Sentences.read(file(GOOD));
    assertThat(text.labels()).containsExactly("negative", "positive");
    assertThat(text.train()).hasSize(2);
    assertThat(text.validation()).hasSize(1);
    assertThat(text.test().get(0).tokens()).containsExactly("poor", ".");
    assertThat(text.vocabulary().tokens())
        .containsExactly("<pad>", "<unk>", ".", "film", "bad", "good");
    assertThat(text.vocabulary(4).vocabulary().size()).isEqualTo(4);
    assertThat(text.counts().intColumn("negative").asObjectArray()).containsExactly(1, 0, 1);
  }

  @Test
  void read_badFiles_nameLineAndColumn() throws IOException {
    refused("", "line 1: expected the header text | label | part");
    refused("text,label,part\n", "line 1: expected the header");
    refused("text\tlabel\tpart\n", "has no line whose part is train");
    refused("text\tlabel\tpart\na\tb\n", "line 2: expected 3 cells");
    refused("text\tlabel\tpart\n\tx\ttrain\n", "line 2, column \"text\": is empty");
    refused(GOOD + "a\tpositive\tdev\n", "line 7, column \"part\": expected train, validation or");
    refused(GOOD + "a\tpostive\ttest\n", "line 7, column \"label\": \"postive\" is no label of");
    refused("text\tlabel\tpart\na\tx\ttrain\n", "at least two labels");
    assertThatThrownBy(() -> Sentences.read("nowhere.tsv")).hasMessageContaining("no such file");
    Path latin = folder.resolve("latin.tsv");
    Files.write(latin, new byte[] {'t', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> Sentences.read(latin.toString())).hasMessageContaining("not UTF-8");
  }

  private void refused(String text, String message) throws IOException {
    String path = file(text);
    assertThatThrownBy(() -> Sentences.read(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void of_labelThatIsNotLearnt_namesTheSentence() {
    List<Sentence> known =
        List.of(
            new Sentence("Good.", List.of("good", "."), "positive"),
            new Sentence("Bad.", List.of("bad", "."), "negative"));
    List<Sentence> other = List.of(new Sentence("So so.", List.of("so", "so", "."), "neutral"));
    assertThat(Sentences.of(new Split<>(known, List.of(), known)).test()).hasSize(2);
    assertThatThrownBy(() -> Sentences.of(new Split<>(known, other, known)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"So so.\" in the validation part is labelled \"neutral\"");
    assertThatThrownBy(() -> Sentences.of(new Split<>(known, known, other)))
        .hasMessageContaining("\"So so.\" in the test part");
  }

  @Test
  void pairs_haveAVocabularyForEachLanguage() throws IOException {
    SentencePairs pairs =
        SentencePairs.read(
            file(
                "english\tfrench\tpart\r\nThe cat sleeps.\tLe chat dort.\ttrain\r\n"
                    + "It's the man.\tC'est l'homme.\ttest\r\n"));
    assertThat(pairs.source().tokens())
        .containsExactly("<pad>", "<unk>", ".", "cat", "sleeps", "the");
    assertThat(pairs.target().tokens())
        .containsExactly("<pad>", "<unk>", "<bos>", "<eos>", ".", "chat", "dort", "le");
    assertThat(pairs.test().get(0).targetTokens()).containsExactly("c'", "est", "l'", "homme", ".");
    assertThat(pairs.vocabulary(5).target().size()).isEqualTo(5);
  }

  @Test
  void bagOfWords_countsWords() throws IOException {
    Sentences text = Sentences.read(file(GOOD));
    BagOfWords bag = BagOfWords.learn(text.train());
    assertThat(bag.predict(Tokenizer.words().tokens("a good, good day"))).isEqualTo("positive");
    assertThat(bag.predict(Tokenizer.words().tokens("bad"))).isEqualTo("negative");
    assertThat(bag.predict(Tokenizer.words().tokens("unheard"))).isEqualTo("negative");
  }

  @Test
  void characters_splitByPosition_vocabularyOfTheFirstPart() {
    Characters text = Characters.of("ababababcx", 0.1, 0.1);
    assertThat(text.vocabulary().tokens()).containsExactly("<unk>", "a", "b");
    assertThat(text.train()).containsExactly(1, 2, 1, 2, 1, 2, 1, 2);
    assertThat(text.validation()).containsExactly(0);
    assertThat(text.test()).containsExactly(0);
    assertThatThrownBy(() -> Characters.of("a")).hasMessageContaining("at least two");
    assertThatThrownBy(() -> Characters.of("abc", 0.5, 0.5)).hasMessageContaining("shares");
  }
}
