package unroll.kernel.magic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import unroll.kernel.display.MimeBundle;
import unroll.nn.Trainable;
import unroll.tensor.Generator;
import unroll.train.Fit;
import unroll.train.Models;
import unroll.train.Run;

/**
 * The magics as plain methods, one a magic, for JShell and for kernels without magics: {@code
 * backend("cpu")} does what {@code %backend cpu} does. Imported statically there. What a magic does
 * with code, a method does with a lambda: {@code time(() -> model.predict(text))}.
 */
public final class Commands {
  private static final double BENCH_SECONDS = 2;
  private static final int DEFAULT_EPOCHS = 10;

  private Commands() {}

  /** Lists what can compute. */
  public static MimeBundle backend() {
    return BackendMagics.table();
  }

  /**
   * Chooses what computes, and lists what can.
   *
   * @param name its short name, or {@code auto}
   */
  public static MimeBundle backend(String name) {
    return BackendMagics.use(name);
  }

  /** Sets the session's generator to the start of the numbers of a seed. */
  public static void seed(long seed) {
    Generator.seed(seed);
  }

  /** Lists the models that were trained in this session. */
  public static MimeBundle models() {
    return SessionMagics.models(Models.list());
  }

  /**
   * Lists what the registry holds, with types, shapes and sizes; JShell itself lists variables with
   * {@code /vars}.
   */
  public static MimeBundle who() {
    return SessionMagics.registry();
  }

  /** Lists the datasets at hand. */
  public static MimeBundle data() throws IOException {
    return DataMagic.listing();
  }

  /**
   * Reads a dataset: a table, sentences, pairs of sentences, a text, or pictures; {@link #data()}
   * says what each is.
   */
  public static Object data(String name) throws IOException {
    return DataMagic.read(name);
  }

  /** Trains a model on data, as its own {@code fit} does, for 10 epochs. */
  public static Run train(Trainable model, Object data) throws Exception {
    return train(model, data, Fit.epochs(DEFAULT_EPOCHS));
  }

  /** Trains a model on data, as its own {@code fit} does. */
  public static Run train(Trainable model, Object data, Fit settings) throws Exception {
    return TrainMagic.train(model, data, settings);
  }

  /** The gates and states of a model for an input, as its own {@code trace} gives them. */
  public static Object trace(Object model, Object input) throws Exception {
    return TraceMagic.trace(model, input);
  }

  /**
   * The drawing of a table, a training, numbers, or anything that has one.
   *
   * @param columns of a table, those to draw; none for all
   */
  public static Object plot(Object value, String... columns) {
    return PlotMagic.plot(value, "", columns);
  }

  /** Times training steps of the recurrent layers on the present backend, for about 6 seconds. */
  public static MimeBundle bench() throws Exception {
    return StepBenchmark.usual().run(StepBenchmark.SECONDS);
  }

  /** Times work, run again and again for about 2 seconds. */
  public static MimeBundle bench(Callable<?> work) throws Exception {
    return BenchMagic.measure(work, BENCH_SECONDS);
  }

  /** Runs recurrent layers on reference files and compares all tensors with them. */
  public static MimeBundle parity(String... files) throws Exception {
    return ParityMagic.listing(ParityMagic.check(List.of(files)));
  }

  /**
   * Compares the gradients of a layer or cell with finite differences, in double precision: {@code
   * gradcheck(() -> Lstm.of(4, 3))}.
   *
   * @param made makes the layer or cell; called while {@code ejml} is the backend
   */
  public static MimeBundle gradcheck(Callable<?> made) throws Exception {
    return GradCheckMagic.inDouble(made);
  }

  /** Prints how long work takes, and gives its value. */
  public static <T> T time(Callable<T> work) throws Exception {
    return TimeMagic.time(work);
  }

  /**
   * The jars of libraries and of all that they need, from Maven's local folder or its repositories.
   * In JShell they come into the session with {@code /env -class-path}.
   *
   * @param coordinates group:artifact:version each
   */
  public static List<Path> maven(String... coordinates) throws Exception {
    return MavenMagic.jars(List.of(coordinates));
  }

  /**
   * Loads weights into a model.
   *
   * @param file safetensors, as {@link #save} or PyTorch writes them
   * @param renames {@code FROM=TO} for parts that have another name in the file than in the model
   */
  public static MimeBundle load(String file, Trainable model, String... renames)
      throws IOException {
    return LoadMagic.load(FileNames.existing(file), model, List.of(renames));
  }

  /**
   * Saves a model's weights, a table or a drawing.
   *
   * @param file its ending says how: .safetensors or .onnx for a model, .csv for a table, .svg or
   *     .png for what can be drawn
   */
  public static MimeBundle save(String file, Object value) throws IOException {
    return SaveMagic.save(Path.of(file), value);
  }

  /** Lists these methods, by the magics they stand for. */
  public static MimeBundle help() {
    return Help.listing(library());
  }

  /** All about one of them. */
  public static MimeBundle help(String name) {
    return Help.page(library().get(name.replaceFirst("^%+", "")));
  }

  private static Magics library() {
    var magics = new Magics();
    LibraryMagics.all().forEach(magics::register);
    return magics;
  }
}
