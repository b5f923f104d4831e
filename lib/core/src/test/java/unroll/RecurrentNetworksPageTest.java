package unroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of code in {@code docs/recurrent-networks.md} compiles and runs. */
class RecurrentNetworksPageTest {

  private static final Pattern IN_TABLE = Pattern.compile("(?m)^\\|[^|]*\\| `([^`]+)` \\|");

  private static String program(List<String> expressions, List<String> blocks) {
    StringBuilder code = new StringBuilder();
    for (String name : List.of("nn", "nn.recurrent", "plot", "tensor")) {
      code.append("import unroll.").append(name).append(".*;\n");
    }
    code.append("public class Program implements Runnable { public void run() {\n");
    for (String expression : expressions) {
      code.append("java.util.Objects.requireNonNull(").append(expression).append(");\n");
    }
    for (String block : blocks) {
      code.append("{\n").append(block).append("}\n");
    }
    return code.append("}}\n").toString();
  }

  @Test
  void everyLine_compilesAndRuns(@TempDir Path classes) throws Exception {
    String page = Page.read("recurrent-networks.md");
    List<String> expressions = Page.find(IN_TABLE, page);
    List<String> blocks = Page.blocks(page);
    assertThat(expressions).hasSizeGreaterThan(40).contains("Attention.dot()");
    assertThat(blocks).hasSize(4);
    Page.run(program(expressions, blocks), classes);
  }
}
