package unroll.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import unroll.kernel.eval.CellEvaluator;
import unroll.kernel.eval.CellOutcome;
import unroll.kernel.wire.Channels;
import unroll.kernel.wire.Json;
import unroll.kernel.wire.Message;

/** Runs the cells of {@code execute_request}s. A name and {@code ?} shows what is known of it. */
final class ExecuteRequests {
  private final CellEvaluator evaluator;
  private final Channels channels;
  private final History history;

  ExecuteRequests(CellEvaluator evaluator, Channels channels, History history) {
    this.evaluator = evaluator;
    this.channels = channels;
    this.history = history;
  }

  /**
   * What came of a request.
   *
   * @param abort whether the requests that wait behind it are not to be run
   */
  record Answer(JsonObject content, boolean abort) {}

  Answer execute(Message request) {
    var content = request.content();
    var code = Json.text(content, "code", "");
    boolean silent = Json.flag(content, "silent", false);
    boolean counted = !silent && Json.flag(content, "store_history", true);
    if (!silent) {
      publishInput(request, code, evaluator.executionCount() + (counted ? 1 : 0));
    }
    var outputs = new WireOutputs(channels, request);
    var page = CodeRequests.question(code).flatMap(this::page);
    var run = page.isPresent() ? "" : code;
    var outcome = evaluator.execute(run, silent ? new SilentOutputs(outputs) : outputs, counted);
    if (counted) {
      history.add(outcome.executionCount(), code, outputs.resultText());
    }
    boolean stopOnError = Json.flag(content, "stop_on_error", true);
    boolean abort = outcome.interrupted() || (!outcome.ok() && stopOnError);
    var reply = reply(outcome, content);
    page.ifPresent(shown -> reply.getAsJsonArray("payload").add(shown));
    return new Answer(reply, abort);
  }

  /** What is known of a name, for the front end's pager; empty where nothing is. */
  private Optional<JsonObject> page(String name) {
    return evaluator
        .inspect(name, name.length(), true)
        .map(
            found -> {
              var page = Json.bundle(found);
              page.addProperty("source", "page");
              page.addProperty("start", 0);
              return page;
            });
  }

  private void publishInput(Message request, String code, int executionCount) {
    var input = Json.object("code", code);
    input.addProperty("execution_count", executionCount);
    channels.publish(request.publication("execute_input", channels.session(), input));
  }

  private JsonObject reply(CellOutcome outcome, JsonObject request) {
    var reply = outcome.error().map(WireOutputs::json).orElseGet(JsonObject::new);
    reply.addProperty("status", outcome.ok() ? "ok" : "error");
    reply.addProperty("execution_count", outcome.executionCount());
    if (outcome.ok()) {
      reply.add("payload", new JsonArray());
      reply.add("user_expressions", userExpressions(request));
    }
    return reply;
  }

  private JsonObject userExpressions(JsonObject request) {
    var answers = new JsonObject();
    if (request.get("user_expressions") instanceof JsonObject expressions) {
      for (var name : expressions.keySet()) {
        var seen = new SilentOutputs(null);
        var outcome = evaluator.execute(Json.text(expressions, name, ""), seen, false);
        var answer =
            outcome.error().map(WireOutputs::json).orElseGet(() -> Json.bundle(seen.result()));
        answer.addProperty("status", outcome.ok() ? "ok" : "error");
        answers.add(name, answer);
      }
    }
    return answers;
  }

  /** The answer to a request that is not run because one before it failed. */
  static JsonObject aborted() {
    return Json.object("status", "aborted");
  }
}
