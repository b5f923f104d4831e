package unroll.bench.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import unroll.bench.BenchCommand;
import unroll.tensor.Generator;

class TextCommandTest {

  private static final ProgressLine SILENT = new ProgressLine(new PrintWriter(new StringWriter()));

  /** PyTorch's frozen figures are about this text and no other. */
  @Test
  void tales_areTheTextThatPyTorchLearnt() throws Exception {
    String text = Text.tales().text();
    assertThat(text.length()).isGreaterThan(500_000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
        .isEqualTo("ea111f110a0e6f92c9677893c6521d7efea1368424dbcf642e1a8cfe9b9a53d4");
  }

  @Test
  void frozenFigures_areThereForEachCell() {
    for (String cell : List.of("RNN", "LSTM", "GRU")) {
      assertThat(FrozenTorch.validation(cell, 1000, List.of(1L, 2L, 3L, 4L, 5L))).isPresent();
    }
    assertThat(FrozenTorch.validation("LSTM", 1000, List.of(2L))).hasValue(0.55277);
    assertThat(FrozenTorch.validation("LSTM", 1000, List.of(2L, 6L))).isEmpty();
    assertThat(FrozenTorch.validation("LSTM", 7, List.of(1L))).isEmpty();
  }

  @Test
  void grammar_writesWhatItsRulesSay() {
    Grammar grammar = Grammar.of("# a comment\nstart = a<tail>\ntail = b | _<tail>\n");
    String text = grammar.write(1000, Generator.of(1));
    assertThat(text.lines()).allMatch(line -> line.matches("a *b"));
    assertThat(text.lines()).anyMatch(line -> line.contains("  "));
    assertThatThrownBy(() -> Grammar.of("start = <tale>"))
        .hasMessage("Grammar: there is no rule for <tale>; there are [start]");
  }

  @Test
  void rows_areReadSideBySide() {
    TextRows rows = new TextRows(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 2);
    assertThat(rows.length()).isEqualTo(3);
    assertThat(rows.inputs(0, 3)).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(rows.targets(0, 3)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(rows.inputs(1, 2)).containsExactly(1, 4);
  }

  @Test
  void training_lowersTheLoss() {
    Text text = new Text(Grammar.tales().write(20_000, Generator.of(1)));
    TextSettings settings = new TextSettings("GRU", 24, 8, 20, 8, 1e-2, 5, 150, 1, 1);
    double before =
        TextModel.of(text, settings.steps(0)).train(text, settings.steps(0), SILENT).validation();
    double after = TextModel.of(text, settings).train(text, settings, SILENT).validation();
    assertThat(before).isBetween(3.8, 4.6); // ln 58 = 4.06
    assertThat(after).isLessThan(2.2);
  }

  @Test
  void textlm_printsALineForEachTrainingAndOneForEachCell() {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new BenchCommand())
            .setOut(new PrintWriter(out, true))
            .execute("textlm", "--cells=RNN", "--seeds=1", "--steps=2");
    assertThat(code).as("nothing was compared").isEqualTo(1);
    assertThat(out.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("\"engine\":\"unroll-", "\"cell\":\"RNN\"", "\"validation\":");
    assertThat(out.toString())
        .contains("{\"cell\":\"RNN\",\"steps\":2,\"unroll\":", "\"met\":false", "--with-torch");
  }
}
