package unroll.kernel.assist;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import unroll.backend.Backends;
import unroll.train.Models;
import unroll.train.Registry;

/** What could stand in a string literal: names the library knows, or files. */
public final class StringCompletion {
  private static final int MAX_FILES = 200;

  /** The beginning of a call, and what its argument may be. */
  private record Call(Pattern before, Supplier<List<String>> names) {
    Call(String before, Supplier<List<String>> names) {
      this(Pattern.compile("\\b" + before + "\\(\\s*$"), names);
    }
  }

  private static final List<Call> CALLS =
      List.of(
          new Call(
              "Models\\.(?:get|remove|rename)",
              () -> Models.list().stream().map(Models.Entry::name).toList()),
          new Call("Registry\\.(?:get|remove)", Registry::names),
          new Call("Backends\\.use", Backends::names));

  private StringCompletion() {}

  /**
   * The candidates, each to replace what stands behind the last slash.
   *
   * @param before the code up to the quotation mark
   * @param written what stands of the literal
   */
  public static List<Candidate> of(String before, String written) {
    for (var call : CALLS) {
      if (call.before().matcher(before).find()) {
        return call.names().get().stream()
            .filter(name -> name.startsWith(written))
            .map(name -> new Candidate(name, "instance"))
            .toList();
      }
    }
    return files(written);
  }

  private static List<Candidate> files(String written) {
    int slash = written.lastIndexOf('/') + 1;
    var prefix = written.substring(slash);
    var found = new ArrayList<Candidate>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(Path.of(slash == 0 ? "." : written.substring(0, slash)))) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        boolean hidden = name.startsWith(".") && !prefix.startsWith(".");
        if (name.startsWith(prefix) && !hidden && found.size() < MAX_FILES) {
          found.add(new Candidate(name + (Files.isDirectory(entry) ? "/" : ""), "path"));
        }
      }
    } catch (IOException | InvalidPathException noSuchFolder) {
      return List.of();
    }
    found.sort(Comparator.comparing(Candidate::text));
    return found;
  }
}
