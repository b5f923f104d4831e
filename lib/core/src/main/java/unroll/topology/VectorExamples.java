package unroll.topology;

import java.util.Arrays;
import java.util.List;
import unroll.data.Sentence;
import unroll.data.Sequences;
import unroll.data.TokenBatch;
import unroll.data.Vocabulary;
import unroll.loss.CrossEntropy;
import unroll.loss.Loss;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Sequences with one target each: what goes into a network for some of them, and the loss. */
interface VectorExamples {

  int count();

  int length(int example);

  /** The embedded or numeric input of some examples, [time, batch, features]. */
  Tensor input(Stack stack, int[] examples);

  /** The mean loss of outputs [batch, size] for some examples. */
  Tensor loss(Tensor output, int[] examples);

  /** Tells these examples from others: of all that goes in, and all that shall come out. */
  long checksum();

  default int[] lengths(int[] examples) {
    return Arrays.stream(examples).map(this::length).toArray();
  }

  /** Sentences with labels. */
  static VectorExamples of(List<Sentence> sentences, Vocabulary vocabulary, List<String> labels) {
    List<int[]> tokens = sentences.stream().map(s -> vocabulary.encode(s.tokens())).toList();
    int[] classes = sentences.stream().mapToInt(s -> labels.indexOf(s.label())).toArray();
    return new VectorExamples() {
      @Override
      public int count() {
        return classes.length;
      }

      @Override
      public int length(int example) {
        return tokens.get(example).length;
      }

      @Override
      public Tensor input(Stack stack, int[] examples) {
        List<int[]> some = Arrays.stream(examples).mapToObj(tokens::get).toList();
        return stack.embed(TokenBatch.of(some, vocabulary.pad()));
      }

      @Override
      public Tensor loss(Tensor output, int[] examples) {
        return CrossEntropy.of(output, Arrays.stream(examples).map(e -> classes[e]).toArray());
      }

      @Override
      public long checksum() {
        long words = Checksums.of(tokens.size(), i -> Checksums.of(tokens.get(i)));
        return words * 31 + Checksums.of(classes);
      }
    };
  }

  /** Sequences of numbers. */
  static VectorExamples of(Sequences sequences) {
    Loss loss = Loss.meanSquaredError();
    return new VectorExamples() {
      @Override
      public int count() {
        return sequences.count();
      }

      @Override
      public int length(int example) {
        return sequences.length(example);
      }

      @Override
      public Tensor input(Stack stack, int[] examples) {
        int steps = Arrays.stream(lengths(examples)).max().orElse(0);
        Shape shape = Shape.of(steps, examples.length, sequences.inputSize());
        return Tensor.of(sequences.inputs(examples), shape, stack.backend());
      }

      @Override
      public Tensor loss(Tensor output, int[] examples) {
        if (sequences.classes()) {
          return CrossEntropy.of(output, sequences.classes(examples));
        }
        Shape shape = Shape.of(examples.length, sequences.outputSize());
        return loss.of(output, Tensor.of(sequences.targets(examples), shape, output.backend()));
      }

      @Override
      public long checksum() {
        return Checksums.of(
            count(), i -> Checksums.of(sequences.inputs(i)) * 31 + target(sequences, i));
      }
    };
  }

  private static long target(Sequences sequences, int example) {
    return sequences.classes()
        ? Checksums.of(sequences.classes(example))
        : Checksums.of(sequences.targets(example));
  }
}
