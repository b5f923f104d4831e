package unroll.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.kernel.UnrollLibrary;
import unroll.kernel.eval.CellEvaluator;

/** {@code docs/magics.md} is made from the magics themselves. */
class MagicsPageTest {
  private static final Path PAGE = Path.of("../docs/magics.md");
  private static final String ANEW =
      "mvn -pl lib/core,kernel-ext test -Dtest=MagicsPageTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dunroll.write=true";

  private static final String INTRODUCTION =
      """
      # Magics

      <!-- Made from the magics themselves; after a change write it anew:
           %s -->

      A line of a cell that begins with `%%` and a name is a magic. Java and magics may be mixed in a cell in any order. In
      the cell form, with two signs, the rest of the cell belongs to the magic. A comment (`// …`) may end the line. Tab
      completes names and arguments, Shift-Tab and `%%help NAME` say what stands here, and a wrong call gets the usage
      and the nearest name.

      JShell and kernels without magics have the same as methods: `import static unroll.kernel.magic.Commands.*;`, then
      `backend("cpu")` for `%%backend cpu`, `time(() -> model.predict(text))` for `%%time model.predict(text)`.

      ## Variables and what becomes of them
      Variables outlive all but the redefinition of their own type. JShell by itself empties a variable when a method, a
      class, another variable or an import that it was made with is redefined; here it keeps its value. Only an object of
      a class that is redefined cannot go on in the new class: its variable is named before, and the object stays in the
      registry. Running a definition again that says the same changes nothing.

      ```java
      Registry.get("model")                    // what a variable held, by its name
      Registry.get("prices", Table.class)      // the same, with its type
      Models.get("model").run()                // the latest training of a model
      ```

      Models, runs and tables are in the registry whatever happens to their variables; `Registry.remove("model")` lets go
      of one, and `Models.remove("model")` of a model that was trained.

      ## All of them
      """
          .formatted(ANEW);

  private static String page(Collection<Magic> magics) {
    var page = new StringBuilder(INTRODUCTION);
    page.append("| magic | what it does |\n|---|---|\n");
    for (var magic : magics) {
      page.append("| [`%").append(magic.name()).append("`](#").append(magic.name()).append(") | ");
      page.append(magic.summary()).append(" |\n");
    }
    for (var magic : magics) {
      page.append("\n### ").append(magic.name()).append("\n```\n").append(magic.syntax());
      page.append("\n```\n").append(magic.summary()).append("\n");
      if (!magic.details().isEmpty()) {
        page.append("\n").append(magic.details()).append("\n");
      }
      if (!magic.example().isEmpty()) {
        page.append("\n```\n").append(magic.example()).append("\n```\n");
      }
    }
    return page.toString();
  }

  private static Collection<Magic> magics() {
    try (var session = new CellEvaluator(UnrollLibrary.settings())) {
      return session.magics().all();
    }
  }

  @Test
  void page_saysWhatTheMagicsSay() throws IOException {
    var page = page(magics());
    if (Boolean.getBoolean("unroll.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).as("write it anew with: " + ANEW).isEqualTo(page);
  }

  @ParameterizedTest
  @MethodSource("magics")
  void everyMagic_isWhole(Magic magic) {
    assertThat(magic.summary()).endsWith(".");
    assertThat(magic.syntax().lines())
        .allMatch(line -> line.matches("%%?" + magic.name() + "( .+)?"));
    assertThat(magic.hasLineForm() || magic.hasCellForm()).isTrue();
    assertThat(magic.example()).startsWith("%" + magic.name());
    assertThat(magic.usage()).startsWith("usage: %");
  }
}
