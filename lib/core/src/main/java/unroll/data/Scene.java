package unroll.data;

import java.util.Arrays;
import java.util.List;
import unroll.plot.Drawable;
import unroll.plot.Picture;

/**
 * A small picture and what it shows.
 *
 * @param pixels 16 rows of 16 pixels, red, green and blue of each from 0 to 1: 768 numbers
 * @param caption such as "a red circle above a blue square"
 */
public record Scene(double[] pixels, String caption) implements Drawable {

  /** Rows and columns of pixels. */
  public static final int SIZE = 16;

  /** Numbers of a picture: 16 · 16 · 3. */
  public static final int NUMBERS = 3 * SIZE * SIZE;

  /** Checks the size; copies the pixels. */
  public Scene {
    if (pixels.length != NUMBERS) {
      throw new IllegalArgumentException(
          "Scene: needs %d numbers (16 × 16 pixels of 3), got %d"
              .formatted(NUMBERS, pixels.length));
    }
    pixels = pixels.clone();
  }

  /** The numbers; a copy. */
  @Override
  public double[] pixels() {
    return pixels.clone();
  }

  /** The caption's words. */
  public List<String> tokens() {
    return Tokenizer.words().tokens(caption);
  }

  @Override
  public Picture drawing() {
    return Picture.of("Scene").add(caption, pixels, SIZE, SIZE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scene that
        && caption.equals(that.caption)
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(pixels) + caption.hashCode();
  }

  @Override
  public String toString() {
    return "Scene: " + caption;
  }
}
