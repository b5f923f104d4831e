package unroll.kernel.notebook;

import java.util.List;

/** MIME types of outputs: which are JSON, which a file splits into lines, which a page prefers. */
final class Mime {

  /** What a page shows of an output that comes in several types, the best first. */
  static final List<String> BEST_FIRST =
      List.of(
          "text/html",
          "image/svg+xml",
          "text/markdown",
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp",
          "text/latex",
          "text/plain",
          "application/json");

  private Mime() {}

  /** Is a value of this type a JSON value rather than a text? */
  static boolean isJson(String type) {
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"));
  }

  /** Does nbformat write a value of this type as a list of lines? */
  static boolean isLines(String type) {
    return type.startsWith("text/")
        || type.equals("image/svg+xml")
        || type.equals("application/javascript");
  }
}
