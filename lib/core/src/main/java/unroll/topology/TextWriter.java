package unroll.topology;

import java.util.Arrays;
import java.util.List;
import unroll.autograd.Tape;
import unroll.data.Vocabulary;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Tensor;

/** Writes on from a beginning, one token at a time, in constant memory. */
final class TextWriter {

  private final Stack stack;
  private final Vocabulary vocabulary;
  private List<Tensor> state = List.of();

  TextWriter(Stack stack) {
    this.stack = stack;
    vocabulary = stack.vocabulary();
  }

  String write(String prompt, int length, Decode how) {
    int[] start = vocabulary.read(prompt);
    if (start.length == 0 || length < 0) {
      throw new IllegalArgumentException(
          "generate: needs a beginning of at least one character and a length from 0 up, got \"%s\" and %d"
              .formatted(prompt, length));
    }
    if (how.beams() > 1) {
      throw new IllegalArgumentException(
          "generate: a text has no end that beams could be compared at; use Decode.greedy() or Decode.sample()");
    }
    int[] written = new int[length];
    double[] logits = step(start);
    for (int i = 0; i < length; i++) {
      written[i] = how.next(logits);
      logits = step(written[i]);
    }
    return vocabulary.write(written);
  }

  /** Takes tokens in; the logits after the last. */
  private double[] step(int... tokens) {
    try (Tape memory = Tape.blank()) {
      Tensor input = stack.embedding().lookup(tokens, tokens.length, 1);
      Unrolled<List<Tensor>> run = stack.carry(input, state);
      state = run.state().stream().map(Tensor::keep).toList();
      double[] logits = run.output().get(tokens.length - 1).toArray();
      if (vocabulary.contains(Vocabulary.UNKNOWN)) {
        logits[vocabulary.id(Vocabulary.UNKNOWN)] = Double.NEGATIVE_INFINITY;
      }
      return Arrays.copyOf(logits, logits.length);
    }
  }
}
