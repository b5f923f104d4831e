package unroll.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Conversations with the front end, by Jupyter's comms:
 *
 * <pre>{@code
 * Comms.register("echo", comm -> comm.onMessage(comm::send));   // a front end may open it
 * var comm = Comms.open("my_widget", Map.of("value", 3));       // or this side does
 * }</pre>
 */
public final class Comms {
  private static final CopyOnWriteArrayList<Comms> SESSIONS = new CopyOnWriteArrayList<>();

  private final Map<String, Consumer<Comm>> targets = new ConcurrentHashMap<>();
  private final Map<String, Comm> open = new ConcurrentHashMap<>();
  private final Comm.Wire wire;

  Comms(Comm.Wire wire) {
    this.wire =
        (type, comm, data) -> {
          if (type.equals("comm_close")) {
            open.remove(comm.id());
          }
          wire.send(type, comm, data);
        };
    SESSIONS.add(this);
  }

  /**
   * Lets front ends open comms of a target.
   *
   * @param opened called with each new comm; sets what is done with its messages
   */
  public static void register(String target, Consumer<Comm> opened) {
    session("register").targets.put(target, opened);
  }

  /** Lets front ends no longer open comms of a target. Those that are open stay so. */
  public static void unregister(String target) {
    session("unregister").targets.remove(target);
  }

  /** Opens a comm from this side; a front end that does not know the target closes it again. */
  public static Comm open(String target, Map<String, Object> data) {
    var session = session("open");
    var comm = new Comm(session.wire, Comm.newId(), target, data);
    session.open.put(comm.id(), comm);
    session.wire.send("comm_open", comm, data);
    return comm;
  }

  private static Comms session(String operation) {
    return SESSIONS.stream()
        .reduce((first, last) -> last)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Comms." + operation + ": no front end is there; comms work in Jupyter only"));
  }

  /** A front end opens a comm; empty where nobody here knows the target. */
  Optional<Runnable> opened(String id, String target, Map<String, Object> data) {
    var action = targets.get(target);
    if (action == null) {
      return Optional.empty();
    }
    var comm = new Comm(wire, id, target, data);
    open.put(id, comm);
    return Optional.of(() -> action.accept(comm));
  }

  Optional<Comm> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  void forget(Comm comm) {
    open.remove(comm.id());
  }

  /** Those that are open: their targets by their ids. */
  Map<String, String> targets() {
    var found = new TreeMap<String, String>();
    open.forEach((id, comm) -> found.put(id, comm.target()));
    return found;
  }

  void end() {
    SESSIONS.remove(this);
  }
}
