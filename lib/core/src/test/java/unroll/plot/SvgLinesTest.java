package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SvgLinesTest {
  private static final String ROUND = "stroke:#0072b2;stroke-linecap:round";

  private static String line(String style, int x1, int y1, int x2, int y2) {
    return "<line style=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n"
        .formatted(style, x1, x2, y1, y2);
  }

  @Test
  void linesThatFollow_becomeOnePath() {
    String body = line(ROUND, 0, 0, 3, 4) + line(ROUND, 3, 4, 5, 4) + line(ROUND, 5, 4, 6, 1);
    assertThat(SvgLines.joined(body))
        .isEqualTo("<path d=\"M0 0l3 4h2l1-3\" style=\"" + ROUND + "\"/>\n");
  }

  @Test
  void gapOrOtherStyleOrElement_endsThePath() {
    String other = ROUND.replace("0072b2", "d55e00");
    String body =
        line(ROUND, 0, 0, 1, 1)
            + line(ROUND, 1, 1, 2, 2)
            + line(ROUND, 4, 4, 5, 5)
            + line(other, 5, 5, 6, 6)
            + "</g>\n"
            + line(other, 6, 6, 7, 7);
    assertThat(SvgLines.joined(body))
        .isEqualTo(
            "<path d=\"M0 0l1 1l1 1\" style=\""
                + ROUND
                + "\"/>\n"
                + body.substring(body.indexOf(line(ROUND, 4, 4, 5, 5))));
  }

  @Test
  void linesWithFlatEnds_stay() {
    String body = line("stroke:#5b6773", 0, 0, 1, 1) + line("stroke:#5b6773", 1, 1, 2, 0);
    assertThat(SvgLines.joined(body)).isEqualTo(body);
  }
}
