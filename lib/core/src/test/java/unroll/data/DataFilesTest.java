package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds data/README.md to the files beside it. */
class DataFilesTest {
  private static final Path DATA = Path.of("../../data");
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| `([0-9a-f]{64})` \\|");

  @Test
  void eachFile_hasItsHashInReadme() throws IOException {
    Map<String, String> stated = new TreeMap<>();
    Matcher rows = ROW.matcher(Files.readString(DATA.resolve("README.md")));
    while (rows.find()) {
      stated.put(rows.group(1), rows.group(2));
    }
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(DATA)) {
      files
          .filter(Files::isRegularFile)
          .map(DATA::relativize)
          .map(path -> path.toString().replace('\\', '/'))
          .filter(path -> !path.equals("README.md"))
          .forEach(path -> found.put(path, sha256(DATA.resolve(path))));
    }
    assertThat(stated).isNotEmpty().isEqualTo(found);
  }

  private static String sha256(Path file) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
