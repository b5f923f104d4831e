package unroll.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;

/** Where threads that work side by side wait for each other, spinning: a step is short. */
final class Barrier {

  /** The barrier of one thread alone. */
  static final Barrier NONE = new Barrier(1);

  private static final int SPINS = 2_000;

  private final int members;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int round;
  private volatile Throwable failure;

  Barrier(int members) {
    this.members = members;
  }

  /** Waits for all members. What they wrote before is seen by all afterwards. */
  void await() {
    if (members == 1) {
      return;
    }
    int mine = round;
    if (arrived.incrementAndGet() == members) {
      arrived.set(0);
      round = mine + 1;
      return;
    }
    for (int spins = 0; round == mine; spins++) {
      if (failure != null) {
        throw new IllegalStateException("another thread of this computation failed", failure);
      }
      pause(spins);
    }
  }

  /** Lets the others go: this member will not come. */
  void give(Throwable reason) {
    failure = reason;
  }

  /** A moment's rest; after many the processor is offered to other threads. */
  @SuppressWarnings("ThreadPriorityCheck") // a kindness to others, nothing depends on it
  static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
