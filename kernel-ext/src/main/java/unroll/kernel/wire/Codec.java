package unroll.kernel.wire;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Messages to frames and back. What cannot be read is no message. */
final class Codec {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int JSON_FRAMES = 4;

  private final Signer signer;
  private final AtomicBoolean toldOfSignature = new AtomicBoolean();

  Codec(Signer signer) {
    this.signer = signer;
  }

  /** The frames of a message, signed. */
  List<byte[]> encode(Message message) {
    var json =
        List.of(
            bytes(message.header()),
            bytes(message.parent()),
            bytes(message.metadata()),
            bytes(message.content()));
    var frames = new ArrayList<>(message.identities());
    frames.add(DELIMITER);
    frames.add(signer.sign(json).getBytes(StandardCharsets.US_ASCII));
    frames.addAll(json);
    return frames;
  }

  /** The message in some frames; empty where they are malformed or wrongly signed. */
  Optional<Message> decode(List<byte[]> frames) {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
      delimiter++;
    }
    int first = delimiter + 2;
    if (frames.size() < first + JSON_FRAMES) {
      return Optional.empty();
    }
    var json = frames.subList(first, first + JSON_FRAMES);
    if (!signer.accepts(frames.get(delimiter + 1), json)) {
      if (!toldOfSignature.getAndSet(true)) {
        System.err.println(
            "kernel: a message with a wrong signature was dropped, and so will others be");
      }
      return Optional.empty();
    }
    try {
      var message =
          new Message(
              frames.subList(0, delimiter),
              object(json.get(0)),
              object(json.get(1)),
              object(json.get(2)),
              object(json.get(3)));
      return isText(message.header(), "msg_type") && isText(message.header(), "msg_id")
          ? Optional.of(message)
          : Optional.empty();
    } catch (JsonParseException
        | IllegalStateException
        | CharacterCodingException
        | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static boolean isText(JsonObject object, String name) {
    return object.has(name)
        && object.get(name).isJsonPrimitive()
        && object.getAsJsonPrimitive(name).isString();
  }

  private static byte[] bytes(JsonObject object) {
    return object.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject object(byte[] frame) throws CharacterCodingException {
    var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame)).toString();
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
