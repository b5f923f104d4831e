package unroll.kernel.magic;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import unroll.backend.Backends;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Words;

/** {@code %maven}: libraries for the session. */
final class MavenMagic {
  private MavenMagic() {}

  static Magic magic() {
    return new Magic(
        "maven",
        "%maven GROUP:ARTIFACT:VERSION…",
        "Adds libraries to the session, with all that they need.",
        "They come from Maven's local folder or the repositories of its settings; what is there is"
            + " not fetched again. A backend among them can be chosen at once. A version that is on"
            + " the class path from the start goes before another one.",
        "%maven org.apache.commons:commons-math3:3.6.1",
        MavenMagic::evaluate,
        (before, word, context) -> candidates(word));
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    if (call.arguments().isEmpty()) {
      throw new MagicException(
          "expected coordinates, such as org.apache.commons:commons-math3:3.6.1");
    }
    var jars = jars(call.arguments());
    var present = present(context);
    var added =
        jars.stream().filter(jar -> !present.contains(jar.getFileName().toString())).toList();
    context.addToClassPath(added);
    var backends = Backends.discover(context.classLoader());
    return MimeBundle.text(words(added, backends));
  }

  static List<Path> jars(List<String> coordinates) throws Exception {
    return new MavenResolver(MavenSettings.ofThisUser(), new DownloadProgress(System.out))
        .resolve(coordinates);
  }

  /** The jars that the session has already, by their names. */
  private static Set<String> present(MagicContext context) {
    var names = new HashSet<String>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      names.add(new File(entry).getName());
    }
    if (context.classLoader() instanceof java.net.URLClassLoader loader) {
      Arrays.stream(loader.getURLs()).forEach(url -> names.add(new File(url.getPath()).getName()));
    }
    return names;
  }

  private static String words(List<Path> added, List<String> backends) throws IOException {
    long bytes = 0;
    for (var jar : added) {
      bytes += Files.size(jar);
    }
    var text =
        switch (added.size()) {
          case 0 -> "nothing new: all of it is on the class path already";
          case 1 -> "added " + added.get(0).getFileName() + ", " + Words.bytes(bytes);
          default ->
              "added %d jars, %s: %s"
                  .formatted(
                      added.size(),
                      Words.bytes(bytes),
                      added.stream()
                          .map(jar -> jar.getFileName().toString())
                          .collect(Collectors.joining(", ")));
        };
    return backends.isEmpty() ? text : text + "\nnew backend: " + Words.list(backends);
  }

  /** What Maven's local folder has, from the group on: {@code org.ejml:ejml-core:0.46.1}. */
  private static List<String> candidates(String word) {
    var parts = word.split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      return List.of();
    }
    var folder = MavenSettings.ofThisUser().localFolder().resolve(parts[0].replace('.', '/'));
    if (parts.length == 3) {
      folder = folder.resolve(parts[1]);
    }
    var before = word.substring(0, word.lastIndexOf(':') + 1);
    var more = parts.length == 2 ? ":" : "";
    try (var entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> before + entry.getFileName() + more)
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }
}
