package unroll.kernel.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
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
  private static final long SENT_MILLIS = 1000;
  private static final long CLOSE_MILLIS = 3000;

  private final String session = UUID.randomUUID().toString();
  private final ZMQ.Context context = ZMQ.context(1);
  private final LinkedBlockingQueue<Output> outputs = new LinkedBlockingQueue<>(OUTPUTS_WAITING);
  private final LinkedBlockingQueue<Optional<Question>> questions = new LinkedBlockingQueue<>();
  private volatile boolean ended;
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
    while (!ended) {
      try {
        outputs.put(Output.message(message));
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
   * Waits until all that was published before has been sent, so that a reply sent next does not
   * overtake the outputs; a second at most. May not be called on a thread that runs a user's code.
   */
  public void awaitPublished() {
    var mark = new CountDownLatch(1);
    try {
      outputs.put(Output.mark(mark));
      mark.await(SENT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
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
      outputs.offer(Output.END, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
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
    try {
      channel.receive(-1, request -> handler.handle(request, channel));
    } catch (ZMQException end) {
      throw end;
    } catch (RuntimeException | StackOverflowError e) {
      System.err.println("kernel: a message could not be handled: " + e); // the next one can
    }
  }

  private void publishNext(Channel channel) {
    var output = next(outputs);
    if (output.equals(Output.END)) {
      ended = true;
      outputs.clear();
      throw new EndException();
    }
    if (output.message() != null) {
      channel.send(output.message());
    }
    output.sent().countDown();
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

  /**
   * Something that waits to be published.
   *
   * @param message null for a mark between messages
   * @param sent released when the mark is reached
   */
  private record Output(Message message, CountDownLatch sent) {
    private static final CountDownLatch NOBODY = new CountDownLatch(0);
    private static final Output END = new Output(null, NOBODY);

    static Output message(Message message) {
      return new Output(message, NOBODY);
    }

    static Output mark(CountDownLatch sent) {
      return new Output(null, sent);
    }
  }

  /** Ends a channel's thread. */
  private static final class EndException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
