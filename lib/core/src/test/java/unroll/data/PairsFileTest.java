package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds data/pairs-en-fr.tsv to what data/README.md says of it, and to French spelling. */
class PairsFileTest {

  private static final Pattern WORD = Pattern.compile("\\p{L}+(?:-\\p{L}+)*'?");

  /** Words that lose their vowel, followed by one that takes it from them. */
  private static final Pattern NOT_ELIDED =
      Pattern.compile(
          "(?<!\\p{L})(?:je|ne|me|te|se|le|la|de|que) (?:[aeiouâàéèêîôûœ]|homme|hôtel|heureu)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ELIDED_FOR_NOTHING =
      Pattern.compile(
          "(?<!\\p{L})(?:j|n|m|t|s|l|d|qu)'(?![aeiouyâàéèêîôûœh])", Pattern.CASE_INSENSITIVE);

  private static final Pattern NOT_CONTRACTED =
      Pattern.compile("(?<!\\p{L})(?:à|de) les?(?!\\p{L})", Pattern.CASE_INSENSITIVE);

  private record Row(String english, String french, String part) {}

  private static List<Row> rows() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../../data/pairs-en-fr.tsv"));
    assertThat(lines.get(0)).isEqualTo("english\tfrench\tpart");
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      assertThat(cells).hasSize(3);
      rows.add(new Row(cells[0], cells[1], cells[2]));
    }
    return rows;
  }

  private static Set<String> words(String part, Function<Row, String> side) throws IOException {
    return rows().stream()
        .filter(r -> r.part().equals(part))
        .flatMap(r -> WORD.matcher(side.apply(r).toLowerCase(Locale.ROOT)).results())
        .map(found -> found.group())
        .collect(Collectors.toSet());
  }

  @Test
  void parts_areAsStated() throws IOException {
    assertThat(rows().stream().collect(Collectors.groupingBy(Row::part, Collectors.counting())))
        .containsOnly(
            Map.entry("train", 4000L), Map.entry("validation", 300L), Map.entry("test", 300L));
  }

  @Test
  void noSentence_standsTwice() throws IOException {
    assertThat(rows().stream().map(r -> r.english().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
    assertThat(rows().stream().map(r -> r.french().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  @Test
  void words_areFewAndLearnt() throws IOException {
    assertThat(words("train", Row::english)).hasSizeBetween(300, 450);
    assertThat(words("train", Row::french)).hasSizeBetween(500, 650);
    assertThat(words("train", Row::english)).containsAll(words("test", Row::english));
  }

  @Test
  void french_elidesAndContracts() throws IOException {
    for (Row row : rows()) {
      for (Pattern wrong : List.of(NOT_ELIDED, ELIDED_FOR_NOTHING, NOT_CONTRACTED)) {
        Matcher found = wrong.matcher(row.french());
        assertThat(found.find()).as("%s: %s", wrong, row.french()).isFalse();
      }
    }
  }

  @Test
  void french_negatesInTwoWords() throws IOException {
    Pattern negation = Pattern.compile("(?<!\\p{L})(?:ne |n')");
    Pattern second = Pattern.compile("(?<!\\p{L})(?:pas|jamais|plus)(?!\\p{L})");
    for (Row row : rows()) {
      long first = negation.matcher(row.french().toLowerCase(Locale.ROOT)).results().count();
      assertThat(second.matcher(row.french()).results().count()).as(row.french()).isEqualTo(first);
    }
  }

  @Test
  void sentences_endAlike() throws IOException {
    for (Row row : rows()) {
      assertThat(row.french())
          .as(row.english())
          .endsWith(row.english().endsWith("?") ? " ?" : ".")
          .matches("\\p{Lu}.*");
    }
  }
}
