package unroll.io;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a header that may have been made with ill intent: nothing in it is believed unchecked. */
final class HeaderReader {

  /** No array of a header needs more: a long one would take much memory before it is refused. */
  private static final int MOST_NUMBERS = 64;

  private final String file;
  private final JsonReader json;
  private Map<String, String> metadata;
  private final Map<String, HeaderEntry> entries = new LinkedHashMap<>();

  private HeaderReader(String file, String text) {
    this.file = file;
    json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
  }

  /**
   * Reads and checks a header.
   *
   * @param file the file's name, for messages
   * @param dataLength how many bytes follow the header
   */
  static Header read(String file, String text, long dataLength) throws SafeTensorsException {
    HeaderReader reader = new HeaderReader(file, text);
    reader.readAll();
    reader.checkPlaces(dataLength);
    Map<String, String> metadata = reader.metadata == null ? Map.of() : reader.metadata;
    return new Header(metadata, List.copyOf(reader.entries.values()));
  }

  private void readAll() throws SafeTensorsException {
    try {
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        if (name.equals(Header.METADATA)) {
          readMetadata();
        } else if (Quoted.isBroken(name)) {
          throw bad(name, "has half of a surrogate pair in its name");
        } else if (entries.containsKey(name)) {
          throw bad(name, "is there twice");
        } else {
          entries.put(name, readEntry(name));
        }
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new SafeTensorsException(prefix() + "there is more behind the header's JSON");
      }
    } catch (SafeTensorsException e) {
      throw e;
    } catch (IOException | IllegalStateException e) {
      throw new SafeTensorsException(
          prefix() + "the header is not the JSON it should be, at " + Quoted.text(json.getPath()),
          e);
    }
  }

  private void readMetadata() throws IOException {
    if (metadata != null) {
      throw new SafeTensorsException(prefix() + Header.METADATA + " is there twice");
    }
    metadata = new LinkedHashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      if (json.peek() != JsonToken.STRING) {
        throw new SafeTensorsException(
            prefix()
                + Header.METADATA
                + ": the value of "
                + Quoted.name(key)
                + " must be a string");
      }
      String value = json.nextString();
      if (Quoted.isBroken(key) || Quoted.isBroken(value)) {
        throw new SafeTensorsException(
            prefix()
                + Header.METADATA
                + ": "
                + Quoted.name(key)
                + " has half of a surrogate pair in it");
      }
      if (metadata.put(key, value) != null) {
        throw new SafeTensorsException(
            prefix() + Header.METADATA + ": " + Quoted.name(key) + " is there twice");
      }
    }
    json.endObject();
  }

  private HeaderEntry readEntry(String name) throws IOException {
    DType dtype = null;
    long[] shape = null;
    long[] offsets = null;
    expect(name, JsonToken.BEGIN_OBJECT, "must be an object");
    json.beginObject();
    while (json.hasNext()) {
      String field = json.nextName();
      switch (field) {
        case "dtype" -> {
          refuseSecond(name, field, dtype);
          dtype = readDtype(name);
        }
        case "shape" -> {
          refuseSecond(name, field, shape);
          shape = readNumbers(name, field);
        }
        case "data_offsets" -> {
          refuseSecond(name, field, offsets);
          offsets = readNumbers(name, field);
        }
        default -> throw bad(name, "has an unknown field " + Quoted.name(field));
      }
    }
    json.endObject();
    if (dtype == null || shape == null || offsets == null) {
      throw bad(name, "must have dtype, shape and data_offsets");
    }
    return checked(name, dtype, shape, offsets);
  }

  private void refuseSecond(String name, String field, Object earlier) throws SafeTensorsException {
    if (earlier != null) {
      throw bad(name, "has " + field + " twice");
    }
  }

  private DType readDtype(String name) throws IOException {
    expect(name, JsonToken.STRING, "dtype must be a string");
    String text = json.nextString();
    for (DType dtype : DType.values()) {
      if (dtype.name().equals(text)) {
        return dtype;
      }
    }
    throw bad(
        name,
        "has the dtype "
            + Quoted.name(text)
            + "; known here are "
            + Arrays.toString(DType.values()));
  }

  private long[] readNumbers(String name, String field) throws IOException {
    expect(name, JsonToken.BEGIN_ARRAY, field + " must be an array");
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      expect(name, JsonToken.NUMBER, field + " must hold numbers");
      String text = json.nextString();
      if (!text.matches("[0-9]{1,18}")) {
        throw bad(name, field + " must hold whole numbers from 0 up, got " + Quoted.text(text));
      }
      if (numbers.size() == MOST_NUMBERS) {
        throw bad(name, field + " has more than " + MOST_NUMBERS + " numbers");
      }
      numbers.add(Long.parseLong(text));
    }
    json.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  /** Shape, kind and length must agree, and an array of Java must be able to hold it. */
  private HeaderEntry checked(String name, DType dtype, long[] shape, long[] offsets)
      throws SafeTensorsException {
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw bad(name, "data_offsets must be [begin, end], got " + Arrays.toString(offsets));
    }
    long bytes = offsets[1] - offsets[0];
    long wanted = dtype.bytes();
    try {
      for (long dimension : shape) {
        wanted = Math.multiplyExact(wanted, dimension);
      }
    } catch (ArithmeticException e) {
      wanted = -1;
    }
    String shapeText = dtype + " " + Arrays.toString(shape);
    if (wanted != bytes) {
      String wantedText = wanted < 0 ? "far too many" : String.valueOf(wanted);
      throw bad(name, shapeText + " takes " + wantedText + " bytes, but has " + bytes);
    }
    if (bytes > Integer.MAX_VALUE - 8 || Arrays.stream(shape).anyMatch(d -> d > 1 << 30)) {
      throw bad(name, shapeText + " is too large; at most 2 GB a tensor can be read");
    }
    int[] dimensions = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    return new HeaderEntry(name, dtype, dimensions, offsets[0], offsets[1]);
  }

  /** The tensors must cover the data exactly once. */
  private void checkPlaces(long dataLength) throws SafeTensorsException {
    Comparator<HeaderEntry> place =
        Comparator.comparingLong(HeaderEntry::begin).thenComparingLong(HeaderEntry::end);
    HeaderEntry before = null;
    long covered = 0;
    for (HeaderEntry entry : entries.values().stream().sorted(place).toList()) {
      if (entry.end() > dataLength) {
        throw bad(
            entry.name(),
            "ends at byte " + entry.end() + " of " + dataLength + "; is the file cut short?");
      }
      if (entry.begin() < covered && before != null) {
        throw bad(entry.name(), "overlaps tensor " + Quoted.name(before.name()));
      }
      if (entry.begin() > covered) {
        throw bad(entry.name(), "has a gap of " + (entry.begin() - covered) + " bytes before it");
      }
      covered = entry.end();
      before = entry;
    }
    if (covered != dataLength) {
      throw new SafeTensorsException(
          prefix() + (dataLength - covered) + " bytes at the end belong to no tensor");
    }
  }

  private void expect(String name, JsonToken wanted, String must) throws IOException {
    if (json.peek() != wanted) {
      throw bad(name, must);
    }
  }

  private SafeTensorsException bad(String name, String what) {
    return new SafeTensorsException(prefix() + "tensor " + Quoted.name(name) + " " + what);
  }

  private String prefix() {
    return "SafeTensors.read: " + file + ": ";
  }
}
