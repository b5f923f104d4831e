package unroll.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldedTableTest {
  private static final String TABLE =
      """
         name  what it is
      →  cpu   own loops on the processor, with vectors
         nd4j  not here

      A note that is longer than the table may be, in a line.""";

  @Test
  void narrowEnough_asItWas() {
    assertThat(FoldedTable.fold(TABLE, 80)).isEqualTo(TABLE);
  }

  @Test
  void tooWide_theWidestColumnGivesWay() {
    assertThat(FoldedTable.fold(TABLE, 30))
        .isEqualTo(
            """
               name  what it is
            →  cpu   own loops on the
                     processor, with
                     vectors
               nd4j  not here

            A note that is longer than the
            table may be, in a line.""");
  }

  @Test
  void noSpaceToBreakAt_brokenAnywhere() {
    assertThat(FoldedTable.fold("a\n" + "x".repeat(25), 20))
        .isEqualTo("a\n" + "x".repeat(20) + "\n" + "x".repeat(5));
  }
}
