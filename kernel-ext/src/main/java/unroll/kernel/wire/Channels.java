package unroll.kernel.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The five channels of a kernel, each with a thread of its own. Requests on shell and control are
 * handed to their handlers, one after another on each, and both at the same time; so a cell that
 * runs on shell can be interrupted by a message on control.
 */
public final class Channels implements AutoCloseable {
  private static final int OUTPUTS_WAITING = 1000;
  private static final long CLOSE_MILLIS = 3000;

  private final String session = UUID.randomUUID().toString();
  private final ZMQ.Context context = ZMQ.context(1);
  private final LinkedBlockingQueue<Optional<Message>> outputs =
      new LinkedBlockingQueue<>(OUTPUTS_WAITING);
  private final LinkedBlockingQueue<Optional<Question>> questions = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>(); // not started yet
  private final List<Channel> bound = new ArrayList<>();

  /** What answers the requests of one channel. */
  @FunctionalInterface
  public interface Handler {

    /** Handles a request; answers go to the channel it came from. */
    void handle(Message request, Channel channel);
  }

  /**
   * Listens where the connection file says, and nowhere else. Nothing is served before {@link
   * #start}.
   *
   * @throws IllegalStateException if it cannot listen there; names the channel and the address
   * @throws IllegalArgumentException if the signature scheme is unknown
   */
  public Channels(ConnectionFile file, Handler shell, Handler control) {
    var codec = new Codec(new Signer(file.key(), file.signatureScheme()));
    try {
      var heartbeatChannel = bind(SocketType.REP, codec, "heartbeat", file, file.heartbeatPort());
      var shellChannel = bind(SocketType.ROUTER, codec, "shell", file, file.shellPort());
      var controlChannel = bind(SocketType.ROUTER, codec, "control", file, file.controlPort());
      var stdinChannel = bind(SocketType.ROUTER, codec, "stdin", file, file.stdinPort());
      var iopubChannel = bind(SocketType.PUB, codec, "iopub", file, file.iopubPort());
      prepare("unroll-heartbeat", heartbeatChannel, () -> heartbeatChannel.echo());
      prepare("unroll-shell", shellChannel, () -> serve(shellChannel, shell));
      prepare("unroll-control", controlChannel, () -> serve(controlChannel, control));
      prepare("unroll-stdin", stdinChannel, () -> askNext(stdinChannel));
      prepare("unroll-iopub", iopubChannel, () -> publishNext(iopubChannel));
    } catch (RuntimeException e) {
      bound.forEach(Channel::close);
      context.term();
      throw e;
    }
  }

  /** Starts to serve. */
  public void start() {
    threads.forEach(Thread::start);
  }

  /** The id of this kernel's run, for the headers of its messages. */
  public String session() {
    return session;
  }

  /** Sends a message to all front ends, after those published before. May be called anywhere. */
  public void publish(Message message) {
    boolean interrupted = false;
    while (true) {
      try {
        outputs.put(Optional.of(message));
        break;
      } catch (InterruptedException e) {
        interrupted = true; // an output is sent nevertheless
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Sends a question on the stdin channel and waits for the answer.
   *
   * @throws InterruptedIOException if the calling thread is interrupted while it waits
   * @throws IOException if the kernel ends before there is an answer
   */
  public Message ask(Message request) throws IOException {
    var question = new Question(request);
    questions.add(Optional.of(question));
    return question.answer();
  }

  /** Sends what is still to be sent, stops serving, and closes the sockets. */
  @Override
  public void close() {
    questions.add(Optional.empty());
    try {
      outputs.offer(Optional.empty(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      // waits for all sockets; that of shell closes when the cell that runs there ends
      var term = new Thread(context::term, "unroll-close");
      term.setDaemon(true);
      term.start();
      term.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Channel bind(SocketType type, Codec codec, String name, ConnectionFile file, int port) {
    var channel = new Channel(context, type, codec, name, file.address(port));
    bound.add(channel);
    return channel;
  }

  private interface Step {
    /** Returns when the next step may begin; throws {@link EndException} to end. */
    void run();
  }

  private void prepare(String name, Channel channel, Step step) {
    var thread = new Thread(() -> loop(channel, step), name);
    thread.setDaemon(true);
    threads.add(thread);
  }

  private static void loop(Channel channel, Step step) {
    try {
      while (true) {
        step.run();
      }
    } catch (EndException end) {
      channel.close();
    } catch (ZMQException e) {
      channel.close(); // the context was terminated: the kernel ends
    }
  }

  private static void serve(Channel channel, Handler handler) {
    channel.receive(-1, request -> handler.handle(request, channel));
  }

  private void publishNext(Channel channel) {
    channel.send(next(outputs).orElseThrow(EndException::new));
  }

  private void askNext(Channel channel) {
    var question =
        next(questions)
            .orElseThrow(
                () -> {
                  questions.forEach(q -> q.ifPresent(Question::end));
                  return new EndException();
                });
    while (channel.receive(0, late -> {})) {
      // an answer to an earlier question that nobody waits for any more
    }
    channel.send(question.request());
    while (question.open()) {
      channel.receive(50, question::answered);
      if (questions.peek() != null && questions.peek().isEmpty()) {
        question.end();
      }
    }
  }

  private static <T> T next(LinkedBlockingQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new EndException();
    }
  }

  /** Ends a channel's thread. */
  private static final class EndException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
