package unroll.kernel.magic;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.data.Characters;
import unroll.data.Scenes;
import unroll.data.SentencePairs;
import unroll.data.Sentences;
import unroll.data.Tables;
import unroll.kernel.display.Listing;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Words;

/** {@code %data}: the datasets at hand. */
final class DataMagic {
  private static final List<Path> FOLDERS = List.of(Path.of("../data"), Path.of("data"));
  private static final String SCENES = "scenes";
  private static final int SCENES_COUNT = 2_000;

  private DataMagic() {}

  /** Reads a dataset. */
  private interface Reader {
    Object read(String path) throws IOException;
  }

  /**
   * What a dataset is, and how to get it.
   *
   * @param path of its file; empty if it is made here
   */
  private record Dataset(String name, String path, String what, String java, Reader reader) {

    String variable() {
      var name = new StringBuilder();
      for (var word : name().split("[^\\p{L}\\p{N}]+", -1)) {
        name.append(name.length() == 0 ? word : capital(word));
      }
      return name.length() == 0 || Character.isDigit(name.charAt(0)) ? "data" + name : "" + name;
    }

    private static String capital(String word) {
      return word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    String size() throws IOException {
      return path.isEmpty() ? "made here" : Words.bytes(Files.size(Path.of(path)));
    }
  }

  static Magic magic() {
    return new Magic(
        "data",
        "%data [NAME [VARIABLE]]",
        "Lists the datasets at hand, or reads one into a variable.",
        "They are the files in ../data and data, and what the library makes itself. Without VARIABLE"
            + " the variable is called after the dataset. The list says with which line of Java the"
            + " same is done.",
        "%data sp500-monthly prices",
        DataMagic::evaluate,
        (before, word, context) -> before.isEmpty() ? List.copyOf(datasets().keySet()) : List.of());
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    var arguments = call.arguments();
    if (arguments.isEmpty()) {
      return listing();
    }
    if (arguments.size() > 2) {
      throw new MagicException("expected a name and a variable, got '" + call.text() + "'");
    }
    var dataset = find(arguments.get(0));
    var value = dataset.reader().read(dataset.path());
    var variable = arguments.size() == 2 ? arguments.get(1) : dataset.variable();
    Variables.declare(context, variable, value);
    context.display(MimeBundle.text("var " + variable + " = " + dataset.java() + ";"));
    return value;
  }

  static Object read(String name) throws IOException {
    var dataset = find(name);
    return dataset.reader().read(dataset.path());
  }

  private static Dataset find(String name) {
    var all = datasets();
    var dataset = all.get(name);
    if (dataset == null) {
      throw new MagicException(
          "there is no dataset "
              + name
              + Names.nearest(name, all.keySet()).map(n -> "; did you mean " + n + "?").orElse("")
              + " (%data lists them)");
    }
    return dataset;
  }

  static MimeBundle listing() throws IOException {
    var rows = new ArrayList<List<String>>();
    for (var dataset : datasets().values()) {
      rows.add(List.of(dataset.name(), dataset.what(), dataset.size(), dataset.java()));
    }
    return new Listing(
            List.of("dataset", "what it is", "size", "in Java"), rows, "%data NAME reads one.")
        .bundle();
  }

  private static Map<String, Dataset> datasets() {
    var all = new LinkedHashMap<String, Dataset>();
    for (var folder : FOLDERS) {
      for (var file : files(folder)) {
        var dataset = of(file);
        if (dataset != null) {
          all.putIfAbsent(dataset.name(), dataset);
        }
      }
    }
    var java = "Scenes.draw(" + SCENES_COUNT + ")";
    all.putIfAbsent(
        SCENES,
        new Dataset(SCENES, "", "pictures with captions", java, x -> Scenes.draw(SCENES_COUNT)));
    return all;
  }

  /** The files of a folder; none if there is no such folder. */
  private static List<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException noFolder) {
      return List.of();
    }
  }

  /** What a file holds; null if it is no dataset. */
  private static Dataset of(Path file) {
    var full = file.getFileName().toString();
    int dot = full.lastIndexOf('.');
    var name = dot < 0 ? full : full.substring(0, dot);
    var path = file.toString().replace('\\', '/');
    return switch (full.substring(dot + 1)) {
      case "csv" -> dataset(name, path, "a table", "Tables.csv", Tables::csv);
      case "txt" -> dataset(name, path, "a text", "Characters.read", Characters::read);
      case "tsv" ->
          switch (firstLine(file)) {
            case "text\tlabel\tpart" ->
                dataset(name, path, "sentences with labels", "Sentences.read", Sentences::read);
            case "english\tfrench\tpart" ->
                dataset(
                    name, path, "sentences in pairs", "SentencePairs.read", SentencePairs::read);
            default -> null;
          };
      default -> null;
    };
  }

  private static Dataset dataset(
      String name, String path, String what, String method, Reader reader) {
    return new Dataset(name, path, what, method + "(\"" + path + "\")", reader);
  }

  private static String firstLine(Path file) {
    try (var lines = Files.newBufferedReader(file)) {
      var first = lines.readLine();
      return first == null ? "" : first.strip();
    } catch (MalformedInputException notText) {
      return "";
    } catch (IOException unreadable) {
      return "";
    }
  }
}
