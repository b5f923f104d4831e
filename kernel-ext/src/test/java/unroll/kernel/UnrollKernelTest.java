package unroll.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import unroll.kernel.eval.SessionSettings;
import unroll.kernel.wire.Client;
import unroll.kernel.wire.ConnectionFile;
import unroll.kernel.wire.Json;

/** The kernel over real sockets. */
@Timeout(60)
class UnrollKernelTest {
  private static ConnectionFile file;
  private static UnrollKernel kernel;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    file = Client.localFile();
    kernel =
        new UnrollKernel(
            file,
            new SessionSettings(
                List.of("java.util.*", "static unroll.kernel.Notebook.*"), List.of(), List.of()));
    client = new Client(file);
  }

  @AfterAll
  static void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void kernelInfo_sameOnBothChannels() {
    var shell = client.ask(client.request("kernel_info_request", new JsonObject())).reply();
    var control = client.askControl("kernel_info_request", new JsonObject());
    assertThat(shell).isEqualTo(control);
    assertThat(shell.get("protocol_version").getAsString()).isEqualTo("5.3");
    var language = shell.getAsJsonObject("language_info");
    assertThat(language.get("name").getAsString()).isEqualTo("java");
    assertThat(language.get("file_extension").getAsString()).isEqualTo(".jshell");
  }

  @Test
  void cell_publishesInputOutputsAndResultBetweenBusyAndIdle() {
    var seen = client.run("System.out.println(\"hello\");\n6 * 7");
    assertThat(seen.types())
        .containsExactly("status", "execute_input", "stream", "execute_result", "status");
    assertThat(seen.reply().get("status").getAsString()).isEqualTo("ok");
    var result = seen.of("execute_result").get(0);
    assertThat(result.getAsJsonObject("data").get("text/plain").getAsString()).isEqualTo("42");
    assertThat(result.get("execution_count")).isEqualTo(seen.reply().get("execution_count"));
    assertThat(seen.of("stream").get(0).get("text").getAsString()).isEqualTo("hello\n");
  }

  @Test
  void silentCell_publishesOnlyStatusAndIsNotCounted() {
    var before = client.run("1").reply().get("execution_count").getAsInt();
    var content = Json.object("code", "System.out.println(1);\n2");
    content.addProperty("silent", true);
    var seen = client.ask(client.request("execute_request", content));
    assertThat(seen.types()).containsExactly("status", "status");
    assertThat(client.run("1").reply().get("execution_count").getAsInt()).isEqualTo(before + 1);
  }

  @Test
  void userExpressions_evaluatedAfterTheCell() {
    var content = Json.object("code", "int seven = 7;");
    var expressions = Json.object("good", "seven * 2");
    expressions.addProperty("bad", "nine");
    content.add("user_expressions", expressions);
    var answers =
        client
            .ask(client.request("execute_request", content))
            .reply()
            .getAsJsonObject("user_expressions");
    var good = answers.getAsJsonObject("good");
    assertThat(good.getAsJsonObject("data").get("text/plain").getAsString()).isEqualTo("14");
    assertThat(answers.getAsJsonObject("bad").get("status").getAsString()).isEqualTo("error");
  }

  @Test
  void displayAndUpdate_sameId() {
    var seen = client.run("var id = display(\"one\");\nupdateDisplay(id, \"two\");");
    var shown = seen.of("display_data").get(0).getAsJsonObject("transient").get("display_id");
    var updated = seen.of("update_display_data").get(0);
    assertThat(updated.getAsJsonObject("transient").get("display_id")).isEqualTo(shown);
    assertThat(updated.getAsJsonObject("data").get("text/plain").getAsString()).isEqualTo("two");
  }

  @Test
  void failingCell_abortsThoseThatWait() {
    var first = client.cell("Thread.sleep(300);\nint wrong = \"text\";");
    var second = client.cell("var neverSet = 1;");
    var third = client.request("kernel_info_request", new JsonObject());
    client.sendShell(first);
    client.sendShell(second);
    client.sendShell(third);
    assertThat(client.await(first).reply().get("ename").getAsString()).isEqualTo("CompileError");
    assertThat(client.await(second).reply().get("status").getAsString()).isEqualTo("aborted");
    assertThat(client.await(third).reply().get("status").getAsString()).isEqualTo("ok");
    assertThat(client.run("1 + 1").reply().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void failingCellWithoutStopOnError_othersRun() {
    var content = Json.object("code", "throw new IllegalStateException(\"no\");");
    content.addProperty("stop_on_error", false);
    var first = client.request("execute_request", content);
    var second = client.cell("1 + 1");
    client.sendShell(first);
    client.sendShell(second);
    var error = client.await(first).reply();
    assertThat(error.get("ename").getAsString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.get("evalue").getAsString()).isEqualTo("no");
    assertThat(client.await(second).reply().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void interrupt_stopsTheCellBeforeItsReply() {
    var cell = client.cell("System.out.println(\"on\");\nThread.sleep(60_000);");
    client.sendShell(cell);
    client.awaitPublished("stream");
    var reply = client.askControl("interrupt_request", new JsonObject());
    assertThat(reply.get("status").getAsString()).isEqualTo("ok");
    assertThat(Thread.getAllStackTraces())
        .noneSatisfy(
            (thread, stack) ->
                assertThat(stack).anyMatch(frame -> frame.getMethodName().startsWith("do_it")));
    assertThat(client.await(cell).reply().get("ename").getAsString()).isEqualTo("Interrupted");
    assertThat(client.run("1").reply().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void stdin_askedAndAnswered() {
    var cell = client.cell("input(\"name? \") + new Scanner(System.in).nextLine()");
    client.sendShell(cell);
    var question = client.answerQuestion("Ada ");
    assertThat(question.get("prompt").getAsString()).isEqualTo("name? ");
    assertThat(question.get("password").getAsBoolean()).isFalse();
    client.answerQuestion("Lovelace");
    var data = client.await(cell).of("execute_result").get(0).getAsJsonObject("data");
    assertThat(data.get("text/plain").getAsString()).isEqualTo("Ada Lovelace");
  }

  @Test
  void stdinNotAllowed_errorSaysSo() {
    var seen = client.ask(client.request("execute_request", Json.object("code", "input(\"?\")")));
    assertThat(seen.reply().get("evalue").getAsString()).contains("cannot ask its user");
  }

  @Test
  void interruptWhileAsking_endsTheCellAndStdinGoesOn() {
    var cell = client.cell("input(\"never answered\")");
    client.sendShell(cell);
    var question = client.awaitQuestion();
    client.askControl("interrupt_request", new JsonObject());
    assertThat(client.await(cell).reply().get("ename").getAsString()).isEqualTo("Interrupted");
    client.answer(question, "too late");
    var next = client.cell("input(\"again\")");
    client.sendShell(next);
    assertThat(client.answerQuestion("yes").get("prompt").getAsString()).isEqualTo("again");
    assertThat(client.await(next).reply().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void completion_countsInCodePoints() {
    var code = "var s = \"😀😀\"; s.isEmp";
    var content = Json.object("code", code);
    content.addProperty("cursor_pos", code.codePointCount(0, code.length()));
    var reply = client.ask(client.request("complete_request", content)).reply();
    assertThat(reply.getAsJsonArray("matches").toString()).contains("isEmpty()");
    assertThat(reply.get("cursor_end").getAsInt() - reply.get("cursor_start").getAsInt())
        .isEqualTo("isEmp".length());
  }

  @Test
  void history_tailRangeAndSearch() {
    client.run("\"first of three\"");
    int second = client.run("\"second of three\"").reply().get("execution_count").getAsInt();
    client.run("\"third of three\"");
    var tail = Json.object("hist_access_type", "tail");
    tail.addProperty("n", 2);
    assertThat(history(tail).toString())
        .contains("second")
        .contains("third")
        .doesNotContain("first");
    var range = Json.object("hist_access_type", "range");
    range.addProperty("session", 0);
    range.addProperty("start", second);
    range.addProperty("stop", second + 1);
    range.addProperty("output", true);
    assertThat(history(range).toString())
        .isEqualTo("[[1," + second + ",[\"\\\"second of three\\\"\",\"second of three\"]]]");
    var search = Json.object("hist_access_type", "search");
    search.addProperty("pattern", "*f?rst of three*");
    assertThat(history(search)).hasSize(1);
  }

  private static JsonArray history(JsonObject request) {
    return client.ask(client.request("history_request", request)).reply().getAsJsonArray("history");
  }

  @Test
  void commsAndHeartbeat_answered() {
    var info = client.ask(client.request("comm_info_request", new JsonObject())).reply();
    assertThat(info.getAsJsonObject("comms").keySet()).isEmpty();
    var open = Json.object("comm_id", "c1");
    open.addProperty("target_name", "nothing");
    client.sendShell(client.request("comm_open", open));
    assertThat(client.awaitPublished("comm_close").get("comm_id").getAsString()).isEqualTo("c1");
    assertThat(client.beat("thump")).isEqualTo("thump");
  }

  @Test
  void malformedAndWronglySignedMessages_droppedAndTheKernelAnswers() {
    var random = new Random(5);
    for (int i = 0; i < 200; i++) {
      var frames = client.frames(client.cell("System.exit(3);"));
      switch (i % 5) {
        case 0 -> frames.set(1, "0".repeat(64).getBytes(StandardCharsets.US_ASCII));
        case 1 -> frames.set(5, "{\"code\":\"1\"}".getBytes(StandardCharsets.UTF_8));
        case 2 -> frames.subList(random.nextInt(1, frames.size()), frames.size()).clear();
        case 3 -> frames.set(0, new byte[random.nextInt(0, 20)]);
        default -> {
          frames.clear();
          var noise = new byte[random.nextInt(1, 300)];
          random.nextBytes(noise);
          frames.add(noise);
        }
      }
      client.sendRaw(frames);
    }
    assertThat(client.run("\"still here\"").reply().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void rightlySignedNonsense_answeredOrDroppedAndTheKernelAnswers() {
    client.sendShell(client.request("no_such_request", new JsonObject()));
    var odd = new JsonObject();
    odd.add("code", new JsonArray());
    odd.addProperty("cursor_pos", "x");
    for (var type : List.of("execute", "complete", "inspect", "is_complete", "history")) {
      var reply = client.ask(client.request(type + "_request", odd)).reply();
      assertThat(reply.has("status")).isTrue();
    }
    assertThat(client.run("1").reply().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void portInUse_refusedWithChannelAndAddress() {
    assertThatThrownBy(() -> new UnrollKernel(file, SessionSettings.plain()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + file.heartbeatPort());
  }

  @Test
  void shutdown_repliesAndEnds() throws Exception {
    var other = Client.localFile();
    try (var second = new UnrollKernel(other, SessionSettings.plain());
        var asking = new Client(other)) {
      var content = new JsonObject();
      content.addProperty("restart", true);
      var reply = asking.askControl("shutdown_request", content);
      assertThat(reply.get("restart").getAsBoolean()).isTrue();
      second.awaitShutdown();
    }
  }
}
