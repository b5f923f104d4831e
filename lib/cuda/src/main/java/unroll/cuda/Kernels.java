package unroll.cuda;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** The own kernels, kernels.cu, ready to be started. */
final class Kernels {

  /** Threads of a block; also the most that a row gets. */
  private static final int THREADS = 256;

  private static final int FEWEST_THREADS = 32;
  private static final int MOST_BLOCKS = 4096;
  private static final int MOST_ARGUMENTS = 16;

  private final Driver driver;
  private final CUmod_st module;
  private final Map<String, CUfunc_st> functions = new HashMap<>();
  private final BytePointer values = new BytePointer(8L * MOST_ARGUMENTS);
  private final ByteBuffer bytes = values.asByteBuffer().order(ByteOrder.nativeOrder());
  private final PointerPointer<BytePointer> arguments = new PointerPointer<>(MOST_ARGUMENTS);

  Kernels(Driver driver, KernelCache cache) {
    this.driver = driver;
    String source = KernelCache.source();
    String compiler = KernelCompiler.version();
    int capability = driver.capability();
    byte[] code =
        cache.get(
            () ->
                KernelCompiler.compile(
                    source, KernelCompiler.Target.of(capability, KernelCompiler.supported())),
            source,
            compiler,
            String.valueOf(capability),
            String.valueOf(driver.version()));
    module = driver.load(code);
    for (int i = 0; i < MOST_ARGUMENTS; i++) {
      arguments.put(i, new Address(values.address() + 8L * i));
    }
  }

  /** How many blocks of {@link #THREADS} threads go over n numbers. */
  static int blocks(long n) {
    return (int) Math.min((n + THREADS - 1) / THREADS, MOST_BLOCKS);
  }

  /** How many threads share a row: a power of two. */
  static int threadsOfRow(int length) {
    int threads = FEWEST_THREADS;
    while (threads < length && threads < THREADS) {
      threads *= 2;
    }
    return threads;
  }

  /**
   * Starts a kernel with a thread for each of n numbers; none for no numbers.
   *
   * @param args what it takes: Integer, Float, a {@link CudaBuffer} to read, {@link #to} one to
   *     write, or null for no buffer
   */
  void each(String name, long n, Object... args) {
    if (n > 0) {
      launch(name, blocks(n), THREADS, args);
    }
  }

  /** Starts a kernel with a block for each row. */
  void rows(String name, int rows, int length, Object... args) {
    if (rows > 0) {
      launch(name, Math.min(rows, MOST_BLOCKS), threadsOfRow(length), args);
    }
  }

  /** Starts a kernel on a grid of this size. */
  void blocks(String name, int grid, Object... args) {
    launch(name, grid, THREADS, args);
  }

  /** A buffer that a kernel writes to. */
  record Output(CudaBuffer buffer) {}

  static Output to(CudaBuffer buffer) {
    return new Output(buffer);
  }

  private void launch(String name, int grid, int block, Object... args) {
    try {
      synchronized (driver) {
        for (int i = 0; i < args.length; i++) {
          put(8 * i, args[i]);
        }
        driver.launch(name, function(name), grid, block, arguments);
      }
    } finally {
      // nobody may get a buffer's memory before the kernel is in the stream
      Reference.reachabilityFence(args);
    }
  }

  private void put(int at, Object argument) {
    if (argument == null) {
      bytes.putLong(at, 0);
    } else if (argument instanceof Integer number) {
      bytes.putInt(at, number);
    } else if (argument instanceof Float number) {
      bytes.putFloat(at, number);
    } else if (argument instanceof CudaBuffer buffer) {
      bytes.putLong(at, buffer.read());
    } else {
      bytes.putLong(at, ((Output) argument).buffer().write());
    }
  }

  private CUfunc_st function(String name) {
    return functions.computeIfAbsent(name, n -> driver.function(module, n));
  }
}
