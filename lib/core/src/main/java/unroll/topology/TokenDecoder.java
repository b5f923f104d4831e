package unroll.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import unroll.autograd.Parameter;
import unroll.data.TokenBatch;
import unroll.data.Vocabulary;
import unroll.loss.CrossEntropy;
import unroll.nn.Attended;
import unroll.nn.Attention;
import unroll.nn.AttentionMemory;
import unroll.nn.Embedding;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * The part of a network that writes: the word before goes in, what the next one may be comes out;
 * with attention, after a look at the source (Luong et al. 2015).
 *
 * <pre>
 * h = decoder(embedding(word before), state)
 * a = tanh(combine [context(h), h])     with attention; a = h without
 * logits = output a
 * </pre>
 *
 * @param <S> the recurrent layer's state
 */
final class TokenDecoder<S> implements Trainable {

  private final Vocabulary vocabulary;
  private final Embedding embedding;
  private final SequenceLayer<S> decoder;
  private final Attention attention;
  private final Linear combine;
  private final Linear output;

  /**
   * Makes what it needs beside the recurrent layer.
   *
   * @param attention null for none
   * @param valueSize how many numbers a step of the source has, for attention
   */
  TokenDecoder(
      String topology,
      Vocabulary vocabulary,
      SequenceLayer<S> decoder,
      Attention attention,
      int valueSize,
      Generator generator) {
    vocabulary.end();
    if (decoder.isBidirectional() || decoder.inputSize() < 1) {
      throw new IllegalArgumentException(
          "%s: the decoder must write forwards, from a known number of inputs; got %s"
              .formatted(topology, decoder));
    }
    this.vocabulary = vocabulary;
    this.decoder = decoder;
    this.attention = attention;
    int size = decoder.outputSize();
    embedding = Embedding.of(vocabulary, decoder.inputSize(), generator);
    combine = attention == null ? null : Linear.of(valueSize + size, size, generator);
    output = Linear.of(size, vocabulary.size(), generator);
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  Embedding embedding() {
    return embedding;
  }

  SequenceLayer<S> decoder() {
    return decoder;
  }

  Attention attention() {
    return attention;
  }

  Linear combine() {
    return combine;
  }

  Linear output() {
    return output;
  }

  WritingParts parts() {
    return new WritingParts(embedding, decoder, attention, combine, output);
  }

  /** A sentence as it goes in when it is taught: the begin token, then its words. */
  int[] input(List<String> words) {
    int[] ids = vocabulary.encode(words);
    int[] in = new int[ids.length + 1];
    in[0] = vocabulary.begin();
    System.arraycopy(ids, 0, in, 1, ids.length);
    return in;
  }

  /**
   * The mean loss over all words of some sentences and their ends, padding left out.
   *
   * @param initial the state before the begin token
   * @param memory what attention looks at, or null
   * @param inputs of {@link #input}
   * @param ownShare how many of the words that go in are the network's own
   */
  Tensor loss(S initial, AttentionMemory memory, TokenBatch inputs, double ownShare) {
    int batch = inputs.batch();
    Tensor shown =
        ownShare > 0
            ? sampled(initial, memory, inputs, ownShare)
            : shown(forced(initial, inputs), memory);
    int[] rows = rows(inputs);
    int[] targets = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int t = rows[i] / batch;
      int b = rows[i] % batch;
      boolean end = t + 1 == inputs.lengths()[b];
      targets[i] = end ? vocabulary.end() : inputs.tokens()[(t + 1) * batch + b];
    }
    Tensor all = shown.reshape(inputs.steps() * batch, decoder.outputSize());
    Tensor counting = rows.length == inputs.steps() * batch ? all : all.gather(rows);
    return CrossEntropy.of(output.apply(counting), targets);
  }

  /** Where words are, not padding: indices into [steps batch]. */
  private static int[] rows(TokenBatch inputs) {
    int[] rows = new int[inputs.count()];
    int at = 0;
    for (int i = 0; i < inputs.tokens().length; i++) {
      if (i / inputs.batch() < inputs.lengths()[i % inputs.batch()]) {
        rows[at++] = i;
      }
    }
    return rows;
  }

  private Tensor forced(S initial, TokenBatch inputs) {
    int[] lengths = Stack.lengthsOrNull(inputs.lengths(), inputs.steps());
    return decoder.run(embedding.lookup(inputs), initial, lengths).output();
  }

  /** What the output layer sees, [time, batch, size], from the decoder's own outputs. */
  private Tensor shown(Tensor hidden, AttentionMemory memory) {
    if (attention == null) {
      return hidden;
    }
    List<Tensor> contexts = new ArrayList<>();
    for (Tensor query : hidden.unstack()) {
      contexts.add(memory.attend(query).context());
    }
    return Tensors.tanh(combine.apply(Tensors.concat(Tensors.stack(contexts), hidden)));
  }

  /** Scheduled sampling: some of the words that go in are those it would have written itself. */
  private Tensor sampled(S initial, AttentionMemory memory, TokenBatch inputs, double ownShare) {
    Generator generator = Generator.current();
    int batch = inputs.batch();
    int[] tokens = Arrays.copyOf(inputs.tokens(), batch);
    List<Tensor> all = new ArrayList<>();
    S state = initial;
    for (int t = 0; t < inputs.steps(); t++) {
      Unrolled<S> step = decoder.step(embedding.lookup(tokens, 1, batch).get(0), state);
      state = step.state();
      Tensor seen = step.output().reshape(1, batch, decoder.outputSize());
      all.add(shown(seen, memory).get(0));
      if (t + 1 < inputs.steps()) {
        int[] own = Tensors.argmax(output.apply(all.get(t)));
        for (int b = 0; b < batch; b++) {
          boolean mine = generator.nextDouble() < ownShare;
          tokens[b] = mine ? own[b] : inputs.tokens()[(t + 1) * batch + b];
        }
      }
    }
    return Tensors.stack(all);
  }

  /**
   * Writes one step at a time.
   *
   * @param memory what attention looks at, by the number of sequences; or null
   * @param looks takes attention's weights after each step; or null
   */
  Decoding<S> decoding(IntFunction<AttentionMemory> memory, List<double[]> looks) {
    Decoding.Model<S> model =
        new Decoding.Model<>() {
          @Override
          public Decoding.Next<S> step(int[] tokens, S state) {
            return next(tokens, state, memory, looks);
          }

          @Override
          public S select(S state, int... sequences) {
            return decoder.select(state, sequences);
          }
        };
    return new Decoding<>(model, vocabulary.begin(), vocabulary.end());
  }

  private Decoding.Next<S> next(
      int[] tokens, S state, IntFunction<AttentionMemory> memory, List<double[]> looks) {
    int batch = tokens.length;
    Unrolled<S> step = decoder.step(embedding.lookup(tokens, 1, batch).get(0), state);
    Tensor shown = step.output();
    if (attention != null) {
      Attended attended = memory.apply(batch).attend(step.output());
      if (looks != null) {
        looks.add(attended.weights().toArray());
      }
      shown = Tensors.tanh(combine.apply(Tensors.concat(attended.context(), shown)));
    }
    double[] flat = output.apply(shown).toArray();
    int size = vocabulary.size();
    double[][] logits = new double[batch][];
    for (int b = 0; b < batch; b++) {
      logits[b] = Arrays.copyOfRange(flat, b * size, (b + 1) * size);
      logits[b][vocabulary.pad()] = Double.NEGATIVE_INFINITY;
      logits[b][vocabulary.begin()] = Double.NEGATIVE_INFINITY;
    }
    return new Decoding.Next<>(logits, step.state());
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    add(all, "embedding.", embedding);
    add(all, "decoder.", decoder);
    if (attention != null) {
      add(all, "attention.", attention);
      add(all, "combine.", combine);
    }
    add(all, "output.", output);
    return all;
  }

  static void add(Map<String, Parameter> all, String prefix, Trainable part) {
    part.parameters().forEach((name, p) -> all.put(prefix + name, p));
  }
}
