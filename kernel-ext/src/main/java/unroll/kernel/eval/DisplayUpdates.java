package unroll.kernel.eval;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import unroll.kernel.display.MimeBundle;

/**
 * Updates of displays, at a rate that a front end can follow: of those of one display that come
 * faster than ten a second only the latest is passed on, the last of all always.
 */
final class DisplayUpdates {
  private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final CellOutputs outputs;
  private final Map<String, MimeBundle> waiting = new LinkedHashMap<>();
  private final Map<String, Long> sentAt = new HashMap<>();

  DisplayUpdates(CellOutputs outputs) {
    this.outputs = outputs;
  }

  void update(MimeBundle bundle, String id) {
    waiting.remove(id);
    waiting.put(id, bundle);
    flush();
  }

  /** Passes on those that have waited long enough. */
  void flush() {
    long now = System.nanoTime();
    send(now - APART_NANOS);
  }

  /** Passes on all that wait. */
  void end() {
    send(Long.MAX_VALUE);
  }

  private void send(long sentBefore) {
    var due = waiting.entrySet().iterator();
    while (due.hasNext()) {
      var update = due.next();
      var last = sentAt.get(update.getKey());
      if (last == null || last <= sentBefore) {
        due.remove();
        sentAt.put(update.getKey(), System.nanoTime());
        outputs.updateDisplay(update.getValue(), update.getKey());
      }
    }
  }
}
