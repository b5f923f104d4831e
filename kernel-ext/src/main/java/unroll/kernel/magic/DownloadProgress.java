package unroll.kernel.magic;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;
import unroll.kernel.display.Words;

/** Shows the jars that are fetched, in a line that is written anew while one comes in. */
final class DownloadProgress extends AbstractTransferListener {
  private static final long EVERY_NANOS = 300_000_000;

  private final PrintStream out;
  private final AtomicLong shownAt = new AtomicLong();
  private int shown;

  DownloadProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void transferProgressed(TransferEvent event) throws TransferCancelledException {
    if (Thread.currentThread().isInterrupted()) {
      throw new TransferCancelledException();
    }
    long now = System.nanoTime();
    long before = shownAt.get();
    if (isJar(event) && now - before > EVERY_NANOS && shownAt.compareAndSet(before, now)) {
      long size = event.getResource().getContentLength();
      var of = size > 0 ? " of " + Words.bytes(size) : "";
      show("fetching " + name(event) + ", " + Words.bytes(event.getTransferredBytes()) + of, "");
    }
  }

  @Override
  public void transferSucceeded(TransferEvent event) {
    if (isJar(event)) {
      show("fetched " + name(event) + ", " + Words.bytes(event.getTransferredBytes()), "\n");
    }
  }

  private synchronized void show(String text, String end) {
    out.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())) + end);
    shown = end.isEmpty() ? text.length() : 0;
    out.flush();
  }

  private static boolean isJar(TransferEvent event) {
    return event.getResource().getResourceName().endsWith(".jar");
  }

  private static String name(TransferEvent event) {
    var resource = event.getResource().getResourceName();
    return resource.substring(resource.lastIndexOf('/') + 1);
  }
}
