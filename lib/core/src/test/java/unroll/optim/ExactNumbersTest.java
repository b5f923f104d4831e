package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.tensor.OnBackend;

class ExactNumbersTest {

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "ejml"})
  void thereAndBack_loseNothing(String name) {
    OnBackend.Switch.run(
        name,
        () -> {
          Backend backend = Backends.current();
          long[] numbers = {
            0, 1, -1, 65_535, 65_536, (1L << 40) + 1, Long.MIN_VALUE, Double.doubleToLongBits(1e-3)
          };
          assertThat(ExactNumbers.of(ExactNumbers.tensor(backend, numbers)))
              .containsExactly(numbers);
          assertThat(ExactNumbers.of(ExactNumbers.tensor(backend))).isEmpty();
        });
  }
}
