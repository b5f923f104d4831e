package unroll.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputRecorderTest {

  private final OutputRecorder recorder = new OutputRecorder();

  private static JsonObject text(String text) {
    JsonObject data = new JsonObject();
    data.addProperty("text/plain", text);
    return data;
  }

  private List<String> shown(int cell) {
    return recorder.outputs(cell).stream()
        .map(
            output ->
                output.has("text")
                    ? output.get("name").getAsString() + ":" + output.get("text").getAsString()
                    : output.getAsJsonObject("data").get("text/plain").getAsString())
        .toList();
  }

  @Test
  void piecesOfOneStream_becomeOneOutput() {
    recorder.begin();
    recorder.stream("stdout", "a");
    recorder.stream("stdout", "b\n");
    recorder.stream("stderr", "c");
    recorder.stream("stdout", "d");
    recorder.stream("stdout", "");
    assertThat(shown(0)).containsExactly("stdout:ab\n", "stderr:c", "stdout:d");
  }

  @Test
  void update_landsWhereTheDisplayWasFirstShown() {
    recorder.begin();
    recorder.display(text("first"), new JsonObject(), "id");
    recorder.display(text("other"), new JsonObject(), null);
    recorder.begin();
    recorder.update(text("second"), new JsonObject(), "id");
    recorder.update(text("nowhere"), new JsonObject(), "unknown");
    assertThat(shown(0)).containsExactly("second", "other");
    assertThat(shown(1)).isEmpty();
  }

  @Test
  void clear_emptiesAtOnceOrBeforeTheNextOutput() {
    recorder.begin();
    recorder.stream("stdout", "a");
    recorder.clear(false);
    assertThat(shown(0)).isEmpty();
    recorder.stream("stdout", "b");
    recorder.clear(true);
    assertThat(shown(0)).containsExactly("stdout:b");
    recorder.stream("stdout", "c");
    assertThat(shown(0)).containsExactly("stdout:c");
  }

  @Test
  void waitingClear_doesNotReachTheNextCell() {
    recorder.begin();
    recorder.stream("stdout", "a");
    recorder.clear(true);
    recorder.begin();
    recorder.stream("stdout", "b");
    assertThat(shown(0)).containsExactly("stdout:a");
    assertThat(shown(1)).containsExactly("stdout:b");
  }

  @Test
  void valueThatIsNoText_isKeptAsJsonOnlyForJsonTypes() {
    JsonObject data = new JsonObject();
    data.addProperty("text/plain", 7);
    data.add("application/json", new JsonArray());
    data.add("application/vnd.x+json", new JsonObject());
    recorder.begin();
    recorder.result(1, data, null);
    JsonObject output = recorder.outputs(0).get(0);
    assertThat(output.getAsJsonObject("data"))
        .hasToString(
            "{\"text/plain\":\"7\",\"application/json\":[],\"application/vnd.x+json\":{}}");
    assertThat(output.getAsJsonObject("metadata").size()).isZero();
  }
}
