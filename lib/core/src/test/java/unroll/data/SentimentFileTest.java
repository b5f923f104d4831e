package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds data/sentiment-en.tsv to what data/README.md says of it. */
class SentimentFileTest {

  private static final Pattern WORD = Pattern.compile("[a-zà-ÿ']+");

  /** Words that make a sentence's frame; all others fill its slots. */
  private static final Set<String> FRAME =
      Set.of(
          """
          a about after again against all already although am an and another any anybody
          anyone anything are aren't as at back be because been before being between both
          but by can can't could couldn't despite did didn't do does doesn't don't done down
          during each else even ever every everybody everyone everything far few five for
          from had half hardly has hasn't have haven't having he her here him his how i if
          in instead into is isn't it its just least less let like many may me might mine
          more most much must my near neither never next no nobody none nor not nothing now
          of off oh on once one only or other our ours out over own please quite rarely
          rather really same seldom she should simply since so some something somewhere
          still such ten than that the their them then there these they this those though
          three through to too truly two under until up us very was wasn't we were weren't
          what when where whether which while who whoever whose why will with without won't
          would wouldn't yes yet you you'd your
          """
              .strip()
              .split("\\s+"));

  private record Row(String text, String label, String part) {}

  private static List<Row> rows() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../../data/sentiment-en.tsv"));
    assertThat(lines.get(0)).isEqualTo("text\tlabel\tpart");
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      assertThat(cells).hasSize(3);
      rows.add(new Row(cells[0], cells[1], cells[2]));
    }
    return rows;
  }

  private static List<Row> part(String name) throws IOException {
    return rows().stream().filter(r -> r.part().equals(name)).toList();
  }

  /** A sentence without its content: the rest keeps its order, a run of other words becomes "_". */
  static String frame(String text) {
    List<String> frame = new ArrayList<>();
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (words.find()) {
      String word = FRAME.contains(words.group()) ? words.group() : "_";
      if (!word.equals("_") || frame.isEmpty() || !frame.get(frame.size() - 1).equals("_")) {
        frame.add(word);
      }
    }
    return String.join(" ", frame);
  }

  @Test
  void parts_areAsStated() throws IOException {
    assertThat(part("train")).hasSize(4040);
    assertThat(part("validation")).hasSize(60);
    assertThat(part("test")).hasSize(160);
    assertThat(rows()).hasSize(4260);
  }

  @Test
  void eachPart_isHalfPositive() throws IOException {
    for (String name : List.of("train", "validation", "test")) {
      List<Row> part = part(name);
      assertThat(part.stream().filter(r -> r.label().equals("positive")))
          .as(name)
          .hasSize(part.size() / 2);
      assertThat(part.stream().filter(r -> r.label().equals("negative")))
          .as(name)
          .hasSize(part.size() / 2);
    }
  }

  @Test
  void noSentence_standsTwice() throws IOException {
    assertThat(rows().stream().map(r -> r.text().toLowerCase(Locale.ROOT))).doesNotHaveDuplicates();
  }

  @Test
  void frame_isThatOfTheTemplate() {
    assertThat(frame("The old lamp was dull, but our new chair was not."))
        .isEqualTo("the _ was _ but our _ was not")
        .isEqualTo(frame("The soup was burnt; but our waiter was not!"));
    assertThat(frame("Nobody yawned.")).isNotEqualTo(frame("Everybody yawned."));
  }

  @Test
  void heldOutSentences_shareNoFrameWithTheRest() throws IOException {
    Set<String> learnt = frames("train");
    Set<String> validated = frames("validation");
    assertThat(frames("test")).doesNotContainAnyElementsOf(learnt);
    assertThat(frames("test")).doesNotContainAnyElementsOf(validated);
    assertThat(validated).doesNotContainAnyElementsOf(learnt);
  }

  @Test
  void heldOutSentences_haveFramesOfTheirOwn() throws IOException {
    assertThat(part("test").stream().collect(Collectors.groupingBy(r -> frame(r.text()))))
        .allSatisfy((frame, rows) -> assertThat(rows).as(frame).hasSizeLessThanOrEqualTo(2));
  }

  private static Set<String> frames(String part) throws IOException {
    return part(part).stream().map(r -> frame(r.text())).collect(Collectors.toSet());
  }
}
