package unroll.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints a {@link Picture}: tiles in rows, captions of up to three lines below. */
final class PicturePainting implements Drawing {
  private static final int WIDTH = 760;
  private static final int MARGIN = 20;
  private static final int TOP = 50;
  private static final int TILE = 160;
  private static final int GAP = 26;
  private static final int CAPTION = 54;
  private static final int ACROSS = 4;
  private static final Font SMALL = Fonts.plain(12);

  private final String title;
  private final List<Picture.Tile> tiles;

  PicturePainting(String title, List<Picture.Tile> tiles) {
    this.title = title;
    this.tiles = tiles;
  }

  @Override
  public int width() {
    int across = Math.max(1, Math.min(ACROSS, tiles.size()));
    return tiles.size() > 1 ? WIDTH : 2 * MARGIN + across * TILE + 80;
  }

  @Override
  public int height() {
    int rows = (tiles.size() + ACROSS - 1) / ACROSS;
    return TOP + rows * (TILE + CAPTION) + 8;
  }

  @Override
  public void paint(Graphics2D g) {
    Pen pen = new Pen(g);
    pen.card(width(), height(), title);
    for (int i = 0; i < tiles.size(); i++) {
      int x = MARGIN + (i % ACROSS) * (TILE + GAP);
      paint(pen, tiles.get(i), x, TOP + (i / ACROSS) * (TILE + CAPTION));
    }
  }

  private void paint(Pen pen, Picture.Tile tile, int x, int y) {
    BufferedImage image =
        new BufferedImage(tile.width(), tile.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < tile.width() * tile.height(); i++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        double value = Math.max(0, Math.min(1, tile.pixels()[3 * i + channel]));
        rgb = rgb << 8 | (int) Math.round(255 * value);
      }
      image.setRGB(i % tile.width(), i / tile.width(), rgb);
    }
    int longest = Math.max(tile.width(), tile.height());
    int wide = TILE * tile.width() / longest;
    int high = TILE * tile.height() / longest;
    pen.canvas().drawImage(image, x, y, wide, high, null);
    pen.stroke(new Rectangle2D.Double(x, y, wide, high), Palette.AXIS, 0.8);
    List<String> lines =
        Pen.wrap(tile.caption(), SMALL, tiles.size() > 1 ? TILE + 12 : TILE + 80, 3);
    for (int line = 0; line < lines.size(); line++) {
      pen.text(lines.get(line), x, y + high + 17 + 15 * line, SMALL, Palette.INK, Pen.Align.LEFT);
    }
  }
}
