package unroll.kernel;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import unroll.kernel.eval.CellEvaluator;
import unroll.kernel.eval.SessionSettings;
import unroll.kernel.wire.Channel;
import unroll.kernel.wire.Channels;
import unroll.kernel.wire.ConnectionFile;
import unroll.kernel.wire.Json;
import unroll.kernel.wire.Message;

/**
 * The kernel on the wire: serves Jupyter's requests with a {@link CellEvaluator}, which is made
 * beside the sockets. A front end shows the kernel as ready once {@code kernel_info_request} is
 * answered; so the answer waits until a cell would run at once, but not for long.
 */
public final class UnrollKernel implements AutoCloseable {
  private static final long READY_WAIT_MILLIS = 600;
  private static final Duration INTERRUPT_WAIT = Duration.ofSeconds(2);

  private final CompletableFuture<CellEvaluator> evaluator;
  private final CountDownLatch shutdown = new CountDownLatch(1);
  private final History history = new History();
  private final Channels channels;
  private final CommRequests comms;
  private volatile boolean asked;

  /**
   * Starts to listen and to serve.
   *
   * @throws IllegalStateException if it cannot listen where the connection file says
   */
  public UnrollKernel(ConnectionFile file, SessionSettings settings) {
    this(file, () -> settings);
  }

  /** The same with settings that are made together with the evaluator. */
  UnrollKernel(ConnectionFile file, Supplier<SessionSettings> settings) {
    // first of all: the evaluator takes longer than the sockets
    evaluator =
        CompletableFuture.supplyAsync(() -> evaluator(settings.get()), UnrollKernel::inBackground);
    try {
      channels = new Channels(file, this::onShell, this::onControl);
    } catch (RuntimeException e) {
      inBackground(() -> evaluator.join().close());
      throw e;
    }
    comms = new CommRequests(evaluator::join, channels);
    channels.publish(Message.of("status", channels.session(), state("starting")));
    channels.start();
  }

  private CellEvaluator evaluator(SessionSettings settings) {
    var made = new CellEvaluator(settings);
    if (!asked) {
      made.warmUp(); // nobody waits yet
    }
    made.warmUpAssistance();
    return made;
  }

  private static void inBackground(Runnable task) {
    var thread = new Thread(task, "unroll-start");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until a front end asks for the end. */
  public void awaitShutdown() throws InterruptedException {
    shutdown.await();
  }

  /** Interrupts the cell that runs, as a message on control does. */
  public void interrupt() {
    if (evaluator.isDone()) {
      evaluator.join().interrupt();
    }
  }

  /** Ends the session: interrupts what runs, and closes the sockets. */
  @Override
  public void close() {
    shutdown.countDown();
    comms.end();
    interrupt();
    channels.close();
    evaluator.join().close();
  }

  private void onShell(Message request, Channel channel) {
    comms.begun(request);
    if (!request.type().equals("execute_request")) {
      answer(request, channel, () -> shellReply(request));
      return;
    }
    asked = true;
    var waiting = new ArrayList<Message>();
    answer(
        request,
        channel,
        () -> {
          var answer = new ExecuteRequests(evaluator.join(), channels, history).execute(request);
          while (answer.abort() && channel.receive(0, waiting::add)) {
            // all that came while the failed cell ran; what comes after its reply is meant anew
          }
          return answer.content();
        });
    waiting.forEach(late -> abortOrAnswer(late, channel));
  }

  private void abortOrAnswer(Message request, Channel channel) {
    boolean cell = request.type().equals("execute_request");
    answer(request, channel, () -> cell ? ExecuteRequests.aborted() : shellReply(request));
  }

  private JsonObject shellReply(Message request) {
    var content = request.content();
    return switch (request.type()) {
      case "kernel_info_request" -> {
        awaitReady();
        yield KernelInfo.reply();
      }
      case "complete_request" -> new CodeRequests(evaluator.join()).complete(content);
      case "inspect_request" -> new CodeRequests(evaluator.join()).inspect(content);
      case "is_complete_request" -> new CodeRequests(evaluator.join()).isComplete(content);
      case "history_request" -> historyReply(content);
      case "comm_info_request" -> comms.info(content);
      case "comm_open" -> unanswered(() -> comms.opened(request));
      case "comm_msg" -> unanswered(() -> comms.message(request));
      case "comm_close" -> unanswered(() -> comms.closed(request));
      default -> controlReply(request);
    };
  }

  private static JsonObject unanswered(Runnable action) {
    action.run();
    return null;
  }

  private void onControl(Message request, Channel channel) {
    answer(request, channel, () -> controlReply(request));
  }

  private JsonObject controlReply(Message request) {
    return switch (request.type()) {
      case "kernel_info_request" -> KernelInfo.reply();
      case "interrupt_request" -> {
        interrupt();
        if (evaluator.isDone()) {
          evaluator.join().awaitIdle(INTERRUPT_WAIT);
        }
        yield Json.object("status", "ok");
      }
      case "shutdown_request" -> shutdownReply(request);
      default -> null;
    };
  }

  private void awaitReady() {
    try {
      evaluator.get(READY_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return; // a cell will wait for it, or say what is wrong
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonObject historyReply(JsonObject request) {
    var reply = Json.object("status", "ok");
    reply.add("history", history.answer(request));
    return reply;
  }

  private static JsonObject shutdownReply(Message request) {
    var reply = Json.object("status", "ok");
    reply.addProperty("restart", Json.flag(request.content(), "restart", false));
    return reply;
  }

  /** Answers a request between a busy and an idle status; a null reply is not sent. */
  private void answer(Message request, Channel channel, Supplier<JsonObject> reply) {
    publish(request, "busy");
    var content = contentOrError(reply);
    if (content != null && request.type().endsWith("_request")) {
      var type = request.type().replaceFirst("_request$", "_reply");
      channels.awaitPublished();
      channel.send(request.reply(type, channels.session(), content));
    }
    publish(request, "idle");
    if (request.type().equals("shutdown_request")) {
      shutdown.countDown();
    }
  }

  /** A request that makes the kernel fail gets that for an answer, and the kernel goes on. */
  private static JsonObject contentOrError(Supplier<JsonObject> reply) {
    try {
      return reply.get();
    } catch (RuntimeException | Error e) {
      var error = Json.object("status", "error");
      error.addProperty("ename", e.getClass().getName());
      error.addProperty("evalue", String.valueOf(e.getMessage()));
      error.add("traceback", Json.array(List.of(e.toString())));
      return error;
    }
  }

  private void publish(Message request, String state) {
    channels.publish(request.publication("status", channels.session(), state(state)));
  }

  private static JsonObject state(String state) {
    return Json.object("execution_state", state);
  }
}
