package unroll.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.backend.Backend;
import unroll.io.SafeTensors;
import unroll.io.StoredTensor;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * A training as named tensors and strings: parameters, best weights, optimizer, average, the state
 * that is carried over a cut, history, generator, position in the data, and what it is of.
 */
final class Checkpoint {

  private static final String FORMAT = "unroll checkpoint 1";
  private static final int EPOCH_NUMBERS = 5;

  private Checkpoint() {}

  // Writing

  /** All of a training, as it stands between two steps. */
  static SafeTensors of(Learning learning, long nanos) {
    List<StoredTensor> tensors = new ArrayList<>();
    learning
        .objective
        .model()
        .parameters()
        .forEach((name, p) -> tensors.add(StoredTensor.of("parameter." + name, p.value())));
    learning.best.tensors().forEach((name, t) -> tensors.add(StoredTensor.of("best." + name, t)));
    learning
        .optimizer
        .state()
        .forEach((name, t) -> tensors.add(StoredTensor.of("optimizer." + name, t)));
    if (learning.average != null) {
      learning
          .average
          .state()
          .forEach((name, t) -> tensors.add(StoredTensor.of("average." + name, t)));
    }
    tensors.add(history(learning.history));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("format", FORMAT);
    Identity.of(learning).forEach((name, value) -> facts.put("of." + name, value));
    facts.put("of.losses", numbers(Identity.probe(learning)));
    facts.put("steps", String.valueOf(learning.steps));
    facts.put("nanoseconds", String.valueOf(nanos));
    facts.put("generator", text(learning.generator.state()));
    if (learning.position != null) {
      add(learning.position, facts, tensors);
    }
    facts.put("checksum", checksum(facts, SafeTensors.of(Map.of(), tensors)));
    return SafeTensors.of(facts, tensors);
  }

  private static void add(Position at, Map<String, String> facts, List<StoredTensor> tensors) {
    facts.put("position.drawnFrom", text(at.drawnFrom));
    facts.put("position.group", String.valueOf(at.group));
    facts.put("position.from", String.valueOf(at.from));
    facts.put("position.steps", String.valueOf(at.steps));
    facts.put("position.sums", numbers(at.loss, at.norm, at.weight));
    facts.put("position.carried", String.valueOf(at.carried.size()));
    for (int i = 0; i < at.carried.size(); i++) {
      List<Tensor> state = at.carried.get(i);
      for (int j = 0; j < state.size(); j++) {
        tensors.add(StoredTensor.of("carried." + i + "." + j, state.get(j)));
      }
    }
  }

  private static StoredTensor history(List<Epoch> epochs) {
    double[] values = new double[epochs.size() * EPOCH_NUMBERS];
    int at = 0;
    for (Epoch e : epochs) {
      values[at++] = e.number();
      values[at++] = e.loss();
      values[at++] = e.validationLoss();
      values[at++] = e.gradientNorm();
      values[at++] = e.learningRate();
    }
    return StoredTensor.of("history", new int[] {epochs.size(), EPOCH_NUMBERS}, values);
  }

  private static String text(Generator.State state) {
    return state.seed() + " " + state.block() + " " + state.used();
  }

  /** Numbers to the bit, as text. */
  private static String numbers(double... values) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      text.append(text.isEmpty() ? "" : " ").append(Double.toHexString(value));
    }
    return text.toString();
  }

  private static String checksum(Map<String, String> facts, SafeTensors tensors) {
    int strings = new java.util.TreeMap<>(facts).toString().hashCode();
    return Long.toHexString(tensors.checksum()) + Integer.toHexString(strings);
  }

  // Reading

  /**
   * Whether a file's contents are as they were written.
   *
   * @throws IllegalArgumentException if they are not
   */
  static void check(SafeTensors file) {
    Map<String, String> facts = new LinkedHashMap<>(file.metadata());
    if (!FORMAT.equals(facts.get("format"))) {
      throw new IllegalArgumentException("it is no checkpoint of a training");
    }
    String written = facts.remove("checksum");
    if (!checksum(facts, SafeTensors.of(Map.of(), file.tensors())).equals(written)) {
      throw new IllegalArgumentException("its checksum is wrong");
    }
  }

  /**
   * In what a checkpoint is of another training, in words; empty where it is of this one. The
   * losses of some examples are compared by {@link #restore}.
   */
  static String difference(SafeTensors file, Learning learning) {
    Map<String, String> now = Identity.of(learning);
    for (Map.Entry<String, String> fact : now.entrySet()) {
      String then = file.metadata().get("of." + fact.getKey());
      if (!fact.getValue().equals(then)) {
        return "%s was %s, is now %s".formatted(fact.getKey(), then, fact.getValue());
      }
    }
    return "";
  }

  /**
   * Goes on from a checkpoint that has been checked.
   *
   * @return nanoseconds of training before it
   * @throws IllegalArgumentException if some losses are not those that were written
   */
  static long restore(SafeTensors file, Learning learning) {
    Map<String, String> facts = file.metadata();
    learning
        .objective
        .model()
        .parameters()
        .forEach((name, p) -> p.set(file.get("parameter." + name).doubles()));
    double[] then = numbers(facts.get("of.losses"));
    double[] now = Identity.probe(learning);
    for (int i = 0; i < now.length; i++) {
      boolean near = Math.abs(now[i] - then[i]) <= 1e-5 * Math.max(1, Math.abs(then[i]));
      if (!near && Double.compare(now[i], then[i]) != 0) {
        throw new IllegalArgumentException(
            "with its weights the loss of an example was %s, is now %s".formatted(then[i], now[i]));
      }
    }
    learning.best.load(tensors(file, "best.", learning));
    learning.optimizer.load(tensors(file, "optimizer.", learning));
    if (learning.average != null) {
      learning.average.load(tensors(file, "average.", learning));
    }
    learning.history(history(file.get("history").doubles()));
    learning.steps = Long.parseLong(facts.get("steps"));
    if (facts.containsKey("position.group")) {
      position(file, learning);
    }
    learning.generator.restore(state(facts.get("generator")));
    return Long.parseLong(facts.get("nanoseconds"));
  }

  private static void position(SafeTensors file, Learning learning) {
    Map<String, String> facts = file.metadata();
    learning.generator.restore(state(facts.get("position.drawnFrom")));
    Position at = new Position(learning.batches, learning.generator, learning.fit);
    at.group = Integer.parseInt(facts.get("position.group"));
    at.from = Integer.parseInt(facts.get("position.from"));
    at.steps = Integer.parseInt(facts.get("position.steps"));
    double[] sums = numbers(facts.get("position.sums"));
    at.loss = sums[0];
    at.norm = sums[1];
    at.weight = sums[2];
    List<List<Tensor>> carried = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(facts.get("position.carried")); i++) {
      carried.add(List.copyOf(tensors(file, "carried." + i + ".", learning).values()));
    }
    at.carried = carried;
    learning.position = at;
  }

  private static Map<String, Tensor> tensors(SafeTensors file, String start, Learning learning) {
    Backend backend = learning.parameters.iterator().next().backend();
    Map<String, Tensor> found = new LinkedHashMap<>();
    for (StoredTensor tensor : file.tensors()) {
      if (tensor.name().startsWith(start)) {
        Tensor values = Tensor.of(tensor.doubles(), Shape.of(tensor.shape()), backend);
        found.put(tensor.name().substring(start.length()), values);
      }
    }
    return found;
  }

  private static List<Epoch> history(double[] values) {
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < values.length; i += EPOCH_NUMBERS) {
      epochs.add(
          new Epoch((int) values[i], values[i + 1], values[i + 2], values[i + 3], values[i + 4]));
    }
    return epochs;
  }

  private static Generator.State state(String text) {
    String[] parts = text.split(" ", -1);
    return new Generator.State(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
  }

  private static double[] numbers(String text) {
    return java.util.Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
