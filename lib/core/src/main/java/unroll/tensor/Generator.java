package unroll.tensor;

import java.util.function.Supplier;

/**
 * Random numbers from a seed: the same seed gives the same numbers, to the bit, on every machine.
 * The words come from Philox 4x32-10, which computes them from the seed and a counter; so the whole
 * state is three numbers, and can be kept and restored with {@link #state} and {@link #of(State)}.
 *
 * <p>A session owns one generator, {@link #session()}. Layers and {@code fit} draw from it unless
 * they are given another. What draws while a model runs (dropout, scheduled sampling) takes {@link
 * #current()}: inside a training that training's generator.
 *
 * <p>Each method is atomic, so several threads may share a generator. What each of them gets then
 * depends on who comes first: figures that must be the same again need one generator a thread.
 *
 * <p>Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
public final class Generator {

  /** The seed of a session in which none was set. */
  public static final long DEFAULT_SEED = 0;

  private static final int BLOCK = 4;
  private static final Generator SESSION = of(DEFAULT_SEED);
  private static final ThreadLocal<Generator> CURRENT = new ThreadLocal<>();

  private final int[] words = new int[BLOCK];
  private long seed;
  private long block;
  private int used;

  private Generator(State state) {
    restore(state);
  }

  /**
   * All that decides what a generator draws next.
   *
   * @param seed the seed, Philox's key
   * @param block how many blocks of four words lie behind it, Philox's counter
   * @param used how many words of the block are used up, 0 to 3
   */
  public record State(long seed, long block, int used) {
    /** Refuses a number of words that a block does not have. */
    public State {
      if (used < 0 || used >= BLOCK) {
        throw new IllegalArgumentException(
            "Generator.State: used must be 0 to 3, got " + used + "; was the state damaged?");
      }
    }
  }

  /** A generator at the start of a seed's numbers. */
  public static Generator of(long seed) {
    return new Generator(new State(seed, 0, 0));
  }

  /** A generator that goes on where another one was. */
  public static Generator of(State state) {
    return new Generator(state);
  }

  /** The session's generator: always the same object. Its first seed is {@link #DEFAULT_SEED}. */
  public static Generator session() {
    return SESSION;
  }

  /** The generator of the innermost {@link #with} around this call; outside, the session's. */
  public static Generator current() {
    Generator generator = CURRENT.get();
    return generator == null ? SESSION : generator;
  }

  /**
   * Does some work with another {@linkplain #current() current} generator, on this thread. Another
   * {@code with} may lie inside; after each the generator before it is current again.
   *
   * @return what the work gives
   */
  public static <T> T with(Generator generator, Supplier<T> work) {
    Generator before = CURRENT.get();
    CURRENT.set(generator);
    try {
      return work.get();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  /** {@link #with(Generator, Supplier)} for work that gives nothing. */
  public static void with(Generator generator, Runnable work) {
    with(
        generator,
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * Sets the session's generator, in place, to the start of a seed's numbers. Whoever holds it goes
   * on with the new ones.
   */
  public static void seed(long seed) {
    SESSION.restore(new State(seed, 0, 0));
  }

  /** What decides the next draws. */
  public synchronized State state() {
    return new State(seed, block, used);
  }

  /** Goes on, in place, where a generator was when its state was taken. */
  public synchronized void restore(State state) {
    seed = state.seed();
    block = state.block();
    used = state.used();
    Philox.block(block, 0, seed, words);
  }

  /** Any int, all equally likely: one word. */
  public synchronized int nextInt() {
    int word = words[used];
    used++;
    if (used == BLOCK) {
      used = 0;
      block++;
      Philox.block(block, 0, seed, words);
    }
    return word;
  }

  /**
   * An int from 0 to {@code bound - 1}, all exactly equally likely (Lemire 2019): one word, seldom
   * more.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public synchronized int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException(
          "Generator.nextInt: bound must be positive, got " + bound + "; is the data empty?");
    }
    long product = (nextInt() & 0xFFFFFFFFL) * bound;
    if ((product & 0xFFFFFFFFL) < bound) {
      long refused = (1L << 32) % bound;
      while ((product & 0xFFFFFFFFL) < refused) {
        product = (nextInt() & 0xFFFFFFFFL) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** A multiple of 2⁻⁵³ in [0, 1): two words. */
  public synchronized double nextDouble() {
    long high = nextInt() & 0xFFFFFFFFL;
    long low = nextInt() & 0xFFFFFFFFL;
    return ((high << 32 | low) >>> 11) * 0x1p-53;
  }

  /** A multiple of 2⁻²⁴ in [0, 1): one word. */
  public synchronized float nextFloat() {
    return (nextInt() >>> 8) * 0x1p-24f;
  }

  /**
   * A number from the normal distribution with mean 0 and standard deviation 1: four words. Box and
   * Muller's method (1958), in functions that give the same bits everywhere.
   */
  public synchronized double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /**
   * Fills an array with numbers from [low, high).
   *
   * @throws IllegalArgumentException if low is not less than high, or one is not finite
   */
  public synchronized void fillUniform(double[] to, double low, double high) {
    if (!(low < high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException(
          "Generator.fillUniform: needs finite low < high, got " + low + " and " + high);
    }
    double largest = Math.nextDown(high);
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.min(low + (high - low) * nextDouble(), largest);
    }
  }

  /**
   * Fills an array with numbers from a normal distribution: {@link #nextGaussian} for each.
   *
   * @throws IllegalArgumentException if the standard deviation is negative or one is not finite
   */
  public synchronized void fillNormal(double[] to, double mean, double standardDeviation) {
    if (!(standardDeviation >= 0 && Double.isFinite(standardDeviation) && Double.isFinite(mean))) {
      throw new IllegalArgumentException(
          "Generator.fillNormal: needs a finite mean and a standard deviation of 0 or more, got "
              + mean
              + " and "
              + standardDeviation);
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = mean + standardDeviation * nextGaussian();
    }
  }

  /**
   * The numbers 0 to n - 1 in random order, all orders equally likely (Fisher and Yates).
   *
   * @throws IllegalArgumentException if n is negative
   */
  public synchronized int[] permutation(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("Generator.permutation: n must be 0 or more, got " + n);
    }
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
