package unroll.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RehearsalTest {

  @Test
  @Timeout(60)
  void allCellsButTheLast_succeed() throws Exception {
    var states = Rehearsal.play();
    var expected = new ArrayList<>(Collections.nCopies(states.size() - 1, "ok"));
    expected.add("error"); // that one is wrong on purpose
    assertThat(states).isEqualTo(expected);
  }
}
