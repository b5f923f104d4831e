package unroll.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import unroll.autograd.Parameter;
import unroll.data.TokenBatch;
import unroll.nn.AttentionMemory;
import unroll.nn.Embedding;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * The parts of an {@link EncoderDecoder}, with the states of both layers known.
 *
 * @param <E> the encoder's state
 * @param <S> the decoder's state
 */
record Translator<E, S>(
    Embedding source, SequenceLayer<E> encoder, Bridge<E, S> bridge, TokenDecoder<S> decoder)
    implements Trainable {

  /** What is written from: the decoder's first state, and what attention looks at. */
  private record Read<S>(S state, Tensor outputs, int[] lengths) {}

  private int pad() {
    return source.vocabulary().orElseThrow().pad();
  }

  private Read<S> read(TokenBatch sentences) {
    int[] lengths = Stack.lengthsOrNull(sentences.lengths(), sentences.steps());
    Unrolled<E> run = Stack.run(encoder, source.lookup(sentences), lengths);
    S state = bridge.cross(run.state(), sentences.batch());
    return new Read<>(state, run.output(), lengths);
  }

  private AttentionMemory memory(Read<S> read) {
    return decoder.attention() == null
        ? null
        : decoder.attention().over(read.outputs(), read.outputs(), read.lengths());
  }

  Tensor loss(TokenBatch sentences, TokenBatch inputs, double ownShare) {
    Read<S> read = read(sentences);
    return decoder.loss(read.state(), memory(read), inputs, ownShare);
  }

  /** Writes to many sentences side by side, the most probable word each time. */
  List<Decoding.Written> write(TokenBatch sentences, Decode how) {
    Read<S> read = read(sentences);
    AttentionMemory memory = memory(read);
    return decoder.decoding(b -> memory, null).write(read.state(), sentences.batch(), how);
  }

  /**
   * Writes to one sentence.
   *
   * @param looks takes attention's weights after each step of a search without beams; or null
   */
  Decoding.Written write(int[] sentence, Decode how, List<double[]> looks) {
    Read<S> read = read(TokenBatch.of(List.of(sentence), pad()));
    return decoder.decoding(repeated(read), looks).write(read.state(), how);
  }

  /** What the beams of one sentence look at. */
  private IntFunction<AttentionMemory> repeated(Read<S> read) {
    Map<Integer, AttentionMemory> known = new LinkedHashMap<>();
    return batch ->
        known.computeIfAbsent(
            batch,
            n -> {
              Tensor all = n == 1 ? read.outputs() : repeat(read.outputs(), n);
              return decoder.attention().over(all, all, null);
            });
  }

  private static Tensor repeat(Tensor outputs, int count) {
    return Tensors.concat(1, Collections.nCopies(count, outputs));
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    TokenDecoder.add(all, "source.", source);
    TokenDecoder.add(all, "encoder.", encoder);
    TokenDecoder.add(all, "bridge.", bridge);
    all.putAll(decoder.parameters());
    return Collections.unmodifiableMap(all);
  }

  /** Sentences to learn from or to validate with. */
  WritingObjective.Part part(List<int[]> sources, List<int[]> targets) {
    return new WritingObjective.Part(
        example -> sources.get(example).length,
        Checksums.of(sources.size(), i -> Checksums.of(sources.get(i))),
        targets,
        (some, inputs, share) -> {
          List<int[]> read = new ArrayList<>();
          Arrays.stream(some).forEach(e -> read.add(sources.get(e)));
          return loss(TokenBatch.of(read, pad()), inputs, share);
        });
  }
}
