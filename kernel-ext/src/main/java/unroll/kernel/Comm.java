package unroll.kernel;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A conversation between the code of a cell and a part of the front end, such as a widget. Messages
 * hold what JSON can: maps, lists, texts, numbers, truth values and null. Begin at {@link Comms}.
 */
public final class Comm {
  private final Wire wire;
  private final String id;
  private final String target;
  private final Map<String, Object> data;
  private volatile Consumer<Map<String, Object>> onMessage = message -> {};
  private volatile Consumer<Map<String, Object>> onClose = message -> {};
  private volatile boolean open = true;

  /** Where its messages go. */
  interface Wire {
    void send(String type, Comm comm, Map<String, Object> data);
  }

  Comm(Wire wire, String id, String target, Map<String, Object> data) {
    this.wire = wire;
    this.id = id;
    this.target = target;
    this.data = data;
  }

  static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** Its id, the same on both sides. */
  public String id() {
    return id;
  }

  /** What it is about: the name under which one side listens. */
  public String target() {
    return target;
  }

  /** What it was opened with. */
  public Map<String, Object> data() {
    return data;
  }

  /** Whether neither side has closed it. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Sends a message to the front end.
   *
   * @throws IllegalStateException if it is closed
   */
  public void send(Map<String, Object> data) {
    if (!open) {
      throw new IllegalStateException(
          "Comm.send: the comm about " + target + " is closed; open another with Comms.open");
    }
    wire.send("comm_msg", this, data);
  }

  /** Sets what is done with each message of the front end; runs as a cell does, between cells. */
  public Comm onMessage(Consumer<Map<String, Object>> action) {
    onMessage = action;
    return this;
  }

  /** Sets what is done when the front end closes it. */
  public Comm onClose(Consumer<Map<String, Object>> action) {
    onClose = action;
    return this;
  }

  /** Closes it; the front end is told. */
  public void close() {
    if (end()) {
      wire.send("comm_close", this, Map.of());
    }
  }

  void received(Map<String, Object> data) {
    onMessage.accept(data);
  }

  void closedByFrontEnd(Map<String, Object> data) {
    if (end()) {
      onClose.accept(data);
    }
  }

  /** False if it was closed already. */
  private synchronized boolean end() {
    boolean was = open;
    open = false;
    return was;
  }
}
