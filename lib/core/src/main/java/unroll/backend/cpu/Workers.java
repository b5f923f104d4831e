package unroll.backend.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A few threads that do parts of one piece of work at a time. Between pieces they spin for a
 * moment, so that the next one starts within a microsecond, and then park.
 *
 * <p>Which thread does a part is left to chance; no result may depend on it. Work that arrives
 * while the threads are busy, from another thread or from within a part, is done by its caller
 * alone.
 */
final class Workers {

  /** One part of a piece of work. */
  interface Part {
    /** Does the part of this number. */
    void run(int part);
  }

  /** The share of one of several threads that work side by side. */
  interface Member {
    /** Does the share of this number; all members pass the barrier equally often. */
    void run(int member, int members, Barrier barrier);
  }

  private static final long SPIN_NANOS = 200_000;

  private final int threads;
  private final Thread[] helpers;
  private final boolean[] parked;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Job current;
  private volatile boolean closed;

  Workers(int threads) {
    this.threads = threads;
    this.helpers = new Thread[threads - 1];
    this.parked = new boolean[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      int index = i;
      helpers[i] = new Thread(() -> serve(index), "unroll-cpu-" + (i + 1));
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  /** How many threads there are, the caller's among them. */
  int threads() {
    return threads;
  }

  /** Does all parts, at once where that is possible; returns when all are done. */
  void run(int parts, Part part) {
    if (parts <= 1 || threads == 1 || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < parts; i++) {
        part.run(i);
      }
      return;
    }
    try {
      Job job = new Job(parts, part, null);
      start(job);
      job.help();
      job.join();
    } finally {
      busy.set(false);
    }
  }

  /** Runs up to {@code wanted} members side by side; one alone where the threads are busy. */
  void together(int wanted, Member member) {
    int members = Math.min(wanted, threads);
    if (members <= 1 || !busy.compareAndSet(false, true)) {
      member.run(0, 1, Barrier.NONE);
      return;
    }
    try {
      Barrier barrier = new Barrier(members);
      Job job = new Job(members, i -> member.run(i, members, barrier), barrier);
      start(job);
      job.help();
      job.join();
    } finally {
      busy.set(false);
    }
  }

  /** Ends the threads when they have done what they do; what comes later its caller does alone. */
  void close() {
    for (int spins = 0; !busy.compareAndSet(false, true); spins++) {
      Barrier.pause(spins);
    }
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private void start(Job job) {
    current = job;
    synchronized (parked) {
      for (int i = 0; i < helpers.length; i++) {
        if (parked[i]) {
          LockSupport.unpark(helpers[i]);
        }
      }
    }
  }

  private void serve(int index) {
    Job last = null;
    while (!closed) {
      Job job = await(last, index);
      if (job != null) {
        job.help();
        last = job;
      }
    }
  }

  /** The next piece of work; null if there is none yet. */
  private Job await(Job last, int index) {
    long end = System.nanoTime() + SPIN_NANOS;
    do {
      for (int i = 0; i < 64; i++) {
        Job job = current;
        if (job != last) {
          return job;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() < end);
    synchronized (parked) {
      parked[index] = true;
    }
    if (current == last && !closed) {
      LockSupport.park(this);
    }
    synchronized (parked) {
      parked[index] = false;
    }
    return null;
  }

  /** One piece of work and how far it has come. */
  private static final class Job {

    private final int parts;
    private final Part part;
    private final Barrier barrier;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile Throwable failure;

    Job(int parts, Part part, Barrier barrier) {
      this.parts = parts;
      this.part = part;
      this.barrier = barrier;
    }

    void help() {
      for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
        try {
          part.run(i);
        } catch (Throwable e) {
          failure = failure == null ? e : failure;
          if (barrier != null) {
            barrier.give(e);
          }
        }
        done.incrementAndGet();
      }
    }

    void join() {
      for (int spins = 0; done.get() < parts; spins++) {
        Barrier.pause(spins);
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
