package unroll.train;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Watches trainings while they run: a live chart, a progress bar. Called on the training's thread
 * after every step and once more when it ends, so it must return quickly; what it throws ends the
 * training.
 */
@FunctionalInterface
public interface Monitor {

  /** Shows nothing. */
  Monitor NONE = run -> {};

  /** Called after a step; {@link Run#status} tells whether more will follow. */
  void update(Run run);

  /** The session's monitor, which every training reports to. */
  static Monitor session() {
    return Session.MONITOR.get();
  }

  /** Makes a monitor the session's. */
  static void use(Monitor monitor) {
    Session.MONITOR.set(monitor);
  }

  /** Where the session's monitor is kept. */
  final class Session {
    private static final AtomicReference<Monitor> MONITOR = new AtomicReference<>(NONE);

    private Session() {}
  }
}
