package unroll.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import unroll.kernel.wire.Json;

/** The cells of this session, as the {@code history_request} of the protocol asks for them. */
final class History {
  private static final int SESSION = 1;

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(int line, String source, String output) {}

  /**
   * Adds a cell.
   *
   * @param output its result as text; null for none
   */
  synchronized void add(int executionCount, String source, String output) {
    entries.add(new Entry(executionCount, source, output));
  }

  /** The {@code history} of a reply. An unknown kind of request gets none. */
  synchronized JsonArray answer(JsonObject request) {
    var found =
        switch (Json.text(request, "hist_access_type", "tail")) {
          case "tail" -> tail(entries, Json.number(request, "n", entries.size()));
          case "range" -> range(request);
          case "search" -> search(request);
          default -> List.<Entry>of();
        };
    boolean output = Json.flag(request, "output", false);
    var history = new JsonArray();
    found.forEach(entry -> history.add(json(entry, output)));
    return history;
  }

  private static List<Entry> tail(List<Entry> of, int n) {
    return of.subList(Math.max(0, of.size() - Math.max(0, n)), of.size());
  }

  /** From {@code start}, up to {@code stop} and without it; of this session, the only one kept. */
  private List<Entry> range(JsonObject request) {
    int session = Json.number(request, "session", 0);
    if (session != 0 && session != SESSION) {
      return List.of();
    }
    int start = Json.number(request, "start", 0);
    int stop = Json.number(request, "stop", Integer.MAX_VALUE);
    return entries.stream().filter(e -> e.line() >= start && e.line() < stop).toList();
  }

  private List<Entry> search(JsonObject request) {
    var pattern = glob(Json.text(request, "pattern", "*"));
    var found = entries.stream().filter(e -> pattern.matcher(e.source()).matches()).toList();
    if (Json.flag(request, "unique", false)) {
      var latest = new LinkedHashMap<String, Entry>();
      for (var entry : found) {
        latest.remove(entry.source());
        latest.put(entry.source(), entry);
      }
      found = List.copyOf(latest.values());
    }
    return tail(found, Json.number(request, "n", found.size()));
  }

  /** {@code *} stands for any text, {@code ?} for any character. */
  private static Pattern glob(String glob) {
    var regex =
        glob.chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  private static JsonArray json(Entry entry, boolean output) {
    var json = new JsonArray();
    json.add(SESSION);
    json.add(entry.line());
    if (output) {
      var both = new JsonArray();
      both.add(entry.source());
      both.add(entry.output());
      json.add(both);
    } else {
      json.add(entry.source());
    }
    return json;
  }
}
