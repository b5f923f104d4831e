package unroll.backend.cpu;

/**
 * The layout of every matrix inside the backend: columns are cut into panels of 32, each panel
 * holds its rows one after the other, {@code [columns / 32][rows][32]}, the last panel filled up.
 * The layout does not depend on the width of the vectors; a panel serves as either factor of a
 * product, transposed or not, and an elementwise function of one is a loop over an unbroken run.
 */
public final class Panels {

  /** Columns of a panel. */
  public static final int WIDTH = 32;

  private Panels() {}

  /** How many panels hold this many columns. */
  static int count(int columns) {
    return (columns + WIDTH - 1) / WIDTH;
  }

  /** The columns of a panel that are no filling. */
  static int used(int columns, int panel) {
    return Math.min(WIDTH, columns - panel * WIDTH);
  }

  /** Copies rows of a row-major matrix into panels, with zeros as filling. */
  static void pack(int rows, int columns, float[] from, int at, float[] to, int start, int height) {
    for (int p = 0; p < count(columns); p++) {
      int panel = start + p * height * WIDTH;
      packOne(rows, used(columns, p), from, at + p * WIDTH, columns, to, panel);
    }
  }

  /** Copies up to 32 columns of a row-major matrix into one panel, with zeros as filling. */
  static void packOne(int rows, int used, float[] from, int at, int stride, float[] to, int start) {
    for (int r = 0; r < rows; r++) {
      int source = at + r * stride;
      int target = start + r * WIDTH;
      if (used == WIDTH) {
        for (int c = 0; c < WIDTH; c++) {
          to[target + c] = from[source + c];
        }
      } else {
        for (int c = 0; c < WIDTH; c++) {
          to[target + c] = c < used ? from[source + c] : 0;
        }
      }
    }
  }

  /** Copies up to 32 rows of a row-major matrix into the columns of one panel, zeros as filling. */
  static void packTransposed(
      int used, int depth, float[] from, int at, int stride, float[] to, int start) {
    int block = 64;
    for (int first = 0; first < depth; first += block) {
      int end = Math.min(depth, first + block);
      for (int c = 0; c < WIDTH; c++) {
        if (c < used) {
          int source = at + c * stride;
          for (int k = first; k < end; k++) {
            to[start + k * WIDTH + c] = from[source + k];
          }
        } else {
          for (int k = first; k < end; k++) {
            to[start + k * WIDTH + c] = 0;
          }
        }
      }
    }
  }

  /** Copies the used columns of one panel to a row-major matrix. */
  static void unpackOne(
      int rows, int used, float[] from, int start, float[] to, int at, int stride) {
    for (int r = 0; r < rows; r++) {
      int source = start + r * WIDTH;
      int target = at + r * stride;
      if (used == WIDTH) {
        for (int c = 0; c < WIDTH; c++) {
          to[target + c] = from[source + c];
        }
      } else {
        System.arraycopy(from, source, to, target, used);
      }
    }
  }

  /** Adds up to 32 columns of a row-major matrix to one panel. */
  static void add(int rows, int used, float[] from, int at, int stride, float[] to, int start) {
    for (int r = 0; r < rows; r++) {
      int source = at + r * stride;
      int target = start + r * WIDTH;
      if (used == WIDTH) {
        for (int c = 0; c < WIDTH; c++) {
          to[target + c] += from[source + c];
        }
      } else {
        for (int c = 0; c < used; c++) {
          to[target + c] += from[source + c];
        }
      }
    }
  }
}
