package unroll.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.CellOutputs;
import unroll.kernel.wire.Channels;
import unroll.kernel.wire.Json;
import unroll.kernel.wire.Message;

/** The outputs of a cell as messages to the front ends. */
final class WireOutputs implements CellOutputs {
  private final Channels channels;
  private final Message request;
  private final boolean mayAsk;
  private String resultText;

  WireOutputs(Channels channels, Message request) {
    this.channels = channels;
    this.request = request;
    this.mayAsk = Json.flag(request.content(), "allow_stdin", false);
  }

  /** The result as text, for the history; null if there was none. */
  String resultText() {
    return resultText;
  }

  @Override
  public void stream(String name, String text) {
    var content = Json.object("name", name);
    content.addProperty("text", text);
    publish("stream", content);
  }

  @Override
  public void display(MimeBundle data, String displayId) {
    publish("display_data", withId(data, displayId));
  }

  @Override
  public void updateDisplay(MimeBundle data, String displayId) {
    publish("update_display_data", withId(data, displayId));
  }

  @Override
  public void result(int executionCount, MimeBundle data) {
    resultText = data.get(MimeBundle.TEXT).orElse(null);
    var content = Json.bundle(data);
    content.addProperty("execution_count", executionCount);
    publish("execute_result", content);
  }

  @Override
  public void error(CellError error) {
    publish("error", json(error));
  }

  @Override
  public void clear(boolean wait) {
    var content = new JsonObject();
    content.addProperty("wait", wait);
    publish("clear_output", content);
  }

  @Override
  public String input(String prompt, boolean password) throws IOException {
    if (!mayAsk) {
      throw new IOException("input: this front end cannot ask its user; put the value in the cell");
    }
    var content = Json.object("prompt", prompt);
    content.addProperty("password", password);
    var answer = channels.ask(request.reply("input_request", channels.session(), content));
    return Json.text(answer.content(), "value", "");
  }

  /** An error as outputs and replies have it. */
  static JsonObject json(CellError error) {
    var content = Json.object("ename", error.name());
    content.addProperty("evalue", error.value());
    content.add("traceback", Json.array(error.traceback()));
    return content;
  }

  private static JsonObject withId(MimeBundle data, String displayId) {
    var content = Json.bundle(data);
    content.add("transient", Json.object("display_id", displayId));
    return content;
  }

  private void publish(String type, JsonObject content) {
    channels.publish(request.publication(type, channels.session(), content));
  }
}
