package unroll.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.data.SequenceData;
import unroll.data.Split;
import unroll.nn.Linear;
import unroll.nn.recurrent.Lstm;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;
import unroll.topology.SequenceToSequence;
import unroll.train.Fit;
import unroll.train.Run;

/** The same model on both backends of single precision, and the choice between them. */
class AutoTest {

  @BeforeEach
  void whereItRuns() {
    String missing = new Nd4jProvider().missing();
    assumeTrue(missing == null, missing);
  }

  @AfterEach
  void cpu() {
    Backends.use("cpu");
  }

  /** Random walks; what follows each step. */
  private static SequenceData data(int count, long seed) {
    double[] walks = new double[13 * count];
    Generator generator = Generator.of(seed);
    for (int t = 1; t <= 12; t++) {
      for (int i = 0; i < count; i++) {
        walks[t * count + i] = 0.9 * walks[(t - 1) * count + i] + 0.3 * generator.nextGaussian();
      }
    }
    double[] inputs = Arrays.copyOf(walks, 12 * count);
    double[] targets = Arrays.copyOfRange(walks, count, 13 * count);
    return new Walks(count, inputs, targets);
  }

  private record Walks(int count, double[] inputs, double[] targets) implements SequenceData {
    @Override
    public int steps() {
      return 12;
    }

    @Override
    public int inputSize() {
      return 1;
    }

    @Override
    public int outputSize() {
      return 1;
    }
  }

  private static SequenceToSequence model() {
    Generator generator = Generator.of(3);
    return SequenceToSequence.of(Lstm.of(1, 16, generator), Linear.of(16, 1, generator));
  }

  private static Run fit(SequenceToSequence model) {
    Split<SequenceData> data = new Split<>(data(40, 1), data(20, 2), data(20, 3));
    return model.fit(data, Fit.epochs(3).batch(10).generator(Generator.of(4)));
  }

  @Test
  void auto_timesBoth_andLeavesTheModelOnTheFaster() {
    Backends.use("auto");
    SequenceToSequence model = model();
    Run run = fit(model);
    Map<String, Double> found = milliseconds(run.toString());
    assertThat(found).containsOnlyKeys("cpu", "nd4j");
    String faster = found.get("cpu") < found.get("nd4j") ? "cpu" : "nd4j";
    assertThat(model.parameters().values())
        .extracting(Parameter::backend)
        .extracting(Backend::name)
        .containsOnly(faster);
    assertThat(Backends.current().name()).isEqualTo(faster);
    assertThat(Backends.isAuto()).isTrue();

    Backends.use(faster);
    SequenceToSequence chosen = model();
    fit(chosen);
    assertClose(model, chosen, faster.equals("cpu") ? 0 : 1e-4);
  }

  @Test
  void trainedOnNd4j_isNearlyWhatCpuTrains_andMovesThere() {
    SequenceToSequence there = model();
    there.to("nd4j");
    fit(there);
    SequenceToSequence here = model();
    fit(here);
    Tensor input = Tensor.of(new double[] {0.1, -0.3, 0.7}, 3, 1, 1);
    double[] expected = here.predict(input).toArray();
    assertThat(there.predict(input).backend().name()).isEqualTo("nd4j");
    there.to("cpu");
    assertClose(there, here, 1e-4);
    double[] actual = there.predict(input).toArray();
    for (int i = 0; i < 3; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  /** {@code ...; auto: cpu 8.2 ms, nd4j 38 ms a step}. */
  private static Map<String, Double> milliseconds(String run) {
    String found = run.substring(run.indexOf("auto: ") + 6).replace(" a step", "");
    return Arrays.stream(found.split(", "))
        .map(part -> part.split(" "))
        .collect(Collectors.toMap(part -> part[0], part -> Double.valueOf(part[1])));
  }

  private static void assertClose(SequenceToSequence a, SequenceToSequence b, double offset) {
    a.parameters()
        .forEach(
            (name, p) -> {
              double[] other = b.parameters().get(name).value().toArray();
              double[] own = p.value().toArray();
              for (int i = 0; i < own.length; i++) {
                assertThat(Math.abs(own[i] - other[i])).as(name).isLessThanOrEqualTo(offset);
              }
            });
  }
}
