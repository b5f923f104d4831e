package unroll.backend.cpu;

import java.util.Arrays;

/** Weights in panels, as a product takes them, and the version of the numbers they were made of. */
final class PackedWeights {

  /**
   * Which panels to make of weights [gates H, columns].
   *
   * @param transposed true for the factor of x Wᵀ: one panel for 32 units of one gate; false for
   *     the factor of g W: one panel for 32 columns, its rows those of the gates, each gate filled
   *     up to whole panels
   * @param gates blocks of H rows
   * @param hidden H
   * @param columns of the weights
   * @param first the gate that comes first, the others following in a circle
   */
  record Form(boolean transposed, int gates, int hidden, int columns, int first) {

    /** How many numbers the panels hold. */
    int length() {
      int rows = gates * Panels.count(hidden) * Panels.WIDTH;
      return rows * (transposed ? columns : Panels.count(columns) * Panels.WIDTH);
    }

    /** How many panels there are. */
    int panels() {
      return transposed ? gates * Panels.count(hidden) : Panels.count(columns);
    }

    /** Makes one panel. */
    void pack(int panel, float[] from, int at, float[] to) {
      int perGate = Panels.count(hidden);
      if (transposed) {
        int gate = (first + panel / perGate) % gates;
        int p = panel % perGate;
        int source = at + (gate * hidden + p * Panels.WIDTH) * columns;
        int start = panel * columns * Panels.WIDTH;
        Panels.packTransposed(Panels.used(hidden, p), columns, from, source, columns, to, start);
        return;
      }
      int height = perGate * Panels.WIDTH;
      int used = Panels.used(columns, panel);
      for (int g = 0; g < gates; g++) {
        int source = at + (first + g) % gates * hidden * columns + panel * Panels.WIDTH;
        int start = (panel * gates + g) * height * Panels.WIDTH;
        Panels.packOne(hidden, used, from, source, columns, to, start);
        int end = start + height * Panels.WIDTH;
        Arrays.fill(to, start + hidden * Panels.WIDTH, end, 0);
      }
    }
  }

  /** From this many numbers on, threads share the packing. */
  private static final int SHARED = 1 << 15;

  private final Form form;
  private final int offset;
  private float[] panels;
  private int version;

  PackedWeights(Form form, int offset) {
    this.form = form;
    this.offset = offset;
  }

  boolean is(Form other, int at) {
    return offset == at && form.equals(other);
  }

  /** The panels of the numbers in {@code from}, as of the given version. */
  float[] of(float[] from, int current, Engine engine) {
    if (panels == null) {
      panels = engine.workspace().take(form.length());
      version = current - 1;
    }
    if (version != current) {
      pack(form, from, offset, panels, engine.workers());
      version = current;
    }
    return panels;
  }

  /** Gives the array back. */
  void release(Workspace workspace) {
    if (panels != null) {
      workspace.give(panels);
    }
  }

  /** Makes all panels. */
  static void pack(Form form, float[] from, int at, float[] to, Workers workers) {
    if (form.length() < SHARED) {
      for (int p = 0; p < form.panels(); p++) {
        form.pack(p, from, at, to);
      }
    } else {
      workers.run(form.panels(), p -> form.pack(p, from, at, to));
    }
  }
}
