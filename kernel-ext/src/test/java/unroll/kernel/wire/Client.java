package unroll.kernel.wire;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A small front end for tests, over real sockets. */
public final class Client implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final ConnectionFile file;
  private final Codec codec;
  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket stdin;
  private final ZMQ.Socket iopub;
  private final ZMQ.Socket heartbeat;

  /** Everything that belongs to one request. */
  public record Exchange(JsonObject reply, List<Message> published) {

    /** The contents of the published messages of a type. */
    public List<JsonObject> of(String type) {
      return published.stream().filter(m -> m.type().equals(type)).map(Message::content).toList();
    }

    /** The types of the published messages, in their order. */
    public List<String> types() {
      return published.stream().map(Message::type).toList();
    }
  }

  /** A connection file for free ports of this machine. */
  public static ConnectionFile localFile() throws IOException {
    return ConnectionFile.local();
  }

  public Client(ConnectionFile file) {
    this(file, false);
  }

  /**
   * A front end of any kernel.
   *
   * @param shellOnly whether to ask the first questions on shell, for kernels that answer no others
   */
  public Client(ConnectionFile file, boolean shellOnly) {
    this.file = file;
    codec = new Codec(new Signer(file.key(), file.signatureScheme()));
    var identity = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    shell = connect(SocketType.DEALER, file.shellPort(), identity);
    control = connect(SocketType.DEALER, file.controlPort(), identity);
    stdin = connect(SocketType.DEALER, file.stdinPort(), identity);
    iopub = connect(SocketType.SUB, file.iopubPort(), null);
    heartbeat = connect(SocketType.REQ, file.heartbeatPort(), null);
    iopub.subscribe(new byte[0]);
    waitForSubscription(shellOnly ? shell : control);
  }

  private ZMQ.Socket connect(SocketType type, int port, byte[] identity) {
    var socket = context.socket(type);
    if (identity != null) {
      socket.setIdentity(identity);
    }
    socket.setReceiveTimeOut(TIMEOUT_MILLIS);
    socket.setLinger(0);
    socket.connect(file.address(port));
    return socket;
  }

  /** A subscription takes a moment to arrive: asks until the kernel's status is heard. */
  private void waitForSubscription(ZMQ.Socket socket) {
    iopub.setReceiveTimeOut(100);
    for (int i = 0; i < 100; i++) {
      send(socket, request("kernel_info_request", new JsonObject()));
      if (receive(socket) == null) {
        close();
        throw new AssertionError("kernel_info_request: no answer");
      }
      if (receive(iopub) != null) {
        break;
      }
    }
    while (receive(iopub) != null) {
      // the rest of what was asked meanwhile
    }
    iopub.setReceiveTimeOut(TIMEOUT_MILLIS);
  }

  public Message request(String type, JsonObject content) {
    return Message.of(type, "test", content);
  }

  /** An {@code execute_request} with stdin allowed. */
  public Message cell(String code) {
    var content = Json.object("code", code);
    content.addProperty("allow_stdin", true);
    return request("execute_request", content);
  }

  public Exchange run(String code) {
    return ask(cell(code));
  }

  /** Sends on shell and gathers everything until the kernel is idle again. */
  public Exchange ask(Message request) {
    sendShell(request);
    return await(request);
  }

  public void sendShell(Message request) {
    send(shell, request);
  }

  /** What comes for a request that was sent. */
  public Exchange await(Message request) {
    var reply = replyTo(shell, request);
    var published = new ArrayList<Message>();
    while (true) {
      var message = receive(iopub);
      if (message == null) {
        throw new AssertionError("no idle after " + published.stream().map(Message::type).toList());
      }
      if (!belongs(message, request)) {
        continue;
      }
      published.add(message);
      if (message.type().equals("status")
          && Json.text(message.content(), "execution_state", "").equals("idle")) {
        return new Exchange(reply.content(), published);
      }
    }
  }

  /** Waits for the first published message of a type. */
  public JsonObject awaitPublished(String type) {
    while (true) {
      var message = receive(iopub);
      if (message == null) {
        throw new AssertionError("no " + type);
      }
      if (message.type().equals(type)) {
        return message.content();
      }
    }
  }

  public JsonObject askControl(String type, JsonObject content) {
    var request = request(type, content);
    send(control, request);
    return replyTo(control, request).content();
  }

  /** Waits for a question. */
  public Message awaitQuestion() {
    return receive(stdin);
  }

  /** Waits for a question and answers it. */
  public JsonObject answerQuestion(String value) {
    var question = awaitQuestion();
    answer(question, value);
    return question.content();
  }

  /** Answers a question. */
  public void answer(Message question, String value) {
    var answer = question.reply("input_reply", "test", Json.object("value", value));
    send(
        stdin,
        new Message(
            List.of(), answer.header(), answer.parent(), answer.metadata(), answer.content()));
  }

  /** Sends frames as they are on shell. */
  public void sendRaw(List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      shell.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  /** The frames of a message, rightly signed. */
  public List<byte[]> frames(Message message) {
    return new ArrayList<>(codec.encode(message));
  }

  public String beat(String text) {
    heartbeat.send(text);
    return heartbeat.recvStr();
  }

  private void send(ZMQ.Socket socket, Message message) {
    var frames = codec.encode(message);
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  private Message replyTo(ZMQ.Socket socket, Message request) {
    while (true) {
      var message = receive(socket);
      if (message == null) {
        throw new AssertionError("no reply to " + request.type());
      }
      if (belongs(message, request)) {
        return message;
      }
    }
  }

  private static boolean belongs(Message message, Message request) {
    return request.header().get("msg_id").equals(message.parent().get("msg_id"));
  }

  private Message receive(ZMQ.Socket socket) {
    var frames = new ArrayList<byte[]>();
    do {
      var frame = socket.recv();
      if (frame == null) {
        return null;
      }
      frames.add(frame);
    } while (socket.hasReceiveMore());
    return codec.decode(frames).orElseThrow(() -> new AssertionError("a message that is wrong"));
  }

  @Override
  public void close() {
    List.of(shell, control, stdin, iopub, heartbeat).forEach(ZMQ.Socket::close);
    context.term();
  }
}
