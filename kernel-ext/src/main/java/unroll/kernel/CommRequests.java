package unroll.kernel;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import unroll.kernel.eval.CellEvaluator;
import unroll.kernel.wire.Channels;
import unroll.kernel.wire.Json;
import unroll.kernel.wire.Message;

/** The messages of comms. What the user does with one runs like a cell, with its outputs. */
final class CommRequests {
  private final Supplier<CellEvaluator> evaluator;
  private final Channels channels;
  private final Comms comms = new Comms(this::send);
  private volatile Message last; // the request whose outputs messages of comms belong to

  CommRequests(Supplier<CellEvaluator> evaluator, Channels channels) {
    this.evaluator = evaluator;
    this.channels = channels;
  }

  /** A request begins; what is sent on comms from now on belongs to it. */
  void begun(Message request) {
    last = request;
  }

  /** The reply to a {@code comm_info_request}: the comms that are open. */
  JsonObject info(JsonObject request) {
    var wanted = Json.text(request, "target_name", "");
    var open = new JsonObject();
    comms
        .targets()
        .forEach(
            (id, target) -> {
              if (wanted.isEmpty() || wanted.equals(target)) {
                open.add(id, Json.object("target_name", target));
              }
            });
    var reply = Json.object("status", "ok");
    reply.add("comms", open);
    return reply;
  }

  /** A front end opens a comm; it is closed again where nobody knows its target. */
  void opened(Message open) {
    var id = Json.text(open.content(), "comm_id", "");
    var target = Json.text(open.content(), "target_name", "");
    var action = comms.opened(id, target, Json.map(open.content().get("data")));
    if (action.isPresent()) {
      call(open, "the target " + target, action.get());
    } else {
      send("comm_close", new Comm(this::send, id, target, Map.of()), Map.of());
    }
  }

  void message(Message message) {
    received(message, Comm::received);
  }

  void closed(Message close) {
    received(close, Comm::closedByFrontEnd);
    comms.find(Json.text(close.content(), "comm_id", "")).ifPresent(comms::forget);
  }

  private interface Action {
    void with(Comm comm, Map<String, Object> data);
  }

  private void received(Message message, Action action) {
    var comm = comms.find(Json.text(message.content(), "comm_id", ""));
    var data = Json.map(message.content().get("data"));
    Consumer<Comm> run =
        c -> call(message, "the comm about " + c.target(), () -> action.with(c, data));
    comm.ifPresent(run);
  }

  private void call(Message message, String name, Runnable action) {
    evaluator.get().call(name, action, new WireOutputs(channels, message));
  }

  private void send(String type, Comm comm, Map<String, Object> data) {
    var content = Json.object("comm_id", comm.id());
    if (type.equals("comm_open")) {
      content.addProperty("target_name", comm.target());
    }
    content.add("data", Json.tree(data));
    var request = last;
    channels.publish(
        request == null
            ? Message.of(type, channels.session(), content)
            : request.publication(type, channels.session(), content));
  }

  void end() {
    comms.end();
  }
}
