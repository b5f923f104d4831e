package unroll.bench.convergence;

import java.util.Arrays;
import java.util.Collection;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.backend.Backends;
import unroll.loss.CrossEntropy;
import unroll.nn.Embedding;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.optim.Adam;
import unroll.optim.Clip;
import unroll.optim.Optimizer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * A character model, trained as {@code textlm_torch.py} trains it: the state is carried from step
 * to step and starts at zero with each pass through the text.
 *
 * @param <S> the state of its layer
 */
record TextModel<S>(Embedding embedding, SequenceLayer<S> layer, Linear head) implements Trainable {

  /** A new model; the seed decides its weights, which are drawn as PyTorch draws them. */
  static TextModel<?> of(Text text, TextSettings settings) {
    Generator generator = Generator.of(settings.seed());
    int vocabulary = text.characters().length;
    var embedding = Embedding.of(vocabulary, settings.features(), generator);
    var layer = Cells.layer(settings.cell(), settings.features(), settings.hidden(), generator);
    var head = Linear.of(settings.hidden(), vocabulary, generator);
    return new TextModel<>(embedding, layer, head);
  }

  /** Its weights one after the other, in the order of {@link #parameters}. */
  float[] weights() {
    double[] all =
        parameters().values().stream()
            .flatMapToDouble(p -> Arrays.stream(p.value().toArray()))
            .toArray();
    float[] weights = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      weights[i] = (float) all[i];
    }
    return weights;
  }

  /** Trains it, then measures it. */
  TextResult train(Text text, TextSettings settings, ProgressLine progress) {
    long began = System.nanoTime();
    step(text.training(settings.batch()), settings, progress);
    double validation = validate(text.validation(settings.batch()), settings.time());
    return new TextResult(
        "unroll-" + Backends.current().name(),
        settings.cell(),
        settings.seed(),
        settings.steps(),
        validation,
        (System.nanoTime() - began) / 1e9);
  }

  private void step(TextRows rows, TextSettings settings, ProgressLine progress) {
    Collection<Parameter> parameters = parameters().values();
    Optimizer adam = Adam.defaults().of(parameters, settings.learningRate());
    S state = layer.initialState(rows.batch());
    int at = 0;
    for (int step = 1; step <= settings.steps(); step++) {
      if (at + settings.time() > rows.length()) {
        at = 0;
        state = layer.initialState(rows.batch());
      }
      try (Tape tape = Tape.open()) {
        Unrolled<S> read = read(rows, at, at + settings.time(), state);
        Tensor loss = loss(read, rows, at);
        Gradients gradients = tape.backward(loss);
        double norm = Clip.globalNorm(parameters, gradients);
        adam.step(gradients, Clip.scale(norm, settings.clip()));
        state = layer.keep(read.state());
        if (step % 50 == 0) {
          progress.show(step, settings.steps(), loss.item());
        }
      }
      at += settings.time();
    }
  }

  private Unrolled<S> read(TextRows rows, int from, int to, S state) {
    return layer.run(embedding.lookup(rows.inputs(from, to), to - from, rows.batch()), state);
  }

  private Tensor loss(Unrolled<S> read, TextRows rows, int from) {
    Tensor logits = head.apply(read.output());
    return CrossEntropy.of(logits, rows.targets(from, from + logits.size(0)));
  }

  /** The mean loss over all characters but those of the last, incomplete step. */
  private double validate(TextRows rows, int time) {
    double total = 0;
    int count = 0;
    S state = layer.initialState(rows.batch());
    for (int at = 0; at + time <= rows.length(); at += time) {
      try (Tape memory = Tape.blank()) {
        Unrolled<S> read = read(rows, at, at + time, state);
        total += loss(read, rows, at).item();
        state = layer.keep(read.state());
      }
      count++;
    }
    return total / count;
  }
}
