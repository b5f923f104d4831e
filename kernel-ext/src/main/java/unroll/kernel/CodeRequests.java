package unroll.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.eval.CellEvaluator;
import unroll.kernel.eval.Completeness;
import unroll.kernel.eval.Completions;
import unroll.kernel.wire.Json;

/** Answers questions about code that is being written. The protocol counts in code points. */
final class CodeRequests {
  private static final Pattern QUESTION = Pattern.compile("\\s*(%?[\\p{L}_$][\\w.$]*)\\?\\??\\s*");

  private final CellEvaluator evaluator;

  CodeRequests(CellEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** The name in a cell that only asks what is known of it: {@code Lstm?}. */
  static Optional<String> question(String code) {
    var asked = QUESTION.matcher(code);
    return asked.matches() ? Optional.of(asked.group(1)) : Optional.empty();
  }

  JsonObject complete(JsonObject request) {
    var code = Json.text(request, "code", "");
    var found = evaluator.complete(code, cursor(request, code));
    var reply = Json.object("status", "ok");
    reply.add("matches", Json.array(found.matches()));
    reply.addProperty("cursor_start", code.codePointCount(0, found.start()));
    reply.addProperty("cursor_end", code.codePointCount(0, found.end()));
    var metadata = new JsonObject();
    metadata.add("_jupyter_types_experimental", types(found, reply));
    reply.add("metadata", metadata);
    return reply;
  }

  /** What each match is, as front ends show it beside the match. */
  private static JsonArray types(Completions found, JsonObject reply) {
    var types = new JsonArray();
    for (var candidate : found.candidates()) {
      var type = Json.object("text", candidate.text());
      type.add("start", reply.get("cursor_start"));
      type.add("end", reply.get("cursor_end"));
      type.addProperty("type", candidate.type());
      type.addProperty("signature", candidate.signature());
      types.add(type);
    }
    return types;
  }

  JsonObject inspect(JsonObject request) {
    var code = Json.text(request, "code", "");
    boolean details = Json.number(request, "detail_level", 0) > 0;
    var found = evaluator.inspect(code, cursor(request, code), details);
    var reply = Json.bundle(found.orElse(MimeBundle.empty()));
    reply.addProperty("status", "ok");
    reply.addProperty("found", found.isPresent());
    return reply;
  }

  JsonObject isComplete(JsonObject request) {
    var code = Json.text(request, "code", "");
    var completeness =
        question(code).isPresent() ? Completeness.COMPLETE : evaluator.completeness(code);
    var reply = Json.object("status", completeness.name().toLowerCase(Locale.ROOT));
    if (completeness == Completeness.INCOMPLETE) {
      reply.addProperty("indent", indent(code));
    }
    return reply;
  }

  /** That of the last line, and two more behind an opening brace. */
  private static String indent(String code) {
    var last = code.substring(code.lastIndexOf('\n') + 1);
    var indent = last.substring(0, last.length() - last.stripLeading().length());
    return last.stripTrailing().endsWith("{") ? indent + "  " : indent;
  }

  private static int cursor(JsonObject request, String code) {
    int points = code.codePointCount(0, code.length());
    int cursor = Math.max(0, Math.min(points, Json.number(request, "cursor_pos", points)));
    return code.offsetByCodePoints(0, cursor);
  }
}
