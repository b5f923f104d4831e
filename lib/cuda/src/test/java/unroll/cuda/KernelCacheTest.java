package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCacheTest {

  @Test
  void sameFacts_compiledOnce(@TempDir Path folder) {
    AtomicInteger compiled = new AtomicInteger();
    for (int start = 0; start < 3; start++) {
      KernelCache cache = new KernelCache(folder.resolve("new").resolve("one"));
      byte[] code = cache.get(() -> new byte[] {1, (byte) compiled.incrementAndGet()}, "a", "b");
      assertThat(code).containsExactly(1, 1);
    }
    byte[] other =
        new KernelCache(folder.resolve("new").resolve("one")).get(() -> new byte[] {9}, "ab", "");
    assertThat(other).containsExactly(9);
  }

  @Test
  void folderThatCannotBeWritten_compilesEveryTime(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    KernelCache cache = new KernelCache(file.resolve("below"));
    AtomicInteger compiled = new AtomicInteger();
    cache.get(() -> new byte[] {(byte) compiled.incrementAndGet()}, "a");
    assertThat(cache.get(() -> new byte[] {(byte) compiled.incrementAndGet()}, "a"))
        .containsExactly(2);
  }

  @Test
  void folder_isTheUsersOwn(@TempDir Path folder) throws IOException {
    KernelCache.ofUser(Map.of("XDG_CACHE_HOME", folder.toString())).get(() -> new byte[1], "a");
    try (var files = Files.list(folder.resolve("unroll").resolve("cuda"))) {
      assertThat(files).hasSize(1);
    }
  }
}
