package unroll.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import unroll.kernel.wire.ConnectionFile;
import unroll.kernel.wire.FrontEnd;
import unroll.kernel.wire.Json;

/**
 * A short life of the kernel, with a front end in the same process: what front ends ask at their
 * start, some cells, the end. It is run when the kernel is installed, in a JVM that keeps the
 * classes it has loaded for the next start.
 */
public final class Rehearsal {

  /** What first cells are like: values, declarations, a network and its picture, an error. */
  static final List<String> CELLS =
      List.of(
          "1 + 1",
          "%seed 1",
          "int twice(int value) { return 2 * value; }\nvar words = List.of(\"a\", \"b\");\nwords",
          "record Pair(int a, int b) { }\nfor (var word : words) { System.out.println(word); }",
          "var network = SequenceToSequence.of(Lstm.of(1, 4), Linear.of(4, 1));\nnetwork",
          "%models",
          "display(\"shown\")",
          "twice(\"no number\")");

  private Rehearsal() {}

  /**
   * Ends with exit code 0 when all was answered.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    System.setProperty("java.awt.headless", "true");
    play();
    System.exit(0);
  }

  /**
   * Plays it.
   *
   * @return the states of the cells' replies
   */
  static List<String> play() throws IOException {
    var file = ConnectionFile.local();
    try (var kernel = new UnrollKernel(file, UnrollLibrary::settings);
        var front = new FrontEnd(file)) {
      front.ask("kernel_info_request", new JsonObject());
      front.ask("comm_info_request", new JsonObject());
      var states = CELLS.stream().map(cell -> state(front, cell)).toList();
      var code = Json.object("code", "network.fi");
      code.addProperty("cursor_pos", 10);
      front.ask("complete_request", code);
      front.ask("inspect_request", code);
      front.ask("is_complete_request", Json.object("code", "for (;;) {"));
      front.ask("history_request", Json.object("hist_access_type", "tail"));
      front.ask("shutdown_request", new JsonObject());
      kernel.awaitShutdown();
      return states;
    } catch (InterruptedException e) {
      throw new IOException("the rehearsal was interrupted", e);
    }
  }

  private static String state(FrontEnd front, String cell) {
    return Json.text(front.ask("execute_request", Json.object("code", cell)), "status", "");
  }
}
