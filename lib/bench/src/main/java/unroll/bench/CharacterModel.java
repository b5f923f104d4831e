package unroll.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.bench.convergence.Cells;
import unroll.loss.CrossEntropy;
import unroll.nn.Embedding;
import unroll.nn.Linear;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.optim.Adam;
import unroll.optim.Clip;
import unroll.optim.Optimizer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * One training step of a character model: Embedding(65, input), a recurrent layer, Linear(65),
 * softmax with cross-entropy, gradients clipped to norm 5, Adam(2e-3); every parameter trained.
 */
final class CharacterModel {

  private static final int VOCABULARY = 65;

  private final Work work;
  private final int[] characters;
  private final int[] targets;
  private final Embedding embedding;
  private final SequenceLayer<?> layer;
  private final Linear head;
  private final List<Parameter> parameters = new ArrayList<>();
  private final Optimizer adam;

  CharacterModel(Work work) {
    this.work = work;
    Generator generator = Generator.of(1);
    embedding = Embedding.of(VOCABULARY, work.input(), generator);
    layer = Cells.layer(work.cell(), work.input(), work.hidden(), generator);
    head = Linear.of(work.hidden(), VOCABULARY, generator);
    parameters.addAll(embedding.parameters().values());
    parameters.addAll(layer.parameters().values());
    parameters.addAll(head.parameters().values());
    adam = Adam.defaults().of(parameters, 2e-3);
    characters = random(generator);
    targets = random(generator);
  }

  private int[] random(Generator generator) {
    int[] out = new int[work.steps() * work.batch()];
    for (int i = 0; i < out.length; i++) {
      out[i] = generator.nextInt(VOCABULARY);
    }
    return out;
  }

  /** Forward, backward, clip, change; once for every stretch between two cuts. */
  void step() {
    run(layer);
  }

  private <S> void run(SequenceLayer<S> recurrent) {
    S state = null;
    for (int from = 0; from < work.steps(); from += work.truncate()) {
      int to = Math.min(work.steps(), from + work.truncate());
      int[] input = Arrays.copyOfRange(characters, from * work.batch(), to * work.batch());
      int[] wanted = Arrays.copyOfRange(targets, from * work.batch(), to * work.batch());
      try (Tape tape = Tape.open()) {
        Tensor x = embedding.lookup(input, to - from, work.batch());
        S before = state == null ? recurrent.initialState(work.batch()) : state;
        Unrolled<S> unrolled = recurrent.run(x, before);
        Tensor loss = CrossEntropy.of(head.apply(unrolled.output()), wanted);
        Gradients gradients = tape.backward(loss);
        adam.step(gradients, Clip.scale(Clip.globalNorm(parameters, gradients), 5));
        state = to < work.steps() ? recurrent.keep(unrolled.state()) : null;
      }
    }
  }
}
