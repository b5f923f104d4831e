package unroll.kernel.wire;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The least of a front end: asks a kernel on its shell channel, and waits for the replies. */
public final class FrontEnd implements AutoCloseable {
  private static final String SESSION = "front-end";
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Codec codec;
  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket shell = context.socket(SocketType.DEALER);

  /** Connects to the kernel that listens, or will listen, where the connection file says. */
  public FrontEnd(ConnectionFile file) {
    codec = new Codec(new Signer(file.key(), file.signatureScheme()));
    shell.setIdentity(SESSION.getBytes(StandardCharsets.US_ASCII));
    shell.setReceiveTimeOut(TIMEOUT_MILLIS);
    shell.setLinger(0);
    shell.connect(file.address(file.shellPort()));
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @return the reply's content
   * @throws IllegalStateException if none comes within a minute
   */
  public JsonObject ask(String type, JsonObject content) {
    var request = Message.of(type, SESSION, content);
    var frames = codec.encode(request);
    for (int i = 0; i < frames.size(); i++) {
      shell.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
    var id = request.header().get("msg_id");
    while (true) {
      var answer = codec.decode(receive());
      if (answer.isPresent() && id.equals(answer.get().parent().get("msg_id"))) {
        return answer.get().content();
      }
    }
  }

  private List<byte[]> receive() {
    var frames = new ArrayList<byte[]>();
    do {
      var frame = shell.recv();
      if (frame == null) {
        throw new IllegalStateException("the kernel does not reply");
      }
      frames.add(frame);
    } while (shell.hasReceiveMore());
    return frames;
  }

  @Override
  public void close() {
    shell.close();
    context.term();
  }
}
