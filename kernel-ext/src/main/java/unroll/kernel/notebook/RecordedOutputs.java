package unroll.kernel.notebook;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.CellOutputs;

/** The outputs of cells, led into a recorder. There is nobody to ask for a line. */
final class RecordedOutputs implements CellOutputs {

  private static final Gson GSON = new Gson();

  private final OutputRecorder recorder;

  RecordedOutputs(OutputRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void stream(String name, String text) {
    recorder.stream(name, text);
  }

  @Override
  public void display(MimeBundle data, String displayId) {
    recorder.display(content(data), metadata(data), displayId);
  }

  @Override
  public void updateDisplay(MimeBundle data, String displayId) {
    recorder.update(content(data), metadata(data), displayId);
  }

  @Override
  public void result(int executionCount, MimeBundle data) {
    recorder.result(executionCount, content(data), metadata(data));
  }

  @Override
  public void error(CellError error) {
    recorder.error(error.name(), error.value(), error.traceback());
  }

  @Override
  public void clear(boolean wait) {
    recorder.clear(wait);
  }

  @Override
  public String input(String prompt, boolean password) {
    // unchecked, because java.util.Scanner keeps a plain IOException to itself
    throw new UncheckedIOException(
        new IOException(
            "input: the cell asks for a line, but a notebook that is run has nobody to ask;"
                + " open it in Jupyter, or put the value into the cell"));
  }

  private static JsonObject content(MimeBundle bundle) {
    JsonObject json = new JsonObject();
    bundle
        .data()
        .forEach(
            (type, value) -> {
              if (Mime.isJson(type)) {
                json.add(type, JsonParser.parseString(value));
              } else {
                json.addProperty(type, value);
              }
            });
    return json;
  }

  private static JsonObject metadata(MimeBundle bundle) {
    return GSON.toJsonTree(bundle.metadata()).getAsJsonObject();
  }
}
