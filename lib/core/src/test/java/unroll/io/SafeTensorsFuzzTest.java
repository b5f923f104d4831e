package unroll.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.nn.Linear;

/** Files that were damaged at random: refused in an orderly way, or right. */
class SafeTensorsFuzzTest {

  private static final int FILES = 3000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void damagedFile_refusedOrRight(long seed) throws IOException {
    Path file = folder.resolve("fuzz.safetensors");
    some().write(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] damaged = damaged(whole, random);
      Files.write(file, damaged);
      try {
        requireRight(SafeTensors.read(file), damaged);
      } catch (SafeTensorsException e) {
        assertThat(e).hasMessageContaining("fuzz.safetensors");
        refused++;
      }
    }
    assertThat(refused).isBetween(FILES / 2, FILES - 50);
  }

  /** A damaged file changes all of a network's weights or none. */
  @Test
  void damagedFile_neverHalfLoaded() throws IOException {
    Linear model = Linear.of(3, 2);
    Path file = folder.resolve("fuzz.safetensors");
    Weights.of(Linear.of(3, 2)).save(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(4);
    int loaded = 0;
    for (int i = 0; i < FILES; i++) {
      Files.write(file, damaged(whole, random));
      String before = numbers(model);
      try {
        Weights.load(file).into(model);
        loaded++;
        assertThat(Weights.of(model).names()).containsExactly("weight", "bias");
        SafeTensors there = SafeTensors.read(file);
        assertThat(model.parameters().get("weight").value().toArray())
            .isEqualTo(there.get("weight").doubles());
        assertThat(model.parameters().get("bias").value().toArray())
            .isEqualTo(there.get("bias").doubles());
      } catch (SafeTensorsException | IllegalArgumentException e) {
        assertThat(numbers(model)).isEqualTo(before);
      }
    }
    assertThat(loaded).isBetween(100, FILES - 100);
  }

  /** No lie of a small file makes the reader take much memory. */
  @Test
  void memory_isBoundedByTheFile() throws IOException {
    Path file = folder.resolve("fuzz.safetensors");
    some().write(file);
    byte[] whole = Files.readAllBytes(file);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(5);
    for (int i = 0; i < FILES; i++) {
      Files.write(file, damaged(whole, random));
      long before = memory.getCurrentThreadAllocatedBytes();
      try {
        SafeTensors.read(file);
      } catch (SafeTensorsException e) {
        assertThat(e.getMessage()).hasSizeLessThan(2000);
      }
      long taken = memory.getCurrentThreadAllocatedBytes() - before;
      assertThat(taken).as("file %d", i).isLessThan(1 << 20);
    }
  }

  private static SafeTensors some() {
    return SafeTensors.of(
        Map.of("format", "pt"),
        List.of(
            StoredTensor.of("weight_ih_l0", new int[] {2, 3}, 1f, 2f, 3f, 4f, 5f, 6f),
            StoredTensor.of("empty", new int[] {0, 7}, new double[0]),
            StoredTensor.of("bias", new int[] {2}, 0.5, -0.5),
            StoredTensor.of("steps", new int[0], 7L)));
  }

  /** One to three random changes: a byte, a bit, a digit, a cut, something taken out or doubled. */
  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(1 + random.nextInt(12), bytes.length - at);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes[at] = (byte) "0123456789-e[]{}\",:\\\0".charAt(random.nextInt(21));
        case 4 -> bytes = Arrays.copyOf(bytes, at);
        case 5 -> bytes = spliced(bytes, at, at + length, at);
        default -> bytes = spliced(bytes, at, at + length, at + length);
      }
    }
    return bytes;
  }

  /** Doubles what is from some place to another, or takes it out where the third is the first. */
  private static byte[] spliced(byte[] bytes, int from, int to, int end) {
    ByteBuffer all = ByteBuffer.allocate(end + bytes.length - (end == from ? to : from));
    return all.put(bytes, 0, end)
        .put(bytes, bytes.length - all.remaining(), all.remaining())
        .array();
  }

  /** What was read covers the data exactly, and every tensor is its part of them. */
  private static void requireRight(SafeTensors read, byte[] file) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long data = 0;
    for (StoredTensor tensor : read.tensors()) {
      long elements = Arrays.stream(tensor.shape()).asLongStream().reduce(1, (a, b) -> a * b);
      assertThat(tensor.data()).hasSize((int) (elements * tensor.dtype().bytes()));
      assertThat(tensor.doubles()).hasSize((int) elements);
      data += tensor.data().length;
    }
    assertThat(data).isEqualTo(file.length - Long.BYTES - length);
    ByteBuffer joined = ByteBuffer.allocate((int) data);
    read.tensors().stream()
        .sorted(java.util.Comparator.comparingInt(t -> place(file, t)))
        .forEach(t -> joined.put(t.data()));
    assertThat(joined.array())
        .isEqualTo(Arrays.copyOfRange(file, file.length - (int) data, file.length));
  }

  /** Where the header, read by the plainest of means, says that a tensor begins. */
  private static int place(byte[] file, StoredTensor tensor) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(file, 8, (int) length, java.nio.charset.StandardCharsets.UTF_8);
    return com.google.gson.JsonParser.parseString(header)
        .getAsJsonObject()
        .getAsJsonObject(tensor.name())
        .getAsJsonArray("data_offsets")
        .get(0)
        .getAsInt();
  }

  private static String numbers(Linear model) {
    StringBuilder text = new StringBuilder();
    model
        .parameters()
        .forEach((n, p) -> text.append(n).append(Arrays.toString(p.value().toArray())));
    return text.toString();
  }
}
