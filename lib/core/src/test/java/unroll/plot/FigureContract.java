package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What every figure promises. A test of a figure extends it and says how to make one. */
abstract class FigureContract {
  /** The same figure, made anew at each call. */
  abstract Figure figure();

  @Test
  void svg_isWellFormedWithTitleAndLabel() {
    Figure figure = figure();
    Element root = Svgs.parse(figure.svg());
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("aria-label")).isEqualTo(figure.description()).isNotBlank();
    assertThat(root.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo(figure.title());
  }

  @Test
  void svg_isSelfContainedAndSmall() {
    String svg = figure().svg();
    assertThat(svg).startsWith("<svg ").doesNotContain("<script", "<!DOCTYPE", "@import", "<text");
    assertThat(Svgs.links(svg)).allMatch(link -> link.startsWith("data:image/png;base64,"));
    assertThat(svg.length()).isLessThan(150_000);
  }

  @Test
  void drawnTwice_sameBytes() {
    assertThat(figure().svg()).isEqualTo(figure().svg());
    assertThat(figure().png()).isEqualTo(figure().png());
    assertThat(figure().text(72)).isEqualTo(figure().text(72));
  }

  @Test
  void otherLocale_sameBytes() {
    String svg = figure().svg();
    String text = figure().text(72);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(figure().svg()).isEqualTo(svg);
      Locale.setDefault(Locale.GERMANY);
      assertThat(figure().svg()).isEqualTo(svg);
      assertThat(figure().text(72)).isEqualTo(text);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void png_hasTwicePixelsOfSvg() throws Exception {
    Element root = Svgs.parse(figure().svg());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(figure().png()));
    assertThat(image.getWidth()).isEqualTo(2 * Integer.parseInt(root.getAttribute("width")));
    assertThat(image.getHeight()).isEqualTo(2 * Integer.parseInt(root.getAttribute("height")));
  }

  @Test
  void text_fitsInColumns() {
    for (int columns : new int[] {40, 60, 80, 133}) {
      assertThat(figure().text(columns).lines().toList())
          .as("%d columns", columns)
          .isNotEmpty()
          .allMatch(line -> line.length() <= columns);
    }
  }

  @Test
  void textInTooFewColumns_isRefused() {
    assertThatThrownBy(() -> figure().text(39))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 40 columns, got 39");
  }
}
