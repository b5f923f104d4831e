package unroll.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {

  @TempDir Path folder;

  private static final StoredTensor WEIGHT =
      StoredTensor.of("weight", new int[] {2, 3}, 1f, -2.5f, Float.NaN, -0f, 1e-42f, 3e38f);
  private static final StoredTensor STATE =
      StoredTensor.of("state", new int[] {3}, Math.PI, -0.0, Double.MIN_VALUE);
  private static final StoredTensor STEPS =
      StoredTensor.of("steps", new int[] {2}, Long.MIN_VALUE, 1L << 62);
  private static final StoredTensor SCALAR = StoredTensor.of("scalar", new int[0], 7.0);
  private static final StoredTensor EMPTY =
      StoredTensor.of("empty", new int[] {4, 0}, new float[0]);

  @Test
  void writtenFile_readsBackBitForBit() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("zeta", "first, \"quoted\"\n");
    metadata.put("alpha", "Büro 東京 😀");
    SafeTensors written = SafeTensors.of(metadata, List.of(WEIGHT, STATE, EMPTY, STEPS, SCALAR));
    Path file = folder.resolve("a.safetensors");
    written.write(file);
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.names()).containsExactly("weight", "state", "empty", "steps", "scalar");
    assertThat(read.tensors()).isEqualTo(written.tensors());
    assertThat(List.copyOf(read.metadata().entrySet())).isEqualTo(List.copyOf(metadata.entrySet()));
    assertThat(read.get("weight").floats())
        .containsExactly(1f, -2.5f, Float.NaN, -0f, 1e-42f, 3e38f);
    assertThat(read.get("state").doubles()).containsExactly(Math.PI, -0.0, Double.MIN_VALUE);
    assertThat(read.get("steps").longs()).containsExactly(Long.MIN_VALUE, 1L << 62);
    assertThat(read.get("scalar").shape()).isEmpty();
    assertThat(read.get("scalar").doubles()).containsExactly(7);
    assertThat(read.get("empty").shape()).containsExactly(4, 0);
    assertThat(read.get("empty").size()).isZero();
  }

  @Test
  void writtenFile_isAlignedAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafeTensors contents = SafeTensors.of(Map.of(), List.of(WEIGHT, STATE));
    contents.write(file);
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertThat(length % 8).isZero();
    assertThat(header)
        .startsWith("{\"weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[24,48]}")
        .contains("\"state\":{\"dtype\":\"F64\",\"shape\":[3],\"data_offsets\":[0,24]}");
    assertThat(bytes).hasSize(8 + length + 48);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    contents.write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void noTensors_isAFileToo() throws IOException {
    Path file = folder.resolve("none.safetensors");
    SafeTensors.of(Map.of(), List.of()).write(file);
    assertThat(SafeTensors.read(file).names()).isEmpty();
    assertThat(SafeTensors.read(file).metadata()).isEmpty();
  }

  @Test
  void failedWrite_leavesTheOldFile() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafeTensors.of(Map.of(), List.of(WEIGHT)).write(file);
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writeIntoMissingFolder_namesIt() {
    Path file = folder.resolve("no").resolve("a.safetensors");
    assertThatThrownBy(() -> SafeTensors.of(Map.of(), List.of(WEIGHT)).write(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.getParent().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn-tanh", "lstm", "lstm-double", "gru", "gru-no-bias-double"})
  void parityFile_roundTrips(String name) throws IOException {
    SafeTensors read = SafeTensors.read(parity(name));
    Path copy = folder.resolve("copy.safetensors");
    SafeTensors.of(read.metadata(), read.tensors()).write(copy);
    SafeTensors again = SafeTensors.read(copy);
    assertThat(again.tensors()).isEqualTo(read.tensors());
    assertThat(again.metadata()).isEqualTo(read.metadata());
  }

  @Test
  void parityFile_hasWhatItsGeneratorSays() throws IOException {
    SafeTensors lstm = SafeTensors.read(parity("lstm"));
    assertThat(lstm.metadata())
        .containsEntry("module", "LSTM")
        .containsEntry("hidden_size", "7")
        .containsEntry("bias", "true");
    assertThat(lstm.names()).startsWith("weight_ih_l0", "weight_hh_l0").contains("grad.c_0");
    StoredTensor output = lstm.get("output");
    assertThat(output.dtype()).isEqualTo(DType.F32);
    assertThat(output.shape()).containsExactly(6, 3, 7);
    assertThat(output.doubles()).hasSize(126).doesNotContain(0.0);
    double[] last = Arrays.copyOfRange(output.doubles(), 105, 126);
    assertThat(lstm.get("h_n").doubles()).containsExactly(last);
    StoredTensor weights = SafeTensors.read(parity("lstm-double")).get("weight_hh_l0");
    assertThat(weights.dtype()).isEqualTo(DType.F64);
    assertThat(Arrays.stream(weights.doubles())).allMatch(w -> Math.abs(w) < 0.9);
  }

  @Test
  void otherKinds_decoded() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
    for (int half : new int[] {0x3C00, 0xC000, 0x0001, 0x7BFF, 0xFC00, 0x8000, 0x3555}) {
      data.putShort((short) half);
    }
    data.putShort((short) 0x3F80).putShort((short) 0xC049);
    data.putInt(-7).put((byte) 200).put((byte) 1).put((byte) -3).put((byte) 0);
    String header =
        """
        {"h":{"dtype":"F16","shape":[7],"data_offsets":[0,14]},
        "b":{"dtype":"BF16","shape":[2],"data_offsets":[14,18]},
        "i":{"dtype":"I32","shape":[],"data_offsets":[18,22]},
        "u":{"dtype":"U8","shape":[1],"data_offsets":[22,23]},
        "t":{"dtype":"BOOL","shape":[1],"data_offsets":[23,24]},
        "s":{"dtype":"I8","shape":[2],"data_offsets":[24,26]}}""";
    SafeTensors read = SafeTensors.read(file(header, data.array()));
    assertThat(read.get("h").doubles())
        .containsExactly(1, -2, 0x1p-24, 65504, Double.NEGATIVE_INFINITY, -0.0, 1365 * 0x1p-12);
    assertThat(read.get("b").floats()).containsExactly(1f, -3.140625f);
    assertThat(read.get("i").longs()).containsExactly(-7);
    assertThat(read.get("u").longs()).containsExactly(200);
    assertThat(read.get("t").doubles()).containsExactly(1);
    assertThat(read.get("s").floats()).containsExactly(-3f, 0f);
  }

  @Test
  void everyCut_refused() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    SafeTensors.of(Map.of("k", "v"), List.of(WEIGHT, STATE)).write(whole);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.safetensors");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> SafeTensors.read(cut))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(SafeTensorsException.class)
          .hasMessageContaining("cut.safetensors");
    }
  }

  /** Whatever byte of a header is changed, the file reads or is refused in an orderly way. */
  @Test
  void everyChangedByte_readOrRefused() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    SafeTensors.of(Map.of("k", "v"), List.of(WEIGHT, SCALAR)).write(whole);
    byte[] bytes = Files.readAllBytes(whole);
    int refused = 0;
    for (int i = 0; i < bytes.length - 32; i++) {
      for (int value : new int[] {'"', '9', 0xFF}) {
        byte[] changed = bytes.clone();
        changed[i] = (byte) value;
        Path file = Files.write(folder.resolve("changed.safetensors"), changed);
        try {
          SafeTensors.read(file).tensors().forEach(StoredTensor::doubles);
        } catch (SafeTensorsException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(bytes.length);
  }

  static Stream<Arguments> corruptions() {
    String good = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
    return Stream.of(
        Arguments.of("not JSON", "{'a'", "JSON"),
        Arguments.of("an array", "[1]", "'{'"),
        Arguments.of("empty header", "", "'{'"),
        Arguments.of("text behind it", good + "} x", "JSON"),
        Arguments.of("two objects", good + "}{}", "JSON"),
        Arguments.of("lenient JSON", good.replace("'F32'", "F32") + "}", "at $.a.dtype"),
        Arguments.of("trailing comma", good + ",}", "JSON"),
        Arguments.of(
            "duplicate", good + "," + good.substring(1) + "}", "tensor 'a' is there twice"),
        Arguments.of(
            "unknown dtype", entry("F31", "[2]", "[0,8]"), "tensor 'a' has the dtype 'F31'"),
        Arguments.of(
            "wrong size", entry("F32", "[3]", "[0,8]"), "tensor 'a' F32 [3] takes 12 bytes"),
        Arguments.of("wrong width", entry("F64", "[2]", "[0,8]"), "takes 16 bytes, but has 8"),
        Arguments.of(
            "overflow", entry("F32", "[4294967296,4294967296,2]", "[0,8]"), "far too many"),
        Arguments.of("huge", entry("F32", "[600000000]", "[0,2400000000]"), "at most 2 GB"),
        Arguments.of("huge, but empty", entry("F32", "[0,4294967296]", "[0,0]"), "too large"),
        Arguments.of("negative", entry("F32", "[-2]", "[0,8]"), "tensor 'a' shape must hold whole"),
        Arguments.of("fraction", entry("F32", "[2.0]", "[0,8]"), "got 2.0"),
        Arguments.of("exponent", entry("F32", "[2]", "[0,8e0]"), "data_offsets must hold whole"),
        Arguments.of("20 digits", entry("F32", "[2]", "[0,99999999999999999999]"), "data_offsets"),
        Arguments.of("text", entry("F32", "['2']", "[0,8]"), "shape must hold numbers"),
        Arguments.of("no array", entry("F32", "2", "[0,8]"), "shape must be an array"),
        Arguments.of("one offset", entry("F32", "[2]", "[8]"), "must be [begin, end]"),
        Arguments.of("backwards", entry("F32", "[2]", "[8,0]"), "must be [begin, end], got [8, 0]"),
        Arguments.of("past the end", entry("F32", "[2]", "[4,12]"), "ends at byte 12 of 8"),
        Arguments.of("gap in front", entry("F32", "[1]", "[4,8]"), "tensor 'a' has a gap of 4"),
        Arguments.of("rest", entry("F32", "[1]", "[0,4]"), "4 bytes at the end"),
        Arguments.of("no dtype", "{'a':{'shape':[2],'data_offsets':[0,8]}}", "must have dtype"),
        Arguments.of(
            "two shapes",
            "{'a':{'dtype':'F32','shape':[2],'shape':[2],'data_offsets':[0,8]}}",
            "tensor 'a' has shape twice"),
        Arguments.of(
            "unknown field", "{'a':{'x':{'y':[]}}}", "tensor 'a' has an unknown field 'x'"),
        Arguments.of("no object", "{'a':[]}", "tensor 'a' must be an object"),
        Arguments.of("dtype a number", "{'a':{'dtype':32}}", "dtype must be a string"),
        Arguments.of(
            "overlap",
            good + ",'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
            "tensor 'b' overlaps tensor 'a'"),
        Arguments.of(
            "same place",
            good + ",'b':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
            "tensor 'b' overlaps tensor 'a'"),
        Arguments.of(
            "gap between",
            "{'a':{'dtype':'F16','shape':[1],'data_offsets':[0,2]},"
                + "'b':{'dtype':'F16','shape':[1],'data_offsets':[4,6]}}",
            "tensor 'b' has a gap of 2"),
        Arguments.of("metadata no map", good + ",'__metadata__':[]}", "JSON"),
        Arguments.of("metadata nested", good + ",'__metadata__':{'k':{}}}", "value of 'k'"),
        Arguments.of("metadata number", good + ",'__metadata__':{'k':1}}", "value of 'k'"),
        Arguments.of(
            "metadata key twice", good + ",'__metadata__':{'k':'','k':''}}", "'k' is there"),
        Arguments.of(
            "metadata twice", good + ",'__metadata__':{},'__metadata__':{}}", "is there twice"),
        Arguments.of("deep", "{'a':" + "[".repeat(100_000), "tensor 'a' must be an object"),
        Arguments.of(
            "long shape",
            entry("F32", "[" + "1,".repeat(1000) + "2]", "[0,8]"),
            "tensor 'a' shape has more than 64 numbers"),
        Arguments.of(
            "half a surrogate pair",
            good + ",'\\ud83d':{'dtype':'F32','shape':[0],'data_offsets':[8,8]}}",
            "tensor '\\ud83d' has half of a surrogate pair"),
        Arguments.of(
            "half a surrogate pair in the metadata",
            good + ",'__metadata__':{'k':'\\udc00'}}",
            "__metadata__: 'k' has half"),
        Arguments.of(
            "same name, escaped",
            good + ",'\\u0061':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
            "tensor 'a' is there twice"),
        Arguments.of("empty name", "{'':{'dtype':'F31'}}", "tensor '' has the dtype"),
        Arguments.of("escape sequence", "{'\\u001b[2J':0}", "tensor '\\u001b[2J' must be"),
        Arguments.of("long name", "{'" + "x".repeat(5000) + "':0}", "x… (5000 characters)'"),
        Arguments.of("long dtype", entry("y".repeat(5000), "[2]", "[0,8]"), "(5000 characters)"),
        Arguments.of("control character", "{'a\u0001':0}", "JSON"),
        Arguments.of("byte order mark", "\ufeff{}", "'{'"),
        Arguments.of("minus zero", entry("F32", "[-0]", "[0,0]"), "got -0"),
        Arguments.of("no offsets", entry("F32", "[0]", "[]"), "must be [begin, end], got []"),
        Arguments.of("null", "{'a':null}", "tensor 'a' must be an object"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corruptions")
  void corruptHeader_refusedWithFileAndReason(String what, String header, String message)
      throws IOException {
    Path file = file(header.replace('\'', '"'), new byte[8]);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .as(what)
        .isInstanceOf(SafeTensorsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000).doesNotContain("\u001b"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 9, 100_000_001, Long.MAX_VALUE})
  void hugeHeader_refusedBeforeItIsRead(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = Files.write(folder.resolve("huge.safetensors"), bytes.array());
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(SafeTensorsException.class)
        .hasMessageContaining("claims a header of " + Long.toUnsignedString(length));
  }

  @Test
  void headerThatIsNotUtf8_refused() throws IOException {
    byte[] bytes = {2, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xFF};
    Path file = Files.write(folder.resolve("latin.safetensors"), bytes);
    assertThatThrownBy(() -> SafeTensors.read(file)).hasMessageContaining("UTF-8");
  }

  @Test
  void missingFileOrFolder_named() {
    Path missing = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> SafeTensors.read(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> SafeTensors.read(folder)).hasMessageContaining("is a folder");
    Path device = Path.of("/dev/zero"); // reading it would never end
    if (Files.exists(device)) {
      assertThatThrownBy(() -> SafeTensors.read(device)).hasMessageContaining("no regular file");
    }
  }

  @Test
  void unknownTensor_saysWhatThereIs() {
    SafeTensors contents = SafeTensors.of(Map.of(), List.of(WEIGHT, STATE));
    assertThat(contents.contains("bias")).isFalse();
    assertThatThrownBy(() -> contents.get("bias"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'bias'")
        .hasMessageContaining("[weight, state]");
  }

  @Test
  void badContents_refused() {
    assertThatThrownBy(() -> SafeTensors.of(Map.of(), List.of(WEIGHT, WEIGHT)))
        .hasMessageContaining("'weight'");
    StoredTensor reserved = StoredTensor.of("__metadata__", new int[] {1}, 1f);
    assertThatThrownBy(() -> SafeTensors.of(Map.of(), List.of(reserved)))
        .hasMessageContaining("__metadata__");
    assertThatThrownBy(() -> StoredTensor.of("w", new int[] {2, 2}, 1f, 2f))
        .hasMessageContaining("'w' of shape [2, 2] got 2 values");
    assertThatThrownBy(() -> StoredTensor.of("w", new int[] {-1, -1}, 1.0))
        .hasMessageContaining("[-1, -1]");
    assertThatThrownBy(WEIGHT::longs).hasMessageContaining("'weight' holds F32");
    StoredTensor half = StoredTensor.of("\ud800", new int[] {1}, 1f);
    assertThatThrownBy(
            () -> SafeTensors.of(Map.of(), List.of(half)).write(folder.resolve("x.safetensors")))
        .hasMessageContaining("surrogate");
  }

  private static String entry(String dtype, String shape, String offsets) {
    return "{'a':{'dtype':'%s','shape':%s,'data_offsets':%s}}".formatted(dtype, shape, offsets);
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  private static Path parity(String name) {
    URL url = SafeTensorsTest.class.getResource("/parity/" + name + ".safetensors");
    return Path.of(URI.create(url.toString()));
  }
}
