package unroll.kernel.display;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One value in several MIME types; a front end shows the richest that it knows.
 *
 * @param data content by MIME type, richest first: text as it is, binary types in Base64, JSON
 *     types as JSON text
 * @param metadata what a front end may want to know about the data, by MIME type; mostly empty
 */
public record MimeBundle(Map<String, String> data, Map<String, Map<String, Object>> metadata) {

  /** {@code text/plain}. */
  public static final String TEXT = "text/plain";

  /** {@code text/html}. */
  public static final String HTML = "text/html";

  /** {@code text/markdown}. */
  public static final String MARKDOWN = "text/markdown";

  /** {@code image/svg+xml}. */
  public static final String SVG = "image/svg+xml";

  /** {@code image/png}. */
  public static final String PNG = "image/png";

  /** Copies both maps and keeps their order. */
  public MimeBundle {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** A bundle with nothing in it. */
  public static MimeBundle empty() {
    return new MimeBundle(Map.of(), Map.of());
  }

  /** A bundle of plain text. */
  public static MimeBundle text(String text) {
    return empty().with(TEXT, text);
  }

  /** A bundle of HTML with the text for front ends that show none. */
  public static MimeBundle html(String html, String text) {
    return empty().with(HTML, html).with(TEXT, text);
  }

  /** This bundle and one type more. */
  public MimeBundle with(String mimeType, String content) {
    var more = new LinkedHashMap<>(data);
    more.put(mimeType, content);
    return new MimeBundle(more, metadata);
  }

  /** This bundle and one binary type more, in Base64. */
  public MimeBundle with(String mimeType, byte[] content) {
    return with(mimeType, Base64.getEncoder().encodeToString(content));
  }

  /** The types of this bundle that are also among the given ones. */
  public MimeBundle only(List<String> mimeTypes) {
    var kept = new LinkedHashMap<>(data);
    kept.keySet().retainAll(mimeTypes);
    return new MimeBundle(kept, metadata);
  }

  /** The content in one type, if the bundle has it. */
  public Optional<String> get(String mimeType) {
    return Optional.ofNullable(data.get(mimeType));
  }

  /** The plain text, for kernels and terminals that know nothing of bundles. */
  @Override
  public String toString() {
    return get(TEXT).orElseGet(() -> "a value shown as " + String.join(", ", data.keySet()));
  }

  /** Whether the content of a type is JSON text, to be put into a message as JSON. */
  public static boolean isJson(String mimeType) {
    return mimeType.equals("application/json") || mimeType.endsWith("+json");
  }
}
