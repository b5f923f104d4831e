package unroll.kernel.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import unroll.autograd.Tape;
import unroll.backend.Backends;
import unroll.kernel.display.Listing;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Words;
import unroll.nn.Layer;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Rnn;
import unroll.optim.Adam;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * Steps of training of the three recurrent layers, on the present backend.
 *
 * @param time steps of time
 * @param batch sequences at a time
 * @param size of inputs and of hidden states
 */
record StepBenchmark(int time, int batch, int size) {
  /** How long it takes where nothing is said. */
  static final double SECONDS = 6;

  /** A JVM that has not trained yet needs this part of the time to become fast. */
  private static final double WARM_UP = 0.6;

  /** The usual sizes. */
  static StepBenchmark usual() {
    return new StepBenchmark(64, 32, 128);
  }

  /**
   * Says what it does while it does it.
   *
   * @param seconds for all of it
   */
  MimeBundle run(double seconds) throws Exception {
    var generator = Generator.of(1);
    Map<String, Layer> layers = new LinkedHashMap<>();
    layers.put("Rnn", Rnn.of(size, size, generator));
    layers.put("Gru", Gru.of(size, size, generator));
    layers.put("Lstm", Lstm.of(size, size, generator));
    var values = new double[time * batch * size];
    generator.fillNormal(values, 0, 1);
    var input = Tensor.of(values, time, batch, size);
    List<List<String>> rows = new ArrayList<>();
    for (var entry : layers.entrySet()) {
      System.out.println(
          "%s, %d of %d …".formatted(entry.getKey(), rows.size() + 1, layers.size()));
      var step = step(entry.getValue(), input);
      double median = BenchMagic.Samples.take(step, seconds / layers.size(), WARM_UP).median();
      rows.add(
          List.of(
              entry.getKey(),
              Words.seconds(median),
              String.format(Locale.ROOT, "%,.0f", batch / median),
              String.format(Locale.ROOT, "%,.0f", time * batch / median)));
    }
    var note =
        "%s, %s; %d steps of time, batch %d, hidden size %d, forward, backward and Adam"
            .formatted(Backends.current().name(), Backends.current().device(), time, batch, size);
    return new Listing(
            List.of("layer", "a training step", "sequences a second", "steps of time a second"),
            rows,
            note)
        .bundle();
  }

  private static java.util.concurrent.Callable<?> step(Layer layer, Tensor input) {
    var optimizer = Adam.defaults().of(layer.parameters().values(), 1e-3);
    return () -> {
      try (var tape = Tape.open()) {
        var output = layer.apply(input);
        var loss = output.times(output).mean();
        optimizer.step(tape.backward(loss));
        return loss.item();
      }
    };
  }
}
