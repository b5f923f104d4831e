package unroll.bench.convergence;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import unroll.backend.Backends;
import unroll.backend.Threaded;

/** What is trained, how often, and where. */
final class TrainingOptions {

  @Option(
      names = "--cells",
      split = ",",
      arity = "1..*",
      description = "RNN, LSTM and GRU, or some of them (default: ${DEFAULT-VALUE})",
      defaultValue = "RNN,LSTM,GRU")
  private List<String> cells;

  @Option(
      names = "--seeds",
      split = ",",
      arity = "1..*",
      description = "each is a training of its own (default: ${DEFAULT-VALUE})",
      defaultValue = "1,2,3,4,5")
  private List<Long> seeds;

  @Option(
      names = "--threads",
      description = "threads to use; no result depends on it (default: all cores)",
      defaultValue = "0")
  private int threads;

  @Option(names = "--backend", description = "where to compute (default: the session's)")
  private String backend;

  List<String> cells() {
    return cells;
  }

  List<Long> seeds() {
    return seeds;
  }

  void check(CommandLine line) {
    for (String cell : cells) {
      if (!cell.matches("RNN|LSTM|GRU")) {
        throw new ParameterException(line, "no cell '" + cell + "'; RNN, LSTM or GRU");
      }
    }
  }

  /** Chooses the backend and the number of threads; returns that number. */
  int apply() {
    if (backend != null) {
      Backends.use(backend);
    }
    if (!(Backends.current() instanceof Threaded)) {
      return 1;
    }
    if (threads > 0) {
      Backends.threads(threads);
    }
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
