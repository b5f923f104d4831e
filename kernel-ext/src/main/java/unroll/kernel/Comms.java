package unroll.kernel;

import com.google.gson.JsonObject;
import unroll.kernel.wire.Channels;
import unroll.kernel.wire.Json;
import unroll.kernel.wire.Message;

/** Comms: none is offered, so one that a front end opens is closed again, as the protocol asks. */
final class Comms {

  /** The reply to a {@code comm_info_request}: no comm is open. */
  JsonObject info() {
    var reply = Json.object("status", "ok");
    reply.add("comms", new JsonObject());
    return reply;
  }

  void opened(Message open, Channels channels) {
    var content = Json.object("comm_id", Json.text(open.content(), "comm_id", ""));
    content.add("data", new JsonObject());
    channels.publish(open.publication("comm_close", channels.session(), content));
  }
}
