package unroll.io;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON at the start of a safetensors file. */
record Header(Map<String, String> metadata, List<HeaderEntry> entries) {

  /** The key that holds the metadata instead of a tensor. */
  static final String METADATA = "__metadata__";

  /** The largest header that any reader of this format takes. */
  static final int LIMIT = 100_000_000;

  /** Gives every tensor its place: in this order, but the widest numbers first, for alignment. */
  static Header of(Map<String, String> metadata, List<StoredTensor> tensors) {
    Map<String, HeaderEntry> placed = new LinkedHashMap<>();
    long begin = 0;
    for (StoredTensor tensor : inFileOrder(tensors)) {
      long end = begin + tensor.data().length;
      placed.put(
          tensor.name(),
          new HeaderEntry(tensor.name(), tensor.dtype(), tensor.shape(), begin, end));
      begin = end;
    }
    return new Header(metadata, tensors.stream().map(t -> placed.get(t.name())).toList());
  }

  /** The order in which the data lie in the file. */
  static List<StoredTensor> inFileOrder(List<StoredTensor> tensors) {
    Comparator<StoredTensor> width = Comparator.comparingInt(t -> t.dtype().bytes());
    return tensors.stream().sorted(width.reversed()).toList();
  }

  /**
   * The header's text, padded with spaces so that the data start at a multiple of 8.
   *
   * @throws IllegalArgumentException if a name is no sound text or the header is too long
   */
  byte[] encode() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      if (!metadata.isEmpty()) {
        json.name(METADATA).beginObject();
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      for (HeaderEntry entry : entries) {
        write(json, entry);
      }
      json.endObject();
    }
    text.append(" ".repeat(-utf8(text.toString()).length & 7));
    byte[] bytes = utf8(text.toString());
    if (bytes.length > LIMIT) {
      throw new IllegalArgumentException(
          "SafeTensors.write: names and metadata take "
              + bytes.length
              + " bytes, at most "
              + LIMIT
              + " are allowed");
    }
    return bytes;
  }

  private static void write(JsonWriter json, HeaderEntry entry) throws IOException {
    json.name(entry.name()).beginObject();
    json.name("dtype").value(entry.dtype().name());
    json.name("shape").beginArray();
    for (int dimension : entry.shape()) {
      json.value(dimension);
    }
    json.endArray();
    json.name("data_offsets").beginArray().value(entry.begin()).value(entry.end()).endArray();
    json.endObject();
  }

  private static byte[] utf8(String text) {
    try {
      var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "SafeTensors.write: a name or the metadata has half of a surrogate pair in it", e);
    }
  }
}
