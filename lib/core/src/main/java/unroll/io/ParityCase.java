package unroll.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import unroll.backend.Backend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** A reference file: the settings of a layer, its weights, and what must come out. */
final class ParityCase {

  private static final Set<String> NO_WEIGHTS =
      Set.of("input", "h_0", "c_0", "probe", "output", "h_n", "c_n");

  private final Path file;
  private final SafeTensors contents;

  private ParityCase(Path file, SafeTensors contents) {
    this.file = file;
    this.contents = contents;
  }

  static ParityCase read(Path file) throws IOException {
    return new ParityCase(file, SafeTensors.read(file));
  }

  /** What kind of layer: RNN, LSTM or GRU. */
  String module() throws SafeTensorsException {
    return setting("module");
  }

  int inputSize() throws SafeTensorsException {
    return size("input_size", "weight_ih_l0");
  }

  int hiddenSize() throws SafeTensorsException {
    return size("hidden_size", projection() == 0 ? "weight_hh_l0" : "weight_hr_l0");
  }

  int numLayers() throws SafeTensorsException {
    int layers = positive("num_layers");
    if (layers > 1) {
      shape("weight_hh_l" + (layers - 1), 2);
    }
    return layers;
  }

  boolean isBidirectional() throws SafeTensorsException {
    return flag("bidirectional");
  }

  /** The size that the hidden state is projected to, or 0. */
  int projection() throws SafeTensorsException {
    return number("proj_size");
  }

  /** The lengths of the sequences, or null where all have all steps. */
  int[] lengths() throws SafeTensorsException {
    String text = contents.metadata().get("lengths");
    if (text == null) {
      return null;
    }
    try {
      String[] numbers = text.strip().replaceAll("^\\[|]$", "").split(",");
      return Arrays.stream(numbers).map(String::strip).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new SafeTensorsException(
          "Parity.check: %s has lengths '%s'; expected whole numbers, [3, 1, 2]"
              .formatted(file, text),
          e);
    }
  }

  /** A size, which the columns of a matrix confirm: nothing is allocated on the word of a text. */
  private int size(String key, String matrix) throws SafeTensorsException {
    Shape shape = shape(matrix, 2);
    if (shape.size(1) != number(key)) {
      throw bad("has %s %d, but '%s' of shape %s".formatted(key, number(key), matrix, shape));
    }
    return number(key);
  }

  boolean hasBias() throws SafeTensorsException {
    return flag("bias");
  }

  boolean isRelu() throws SafeTensorsException {
    String nonlinearity = setting("nonlinearity");
    return switch (nonlinearity) {
      case "tanh" -> false;
      case "relu" -> true;
      default -> throw bad("has nonlinearity '" + nonlinearity + "'; expected tanh or relu");
    };
  }

  boolean isDouble() throws SafeTensorsException {
    DType dtype = stored("output").dtype();
    if (dtype != DType.F32 && dtype != DType.F64) {
      throw bad("has output as " + dtype + "; expected F32 or F64");
    }
    return dtype == DType.F64;
  }

  /** What of the settings no layer of the library has yet, or an empty text. */
  String unsupported() throws SafeTensorsException {
    if (!Set.of("RNN", "LSTM", "GRU").contains(module())) {
      return "module " + module();
    }
    return module().equals("LSTM") || projection() == 0
        ? ""
        : "projection of a" + (module().equals("RNN") ? "n RNN" : " GRU");
  }

  /** A tensor of the file, which has the given shape, on a backend. */
  Tensor tensor(String name, Shape shape, Backend backend) throws SafeTensorsException {
    return Tensor.of(numbers(name, shape), shape, backend);
  }

  /** The numbers of a tensor of the file, which has the given shape. */
  double[] numbers(String name, Shape shape) throws SafeTensorsException {
    StoredTensor stored = stored(name);
    if (!shapeOf(stored).equals(shape)) {
      throw bad("has tensor '%s' of shape %s; expected %s".formatted(name, shapeOf(stored), shape));
    }
    return stored.doubles();
  }

  /** The sizes of a tensor of the file, which has so many axes. */
  Shape shape(String name, int rank) throws SafeTensorsException {
    Shape shape = shapeOf(stored(name));
    if (shape.rank() != rank) {
      throw bad("has tensor '%s' of shape %s; expected %d axes".formatted(name, shape, rank));
    }
    return shape;
  }

  /** Everything that is neither data nor a gradient, by name. */
  Map<String, Tensor> weights(Backend backend) throws SafeTensorsException {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (StoredTensor stored : contents.tensors()) {
      String name = stored.name();
      if (!NO_WEIGHTS.contains(name) && !name.startsWith("grad.")) {
        weights.put(name, Tensor.of(stored.doubles(), shapeOf(stored), backend));
      }
    }
    return weights;
  }

  /** The file's name without its folder. */
  String name() {
    return file.getFileName().toString();
  }

  SafeTensorsException bad(String what) {
    return new SafeTensorsException("Parity.check: " + file + " " + what);
  }

  private static Shape shapeOf(StoredTensor stored) {
    return Shape.of(stored.shape());
  }

  private StoredTensor stored(String name) throws SafeTensorsException {
    if (!contents.contains(name)) {
      throw bad("has no tensor '" + name + "'; was it made by generate.py?");
    }
    return contents.get(name);
  }

  private String setting(String key) throws SafeTensorsException {
    String value = contents.metadata().get(key);
    if (value == null) {
      throw bad("has no '" + key + "' in its metadata; was it made by generate.py?");
    }
    return value;
  }

  private int number(String key) throws SafeTensorsException {
    try {
      return Integer.parseInt(setting(key));
    } catch (NumberFormatException e) {
      throw new SafeTensorsException(
          "Parity.check: %s has %s '%s'; expected a whole number"
              .formatted(file, key, setting(key)),
          e);
    }
  }

  private int positive(String key) throws SafeTensorsException {
    int number = number(key);
    if (number < 1) {
      throw bad("has %s %d; expected 1 at least".formatted(key, number));
    }
    return number;
  }

  private boolean flag(String key) throws SafeTensorsException {
    String value = setting(key);
    if (!value.equals("true") && !value.equals("false")) {
      throw bad("has " + key + " '" + value + "'; expected true or false");
    }
    return value.equals("true");
  }
}
