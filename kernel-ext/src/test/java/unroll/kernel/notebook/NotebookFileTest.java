package unroll.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookFileTest {

  @TempDir private Path folder;

  private static Path small() throws URISyntaxException {
    return Path.of(NotebookFileTest.class.getResource("small.ipynb").toURI());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("a.ipynb"), text);
  }

  @Test
  void notebookOfJupyter_readAndWritten_isTheSameText() throws Exception {
    String text = Files.readString(small());
    assertThat(NotebookWriter.text(NotebookReader.read(small()))).isEqualTo(text);
  }

  @Test
  void notebookWithoutIds_getsTheSameValidIdsEachTime() throws Exception {
    Path file =
        file(
            """
            {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [
              {"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": 3},
              {"cell_type": "code", "source": ["1"], "metadata": {}, "outputs": []}]}
            """);
    Notebook once = NotebookReader.read(file);
    assertThat(once).isEqualTo(NotebookReader.read(file));
    assertThat(once.cells()).extracting(Cell::id).doesNotHaveDuplicates();
    assertThat(once.cells()).allMatch(cell -> cell.id().matches("[a-zA-Z0-9_-]{1,64}"));
    assertThat(once.cells()).extracting(Cell::count).containsExactly(3, null);
    assertThat(NotebookWriter.text(once)).contains("\"nbformat_minor\": 5");
  }

  @Test
  void idThatComesTwice_isReplacedOnce() throws Exception {
    Path file =
        file(
            """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
              {"cell_type": "raw", "id": "x", "source": "a", "metadata": {}},
              {"cell_type": "raw", "id": "x", "source": "b", "metadata": {}}]}
            """);
    assertThat(NotebookReader.read(file).cells())
        .extracting(Cell::id)
        .startsWith("x")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"cells": [}                                         | not JSON, so not a notebook; line 1, column 1
          {"nbformat": 4, "cells": []} x                       | not JSON
          {'nbformat': 4}                                      | not JSON
          [1, 2]                                               | the outermost value is no object
          {"a": 1}                                             | no "nbformat"
          {"nbformat": 3, "worksheets": []}                    | nbformat 3; this reads 4
          {"nbformat": 5, "cells": []}                         | nbformat 5, which is newer
          {"nbformat": 4}                                      | no list "cells"
          {"nbformat": 4, "cells": [{"cell_type": "heading"}]} | cell 1: cell_type must be
          {"nbformat": 4, "cells": [{"cell_type": "code"}]}    | cell 1: source must be
          {"nbformat": 4, "cells": [7]}                        | cell 1 is no object
          """)
  void whatIsNoNotebook_isRefusedWithItsNameAndReason(String text, String reason)
      throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> NotebookReader.read(file))
        .isInstanceOf(NotebookException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"language_info": {"name": "python"}}                      | a notebook for python
          {"kernelspec": {"name": "x", "language": "javascript"}}     | a notebook for javascript
          {"kernelspec": {"name": "javascript"}}                      | for the kernel javascript
          {"kernelspec": {"name": "python3"}}                         | for the kernel python3
          """)
  void otherLanguage_isRefusedByItsName(String metadata, String reason) throws IOException {
    Path file = file("{\"nbformat\": 4, \"cells\": [], \"metadata\": " + metadata + "}");
    assertThatThrownBy(() -> NotebookReader.read(file)).hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}
          {"language_info": {"name": "Java"}}
          {"kernelspec": {"name": "jjava", "language": "java"}}
          {"kernelspec": {"name": "rapaio-jupyter-kernel"}}
          """)
  void javaOfAnyKernel_isRead(String metadata) throws Exception {
    Path file = file("{\"nbformat\": 4, \"cells\": [], \"metadata\": " + metadata + "}");
    assertThat(NotebookReader.read(file).cells()).isEmpty();
  }

  @Test
  void missingFileFolderAndOtherBytes_areNamed() throws Exception {
    Path missing = folder.resolve("none.ipynb");
    assertThatThrownBy(() -> NotebookReader.read(missing))
        .hasMessage(missing + ": there is no such file");
    assertThatThrownBy(() -> NotebookReader.read(folder)).hasMessageContaining("is a folder");
    Path bytes = Files.write(folder.resolve("b.ipynb"), new byte[] {(byte) 0xff, 0, 1});
    assertThatThrownBy(() -> NotebookReader.read(bytes)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> NotebookReader.read(file(" \n"))).hasMessageContaining("empty");
  }

  @Test
  void write_replacesWholeFilesAndLeavesNothingBeside() throws Exception {
    Path file = folder.resolve("x.html");
    AtomicFiles.write(file, "first, a longer text");
    AtomicFiles.write(file, "zweites: ü");
    assertThat(Files.readString(file, StandardCharsets.UTF_8)).isEqualTo("zweites: ü");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void folderThatIsAFile_isRefusedByName() throws Exception {
    Path file = file("x");
    assertThatThrownBy(() -> AtomicFiles.requireWritable(file))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining(file + " is no folder");
    assertThatThrownBy(() -> AtomicFiles.requireWritable(file.resolve("below")))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("cannot write in " + file.resolve("below"));
    assertThat(Files.readString(file)).isEqualTo("x");
  }
}
