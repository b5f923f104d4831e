package unroll.backend.cpu;

import unroll.backend.Recurrence;

/**
 * How threads share the steps of a sequence. Splitting the sequences of a batch needs no barrier,
 * but every thread then reads all recurrent weights at every step; where those outgrow its cache,
 * or the batch is too small, the units are split, with a barrier at every step. Neither changes a
 * bit.
 *
 * @param members how many threads
 * @param byUnits units are split; otherwise the batch
 */
record Split(int members, boolean byUnits) {

  /** Multiply-adds of a whole sequence that are worth a thread. */
  private static final long WORTH = 200_000;

  /** Multiply-adds of one step that are worth a barrier. */
  private static final long WORTH_BARRIER = 60_000;

  /** Weights that a core's own cache holds: 1 MB of floats. */
  private static final long CACHED = 1 << 18;

  /** Rows of a tile: a batch is split in multiples of it. */
  private static final int ROWS = 8;

  static Split of(Recurrence shape, int threads) {
    long weights = (long) shape.gateSize() * (shape.inputSize() + shape.hiddenSize());
    long step = weights * shape.batch();
    if (threads == 1 || step * shape.steps() < WORTH) {
      return new Split(1, false);
    }
    int byBatch = Math.min(threads, shape.batch() / ROWS);
    int byUnits = Math.min(threads, Panels.count(shape.hiddenSize()));
    if (byBatch == threads && weights <= CACHED) {
      return new Split(byBatch, false);
    }
    if ((byUnits > byBatch && step >= WORTH_BARRIER) || (byUnits > 1 && weights > CACHED)) {
      return new Split(byUnits, true);
    }
    return byBatch > 1 ? new Split(byBatch, false) : new Split(1, false);
  }

  /** The first row of the batch that a member has. */
  int row(int member, int members, int batch) {
    if (byUnits) {
      return 0;
    }
    return part(member, members, batch, ROWS);
  }

  /** The row after the last that a member has. */
  int rowEnd(int member, int members, int batch) {
    return byUnits ? batch : part(member + 1, members, batch, ROWS);
  }

  /** The first panel of units that a member has. */
  int panel(int member, int members, int panels) {
    return byUnits ? part(member, members, panels, 1) : 0;
  }

  /** The panel after the last that a member has. */
  int panelEnd(int member, int members, int panels) {
    return byUnits ? part(member + 1, members, panels, 1) : panels;
  }

  private static int part(int member, int members, int count, int grain) {
    int grains = (count + grain - 1) / grain;
    return Math.min(count, (int) ((long) grains * member / members) * grain);
  }
}
