package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTest {

  @Test
  void parse_phrases() {
    Tree tree = Tree.parse("((not bad) (at all))");
    assertThat(tree)
        .isEqualTo(
            Tree.of(
                Tree.of(Tree.leaf("not"), Tree.leaf("bad")),
                Tree.of(Tree.leaf("at"), Tree.leaf("all"))));
    assertThat(tree.words()).containsExactly("not", "bad", "", "at", "all", "", "");
    assertThat(tree.nodes()).hasSize(7).last().isSameAs(tree);
    assertThat(tree.parents()).containsExactly(2, 2, 6, 5, 5, 6, -1);
  }

  @Test
  void parse_dependencies() {
    Tree tree = Tree.parse("chased(cat(the) mouse(a))");
    assertThat(tree.word()).isEqualTo("chased");
    assertThat(tree.children()).extracting(Tree::word).containsExactly("cat", "mouse");
    assertThat(tree.words()).containsExactly("the", "cat", "a", "mouse", "chased");
    assertThat(tree.parents()).containsExactly(1, 4, 3, 4, -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"word", "(one)", "((one))", "(a b c)", "a(b)", "(a(b) (c d(e f)) g)", "it's(été)"})
  void text_comesBack(String text) {
    assertThat(Tree.parse(text)).hasToString(text);
    assertThat(Tree.parse("  " + text.replace("(", "( ").replace(")", " ) ") + "\n"))
        .isEqualTo(Tree.parse(text));
  }

  @Test
  void chain_isTheSequence() {
    Tree chain = Tree.chain(List.of("a", "b", "c"));
    assertThat(chain).isEqualTo(Tree.parse("c(b(a))"));
    assertThat(chain.words()).containsExactly("a", "b", "c");
    assertThat(Tree.chain(List.of("a"))).isEqualTo(Tree.leaf("a"));
  }

  @Test
  void longChain_overflowsNothing() {
    Tree chain = Tree.chain(Collections.nCopies(100_000, "w"));
    assertThat(chain.nodes()).hasSize(100_000);
    String nested = "(".repeat(100_000) + "w" + ")".repeat(100_000);
    assertThat(Tree.parse(nested).nodes()).hasSize(100_001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a b | the bracket at 0 is never closed, in '(a b'",
        "(a (b c) | the bracket at 0 is never closed, in '(a (b c)'",
        "a) | the bracket at 1 closes nothing, in 'a)'",
        "(a ()) | there is nothing in the brackets at 3, in '(a ())'",
        "not bad | expected one tree, got 2; brackets around it?, in 'not bad'"
      })
  void badBrackets_areNamed(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.parse(text))
        .withMessage("Tree.parse: " + message);
  }

  @Test
  void nothing_isNoTree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.parse(" "))
        .withMessage("Tree.parse: expected one tree, got 0; brackets around it?, in ' '");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.leaf(""))
        .withMessage("Tree: a node needs a word or children");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.leaf("not bad"))
        .withMessage("Tree: a word has no brackets or spaces, got 'not bad'; Tree.parse?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.chain(List.of()))
        .withMessage("Tree.chain: needs a word at least");
  }
}
