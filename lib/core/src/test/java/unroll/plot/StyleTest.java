package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Colours, ticks, numbers, paths: the small parts that figures are made of. */
class StyleTest {
  @Test
  void sequentialMap_growsLighterEvenly() {
    double before = lightness(ColourMap.SEQUENTIAL.colour(0));
    for (int i = 1; i <= 10; i++) {
      double next = lightness(ColourMap.SEQUENTIAL.colour(i / 10.0));
      assertThat(next - before).as("step %d", i).isBetween(0.055, 0.081);
      before = next;
    }
  }

  @Test
  void divergingMap_isPaleInMiddleAndAsDarkAtBothEnds() {
    double low = lightness(ColourMap.DIVERGING.colour(0));
    double high = lightness(ColourMap.DIVERGING.colour(1));
    assertThat(lightness(ColourMap.DIVERGING.colour(0.5))).isGreaterThan(0.95);
    assertThat(low).isCloseTo(high, org.assertj.core.data.Offset.offset(0.02));
    assertThat(ColourMap.DIVERGING.colour(0).getBlue())
        .isGreaterThan(ColourMap.DIVERGING.colour(0).getRed());
    assertThat(ColourMap.DIVERGING.colour(1).getRed())
        .isGreaterThan(ColourMap.DIVERGING.colour(1).getBlue());
  }

  /** L of Oklab. */
  private static double lightness(Color c) {
    double r = linear(c.getRed());
    double g = linear(c.getGreen());
    double b = linear(c.getBlue());
    return 0.2104542553 * Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        + 0.7936177850 * Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        - 0.0040720468 * Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  }

  private static double linear(int channel) {
    double s = channel / 255.0;
    return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
  }

  @Test
  void numberTicks_areRoundAndInside() {
    assertThat(labels(Ticks.numbers(0.45, 1.63, 7, false)))
        .containsExactly("0.6", "0.8", "1.0", "1.2", "1.4", "1.6");
    assertThat(labels(Ticks.numbers(1, 4, 10, true))).containsExactly("1", "2", "3", "4");
    assertThat(labels(Ticks.numbers(-0.5, 0.5, 4, false)))
        .containsExactly("-0.50", "-0.25", "0.00", "0.25", "0.50");
    assertThat(labels(Ticks.numbers(0, 3e-7, 3, false)))
        .containsExactly("0", "1e-7", "2e-7", "3e-7");
    assertThat(labels(Ticks.numbers(1, 1 + Math.ulp(1.0), 7, false))).containsExactly("1");
    assertThat(labels(Ticks.numbers(0, Double.MIN_VALUE, 7, false))).hasSize(1);
    assertThat(labels(Ticks.numbers(-1e300, 1e300, 7, false))).hasSizeBetween(4, 9);
  }

  @Test
  void powerTicks_fillFewDecades() {
    assertThat(labels(Ticks.powers(-1.1, 0.5, 7))).containsExactly("0.1", "0.2", "0.5", "1", "2");
    assertThat(labels(Ticks.powers(-9, 0, 4))).containsExactly("1e-9", "1e-6", "0.001", "1");
  }

  @Test
  void dateTicks_startYearsAndMonths() {
    assertThat(dates("1985-07-01", "2016-04-01"))
        .containsExactly("1990", "1995", "2000", "2005", "2010", "2015");
    assertThat(dates("2008-02-10", "2008-06-20"))
        .containsExactly("2008-03", "2008-04", "2008-05", "2008-06");
    assertThat(dates("2008-02-27", "2008-03-02")).contains("2008-02-29");
  }

  private static List<String> dates(String from, String to) {
    double low = (double) LocalDate.parse(from).toEpochDay();
    double high = (double) LocalDate.parse(to).toEpochDay();
    return labels(Ticks.dates(low, high, 10));
  }

  private static List<String> labels(Ticks ticks) {
    return ticks.ticks().stream().map(Ticks.Tick::label).toList();
  }

  @Test
  void numbers_areBrief() {
    assertThat(Numbers.brief(0.123456)).isEqualTo("0.1235");
    assertThat(Numbers.brief(2075.54)).isEqualTo("2,076");
    assertThat(Numbers.brief(0)).isEqualTo("0");
    assertThat(Numbers.brief(-1.25e-7)).isEqualTo("-1.25e-7");
    assertThat(Numbers.brief(Double.NaN)).isEqualTo("NaN");
    assertThat(Numbers.bytes(999)).isEqualTo("999 B");
    assertThat(Numbers.bytes(17_540)).isEqualTo("17.5 kB");
    assertThat(Numbers.bytes(999_990)).isEqualTo("1.0 MB");
  }

  @Test
  void path_isRelativeInHundredths() {
    assertThat(PathData.compact("M10.004,20 L12.5,20 L12.5,18.25 Q13.0,17 14.0,16.5 Z"))
        .isEqualTo("M10 20h2.5v-1.75q.5-1.25 1.5-1.75z");
    assertThat(PathData.compact("M0,0C1,1 2,2 3.0E-4,1.0E1ZM5,5L6,7"))
        .isEqualTo("M0 0c1 1 2 2 0 10zM5 5l1 2");
  }

  @Test
  void path_roundingDoesNotAddUp() {
    StringBuilder line = new StringBuilder("M0,0");
    for (int i = 1; i <= 1000; i++) {
      line.append(" L").append(i * 0.004).append(",").append(i);
    }
    double x = 0;
    for (String part : PathData.compact(line.toString()).substring(4).split("[lv]", -1)) {
      x += part.contains(" ") ? Double.parseDouble(part.substring(0, part.indexOf(' '))) : 0;
    }
    assertThat(x).isCloseTo(4, org.assertj.core.data.Offset.offset(0.005));
  }

  @Test
  void escape_dropsWhatXmlCannotCarry() {
    assertThat(SvgText.escape("a<b>&\"c\"\u0000\u001B\uD800é😀"))
        .isEqualTo("a&lt;b&gt;&amp;&quot;c&quot;é😀");
  }

  @Test
  void columnLabels_levelSlantedOrThinned() {
    var font = Fonts.plain(10);
    assertThat(ColumnLabels.of(List.of("le", "chat"), 100, font).slanted()).isFalse();
    ColumnLabels words = ColumnLabels.of(List.of("beginning", "ending"), 30, font);
    assertThat(words.slanted()).isTrue();
    assertThat(words.stride()).isEqualTo(1);
    ColumnLabels dates = ColumnLabels.of(List.of("2010-01", "2010-02"), 9, font);
    assertThat(dates.slanted()).isFalse();
    assertThat(dates.stride()).isEqualTo(12);
    assertThat(ColumnLabels.brief(List.of("2010-01-01", "2010-02-01")))
        .containsExactly("2010-01", "2010-02");
    assertThat(ColumnLabels.brief(List.of("2010-01-01", "2010-01-02")))
        .containsExactly("2010-01-01", "2010-01-02");
  }

  @Test
  void noFonts_saysWhatToInstall() {
    for (Throwable cause :
        List.of(new NullPointerException(), new InternalError(), new NoClassDefFoundError())) {
      assertThatThrownBy(
              () ->
                  Fonts.require(
                      () -> {
                        if (cause instanceof Error error) {
                          throw error;
                        }
                        throw (RuntimeException) cause;
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasCause(cause)
          .hasMessageContaining("apt-get install fontconfig fonts-dejavu-core");
    }
    assertThatThrownBy(() -> Fonts.require(() -> 0)).hasMessageContaining("finds no font");
  }
}
