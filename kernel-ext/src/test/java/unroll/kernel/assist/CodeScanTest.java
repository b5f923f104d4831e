package unroll.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeScanTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "f(a, | );",
        "f(x -> { x.g | ;});",
        "a[1 | ];",
        "f(\"(\", ')', | );",
        "f(\"\\\"( | \");",
        "g() /* ( | */;",
        "f('\\'', x | );",
        "} | ;",
      })
  void closing_whatIsOpen(String code, String closing) {
    assertThat(CodeScan.of(code).closing()).isEqualTo(closing);
  }

  @Test
  void openString_onlyInsideOfOne() {
    assertThat(CodeScan.of("read(\"../da").openString()).isEqualTo("../da");
    assertThat(CodeScan.of("read(\"").openString()).isEmpty();
    assertThat(CodeScan.of("read(\"a\"").openString()).isNull();
    assertThat(CodeScan.of("// read(\"a").openString()).isNull();
  }

  @Test
  void firstBrace_outsideOfOtherBracketsAndComments() {
    assertThat(CodeScan.of("/* { */ @A({1}) int f() { }").firstBrace()).isEqualTo(24);
    assertThat(CodeScan.of("int f();").firstBrace()).isEqualTo(-1);
  }
}
