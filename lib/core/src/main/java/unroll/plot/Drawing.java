package unroll.plot;

import java.awt.Graphics2D;

/** Something of a fixed size that can paint itself, on any canvas. */
interface Drawing {
  /** In pixels of a page. */
  int width();

  int height();

  void paint(Graphics2D g);
}
