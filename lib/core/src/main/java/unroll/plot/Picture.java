package unroll.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Small images, enlarged so that each pixel can be seen, side by side with a caption under each.
 *
 * <pre>{@code
 * Picture.of("A scene").add("a red circle above a blue square", pixels, 16, 16)
 * }</pre>
 */
public final class Picture implements Figure {
  private final String title;
  private final List<Tile> tiles;

  /** One image: red, green and blue of each pixel from 0 to 1, row by row. */
  record Tile(String caption, double[] pixels, int width, int height) {}

  private Picture(String title, List<Tile> tiles) {
    this.title = title;
    this.tiles = tiles;
  }

  /** A picture without images yet. */
  public static Picture of(String title) {
    return new Picture(title, List.of());
  }

  /**
   * The same picture with another image.
   *
   * @param caption what stands under it
   * @param pixels [height][width][3]: red, green and blue from 0 to 1; values outside are cut off
   */
  public Picture add(String caption, double[] pixels, int width, int height) {
    if (width < 1 || height < 1 || pixels.length != 3 * width * height) {
      throw new IllegalArgumentException(
          "Picture \"%s\": %d × %d pixels need %d numbers, got %d"
              .formatted(title, width, height, 3 * width * height, pixels.length));
    }
    List<Tile> more = new ArrayList<>(tiles);
    more.add(new Tile(caption, pixels.clone(), width, height));
    return new Picture(title, List.copyOf(more));
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    return tiles.stream()
        .map(t -> t.caption() + " (" + t.width() + " × " + t.height() + " pixels)")
        .collect(Collectors.joining("; ", title + ". Images: ", "."));
  }

  @Override
  public String svg() {
    return Rendering.svg(() -> new PicturePainting(title, tiles), title, description());
  }

  @Override
  public byte[] png() {
    return Rendering.png(() -> new PicturePainting(title, tiles));
  }

  /** The captions, each after its image in shades. */
  @Override
  public String text(int columns) {
    TextLines.check("Picture", columns);
    List<String> out = new ArrayList<>();
    out.add(title);
    for (Tile tile : tiles) {
      out.add("");
      int step = Math.max(1, (2 * tile.width() + columns - 1) / columns);
      for (int y = 0; y < tile.height(); y += step) {
        StringBuilder line = new StringBuilder();
        for (int x = 0; x < tile.width(); x += step) {
          line.append(String.valueOf(shade(tile, x, y)).repeat(2));
        }
        out.add(line.toString().stripTrailing());
      }
      out.addAll(TextLines.wrap(List.of(tile.caption().split(" ")), 1, columns));
    }
    return TextLines.join(out, columns);
  }

  private static char shade(Tile tile, int x, int y) {
    int at = 3 * (y * tile.width() + x);
    double light =
        Math.max(tile.pixels()[at], Math.max(tile.pixels()[at + 1], tile.pixels()[at + 2]));
    String shades = " ░▒▓█";
    return shades.charAt((int) Math.max(0, Math.min(4, light * 5)));
  }
}
