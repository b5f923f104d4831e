package unroll.train;

import java.util.Arrays;
import java.util.List;
import unroll.backend.Backend;
import unroll.backend.DeviceMemoryError;
import unroll.tensor.Generator;

/**
 * About how much memory a step takes: measured on the longest example and on the few longest, and
 * drawn out to a batch.
 *
 * @param bytes of all buffers of a step at once
 * @param batch examples at a time
 * @param backend where they live
 */
record MemoryNeed(long bytes, int batch, Backend backend) {

  /** The rest is for the data, the weights and everything else. */
  private static final double SHARE = 0.9;

  private static final int FEW = 9;

  /** Tries a step or two without changing anything. */
  static MemoryNeed of(Learning learning) {
    Backend backend = learning.parameters.iterator().next().backend();
    Generator.State drawn = learning.generator.state();
    try {
      return Generator.with(learning.generator, () -> measure(learning, backend));
    } finally {
      learning.generator.restore(drawn);
    }
  }

  private static MemoryNeed measure(Learning learning, Backend backend) {
    Fit fit = learning.fit;
    learning.objective.begin(learning.progress());
    long sums = fit.accumulate() == 1 ? 0 : parameterBytes(learning);
    int largest = Math.min(fit.batch(), learning.batches.examples());
    int[] longest = learning.batches.longest(Math.min(FEW, largest));
    long one = backend.peakMemory(() -> attempt(learning, Arrays.copyOf(longest, 1)));
    boolean small = one * FEW < SHARE / 3 * backend.memoryLimit();
    int few = Math.min(small ? FEW : 2, largest);
    if (few == 1) {
      return new MemoryNeed(one + sums, largest, backend);
    }
    long more = backend.peakMemory(() -> attempt(learning, Arrays.copyOf(longest, few))) - one;
    long bytes = one + more * (largest - 1) / (few - 1) + sums;
    return new MemoryNeed(bytes, largest, backend);
  }

  private static long parameterBytes(Learning learning) {
    return learning.parameters.stream()
        .mapToLong(p -> (long) p.shape().length() * p.backend().precision().bytes())
        .sum();
  }

  private static void attempt(Learning learning, int[] examples) {
    int truncate = learning.fit.truncate();
    int to = truncate == Integer.MAX_VALUE ? Chunk.WHOLE : truncate;
    if (to != Chunk.WHOLE) {
      to = Math.min(to, learning.batches.lengths()[examples[0]]);
    }
    Chunk chunk = new Chunk(examples, 0, to, List.of());
    try {
      chunk.run(learning.objective, (loss, gradients) -> {});
    } catch (OutOfMemoryError e) {
      throw tooMany(examples.length, learning.parameters.iterator().next().backend(), e);
    }
  }

  private static IllegalStateException tooMany(int examples, Backend backend, Throwable cause) {
    String what = examples == 1 ? "a single example does" : examples + " examples at a time do";
    String mend =
        examples == 1 ? "shorten its sequence" : "try a batch of " + Math.max(1, examples / 4);
    return new IllegalStateException(
        "fit: %s not fit into the memory of the %s backend, %s; %s, or give more (%s)"
            .formatted(what, backend.name(), limit(backend), mend, backend.moreMemory()),
        cause);
  }

  /** What to say where a step did not fit in spite of the estimate. */
  IllegalStateException exceeded(OutOfMemoryError error) {
    String found = error instanceof DeviceMemoryError e ? ", " + free(e) : "";
    return new IllegalStateException(
        "fit: a step of %d examples needs about %s, and the memory of the %s backend ran out (%s%s); try a batch of %d, Fit.truncate, a smaller hidden size, or more memory (%s)"
            .formatted(
                batch,
                this,
                backend.name(),
                limit(backend),
                found,
                Math.max(1, batch / 2),
                backend.moreMemory()),
        error);
  }

  private static String free(DeviceMemoryError e) {
    return "of which %s were free when %s more were needed"
        .formatted(DeviceMemoryError.text(e.free()), DeviceMemoryError.text(e.needed()));
  }

  /** Refuses what cannot fit. */
  void check() {
    double room = SHARE * backend.memoryLimit();
    if (bytes > room) {
      int smaller = (int) Math.max(1, batch * room / bytes);
      throw new IllegalStateException(
          "fit: a step of %d examples needs about %s, the %s backend has %s; try a batch of %d, shorter sequences, or more memory (%s)"
              .formatted(
                  batch, this, backend.name(), limit(backend), smaller, backend.moreMemory()));
    }
  }

  private static String limit(Backend backend) {
    return DeviceMemoryError.text(backend.memoryLimit());
  }

  @Override
  public String toString() {
    return DeviceMemoryError.text(bytes);
  }
}
