package unroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unroll.tensor.OnBackend;
import unroll.train.Models;

/** Every line of code in {@code docs/training.md} compiles and runs, in its order. */
@OnBackend("cpu")
class TrainingPageTest {

  @AfterEach
  void forgetModels() {
    Models.list().forEach(entry -> Models.remove(entry.name()));
  }

  @Test
  void everyLine_compilesAndRuns(@TempDir Path folder) throws Exception {
    List<String> blocks = Page.blocks(Page.read("training.md"));
    assertThat(blocks).hasSize(6);
    StringBuilder code = new StringBuilder();
    for (String name :
        List.of("data", "nn", "nn.recurrent", "optim", "tensor", "topology", "train")) {
      code.append("import unroll.").append(name).append(".*;\n");
    }
    code.append("import java.nio.file.Path;\nimport java.util.*;\nimport tech.tablesaw.api.*;\n");
    code.append("public class Program implements Runnable { public void run() {\n");
    String file = folder.resolve("prices.safetensors").toString().replace("\\", "/");
    blocks.forEach(block -> code.append(block.replace("prices.safetensors", file)));
    Page.run(code.append("}}\n").toString(), folder);
  }
}
