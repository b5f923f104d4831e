package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

class TablesTest {
  @TempDir Path folder;

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text).toString();
  }

  private void assertFails(String path, String... message) {
    assertThatThrownBy(() -> Tables.csv(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Tables.csv: " + path + ": ")
        .hasMessageContainingAll(message);
  }

  @Test
  void goodFile_isReadAsTablesawDoes() throws Exception {
    Table table =
        Tables.csv(file("\uFEFFdate,close\r\n2000-01-01,1.5\r\n\r\n2000-02-01,\"1,002\"\r\n"));
    assertThat(table.name()).isEqualTo("t.csv");
    assertThat(table.rowCount()).isEqualTo(2);
    assertThat(table.column("date").type()).isEqualTo(ColumnType.LOCAL_DATE);
    assertThat(table.doubleColumn("close").get(1)).isEqualTo(1002);
  }

  @Test
  void quotedLineEndsAndQuotes_areOneCell() throws Exception {
    Table table = Tables.csv(file("a,b\n\"x\ny, \"\"z\"\"\",1\n"));
    assertThat(table.rowCount()).isEqualTo(1);
  }

  @Test
  void missingFile_namesWhereItLooked() {
    String path = folder.resolve("none.csv").toString();
    assertFails(path, "there is no such file; looked for " + folder.toAbsolutePath());
    assertFails(folder.toString(), "is a folder");
  }

  @Test
  void emptyFile_isRefused() throws Exception {
    assertFails(file(""), "is empty");
    assertFails(file("\n\n"), "is empty");
  }

  @Test
  void lineWithOtherWidth_isNamed() throws Exception {
    assertFails(
        file("date,close\n2000-01-01,1\n\n2000-02-01,2,3\n"),
        "line 4: expected 2 cells (date, close), got 3 (2000-02-01, 2, 3)");
    assertFails(file("date,close\n\"a\nb\",1\n2000-02-01\n"), "line 4: expected 2 cells");
  }

  @Test
  void openQuote_isNamed() throws Exception {
    assertFails(file("a,b\n1,2\n\"3,4\n5,6\n"), "line 3: a quote is opened and not closed");
  }

  @Test
  void doubledColumnName_isNamed() throws Exception {
    assertFails(file("date,close,date\n1,2,3\n"), "line 1: two columns are named \"date\"");
  }

  @Test
  void otherEncoding_isNamed() throws Exception {
    Path path = folder.resolve("latin.csv");
    Files.write(path, "date,größe\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertFails(path.toString(), "is not UTF-8 text");
  }
}
