package unroll.kernel.wire;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One message of the protocol.
 *
 * @param identities ZeroMQ's routing frames; on the outputs channel, the topic
 * @param header who, when and what: {@code msg_id}, {@code msg_type}, …
 * @param parent the header of the request that this message answers; empty if it answers none
 * @param metadata about the message; mostly empty
 * @param content what the message says
 */
public record Message(
    List<byte[]> identities,
    JsonObject header,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content) {

  /** The version of the protocol that is spoken. */
  public static final String PROTOCOL_VERSION = "5.3";

  /** Copies the list. */
  public Message {
    identities = List.copyOf(identities);
  }

  /** The type, for instance {@code execute_request}. */
  public String type() {
    return header.get("msg_type").getAsString();
  }

  /** A message that starts an exchange. */
  public static Message of(String type, String session, JsonObject content) {
    var header = header(type, session);
    return new Message(List.of(), header, new JsonObject(), new JsonObject(), content);
  }

  /** An answer to this message, on the channel it came from. */
  public Message reply(String type, String session, JsonObject content) {
    return new Message(identities, header(type, session), header, new JsonObject(), content);
  }

  /** A message of the outputs channel that belongs to this request. */
  public Message publication(String type, String session, JsonObject content) {
    return new Message(List.of(), header(type, session), header, new JsonObject(), content);
  }

  private static JsonObject header(String type, String session) {
    var header = new JsonObject();
    header.addProperty("msg_id", UUID.randomUUID().toString());
    header.addProperty("msg_type", type);
    header.addProperty("session", session);
    header.addProperty("username", "kernel");
    header.addProperty("date", Instant.now().toString());
    header.addProperty("version", PROTOCOL_VERSION);
    return header;
  }
}
