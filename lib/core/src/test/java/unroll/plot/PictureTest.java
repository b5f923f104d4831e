package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PictureTest extends FigureContract {

  @Override
  Picture figure() {
    double[] pixels = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
    return Picture.of("Two").add("four pixels", pixels, 2, 2).add("one row", pixels, 4, 1);
  }

  @Test
  void description_namesImagesAndSizes() {
    assertThat(figure().description())
        .isEqualTo("Two. Images: four pixels (2 × 2 pixels); one row (4 × 1 pixels).");
    assertThat(figure().svg().split("<image ", -1)).hasSize(3);
  }

  @Test
  void add_wrongSize_saysHowMany() {
    assertThatThrownBy(() -> Picture.of("p").add("x", new double[3], 2, 2))
        .hasMessageContaining("2 × 2 pixels need 12 numbers, got 3");
  }
}
