package unroll.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The contents of a safetensors file: named tensors in their order, and strings about them.
 * Immutable, and independent of the file once it is read.
 *
 * <p>The file: 8 bytes, little endian, with the length of the header; the header in JSON, {@code
 * {"__metadata__": {...}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}};
 * then the tensors' numbers. A file from anywhere may be read: it can hold nothing but numbers, and
 * all that it says of itself is checked.
 */
public final class SafeTensors {

  private final String source;
  private final Map<String, String> metadata;
  private final Map<String, StoredTensor> tensors;

  private SafeTensors(
      String source, Map<String, String> metadata, Map<String, StoredTensor> tensors) {
    this.source = source;
    this.metadata = Collections.unmodifiableMap(metadata);
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Contents to be written.
   *
   * @param metadata strings about the tensors; its order is kept
   * @param tensors in the order in which the file shall name them
   * @throws IllegalArgumentException if two tensors have the same name or one is called {@code
   *     __metadata__}
   */
  public static SafeTensors of(Map<String, String> metadata, List<StoredTensor> tensors) {
    Map<String, StoredTensor> named = new LinkedHashMap<>();
    for (StoredTensor tensor : tensors) {
      if (tensor.name().equals(Header.METADATA)) {
        throw new IllegalArgumentException(
            "SafeTensors.of: no tensor can be called " + Header.METADATA);
      }
      if (named.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException(
            "SafeTensors.of: two tensors are called " + Quoted.name(tensor.name()));
      }
    }
    return new SafeTensors("these tensors", new LinkedHashMap<>(metadata), named);
  }

  /**
   * Reads a file into memory.
   *
   * @throws SafeTensorsException if it is no sound safetensors file
   * @throws IOException if it cannot be read
   */
  public static SafeTensors read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "SafeTensors.read: no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw bad(file, Files.isDirectory(file) ? "is a folder" : "is no regular file");
    }
    long size = Files.size(file);
    if (size < Long.BYTES) {
      throw bad(file, "has " + size + " bytes, no safetensors file; is it cut short?");
    }
    // a stream, since a channel would close under a thread that was interrupted
    try (InputStream in = Files.newInputStream(file)) {
      long length = bytes(file, in, Long.BYTES).getLong(0);
      if (length < 0 || length > size - Long.BYTES || length > Header.LIMIT) {
        throw bad(
            file,
            "claims a header of "
                + Long.toUnsignedString(length)
                + " bytes in a file of "
                + size
                + " (limit "
                + Header.LIMIT
                + "); is it another format, or cut short?");
      }
      ByteBuffer head = bytes(file, in, (int) length);
      long rest = size - Long.BYTES - length;
      Header header = HeaderReader.read(file.toString(), text(file, head), rest);
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      header.entries().forEach(entry -> tensors.put(entry.name(), null)); // the header's order
      for (HeaderEntry entry : inFileOrder(header.entries())) {
        byte[] data = bytes(file, in, (int) (entry.end() - entry.begin())).array();
        tensors.put(
            entry.name(), new StoredTensor(entry.name(), entry.dtype(), entry.shape(), data));
      }
      return new SafeTensors(file.toString(), header.metadata(), tensors);
    }
  }

  /** They lie one behind the other, without gaps. */
  private static List<HeaderEntry> inFileOrder(List<HeaderEntry> entries) {
    return entries.stream()
        .sorted(Comparator.comparingLong(HeaderEntry::begin).thenComparingLong(HeaderEntry::end))
        .toList();
  }

  /**
   * Writes a file. It is complete, or what was there before is untouched. The same contents give
   * the same bytes.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    List<StoredTensor> all = List.copyOf(tensors.values());
    byte[] header = Header.of(metadata, all).encode();
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(header.length);
    AtomicFile.write(
        file,
        out -> {
          out.write(length.array());
          out.write(header);
          for (StoredTensor tensor : Header.inFileOrder(all)) {
            out.write(tensor.data());
          }
        });
  }

  /** The strings about the tensors, in the file's order; empty if there are none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The tensors' names, in the order of the header. */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /** The tensors, in the order of the header. */
  public List<StoredTensor> tensors() {
    return List.copyOf(tensors.values());
  }

  /** Whether there is a tensor of that name. */
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public StoredTensor get(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "SafeTensors.get: no tensor %s in %s; there are %s"
              .formatted(Quoted.name(name), source, Quoted.names(names())));
    }
    return tensor;
  }

  /** A checksum (CRC-32C) over the tensors' names, kinds, shapes and numbers, in their order. */
  public long checksum() {
    CRC32C crc = new CRC32C();
    for (StoredTensor tensor : tensors.values()) {
      crc.update(tensor.toString().getBytes(StandardCharsets.UTF_8));
      crc.update(tensor.data());
    }
    return crc.getValue();
  }

  private static ByteBuffer bytes(Path file, InputStream in, int count) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw bad(file, "grew shorter while it was read");
    }
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(Path file, ByteBuffer header) throws SafeTensorsException {
    if (header.capacity() == 0 || header.get(0) != '{') {
      throw bad(file, "has a header that does not begin with '{'; is it another format?");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(header.rewind()).toString();
    } catch (CharacterCodingException e) {
      throw new SafeTensorsException("SafeTensors.read: " + file + ": header is not UTF-8", e);
    }
  }

  private static SafeTensorsException bad(Path file, String what) {
    return new SafeTensorsException("SafeTensors.read: " + file + " " + what);
  }
}
