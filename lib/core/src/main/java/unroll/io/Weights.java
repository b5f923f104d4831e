package unroll.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import unroll.nn.Trainable;

/**
 * Weights on their way: out of a file or a network, by other names where those differ, into a
 * network or a file. Immutable; it holds copies.
 *
 * <p>Layers name their parameters as PyTorch does, so only the names of the parts differ. A PyTorch
 * module with the attributes {@code rnn} and {@code head}, saved as safetensors, goes into a stack
 * of two layers and back:
 *
 * <pre>
 * Weights.load(path).rename("rnn", "0").rename("head", "1").into(model);
 * Weights.of(model).rename("0", "rnn").rename("1", "head").save(path);
 * </pre>
 */
public final class Weights {

  private final String source;
  private final Map<String, StoredTensor> tensors;

  private Weights(String source, Map<String, StoredTensor> tensors) {
    this.source = source;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Reads a safetensors file. It may come from anywhere: it holds numbers only, and all that it
   * says is checked.
   *
   * @throws SafeTensorsException if it is no sound safetensors file; the message names the tensor
   * @throws IOException if it cannot be read
   */
  public static Weights load(Path file) throws IOException {
    return new Weights(file.toString(), byName(SafeTensors.read(file).tensors()));
  }

  /** The present weights of a network, in the precision of its backend. */
  public static Weights of(Trainable model) {
    List<StoredTensor> copies = new ArrayList<>();
    model.parameters().forEach((name, p) -> copies.add(StoredTensor.of(name, p.value())));
    return new Weights(model.getClass().getSimpleName(), byName(copies));
  }

  private static Map<String, StoredTensor> byName(List<StoredTensor> tensors) {
    Map<String, StoredTensor> named = new LinkedHashMap<>();
    tensors.forEach(tensor -> named.put(tensor.name(), tensor));
    return named;
  }

  /** The names, in their order. */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /**
   * Gives a part another name: {@code rename("rnn", "0")} makes {@code 0.weight_ih_l0} of {@code
   * rnn.weight_ih_l0}. An empty name stands for the whole: {@code rename("", "0")} puts everything
   * into part 0, {@code rename("model", "")} takes a level away.
   *
   * @param from a whole name, or one up to a dot
   * @throws IllegalArgumentException if nothing bears that name, or two tensors would bear the same
   */
  public Weights rename(String from, String to) {
    requireSome("rename", from);
    return rename(name -> isUnder(name, from) ? join(to, below(name, from)) : name);
  }

  /**
   * Renames every tensor by a rule.
   *
   * @throws IllegalArgumentException if two tensors would bear the same name
   */
  public Weights rename(UnaryOperator<String> rule) {
    Map<String, StoredTensor> renamed = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          String other = rule.apply(name);
          StoredTensor before = renamed.put(other, tensor);
          if (before != null) {
            throw new IllegalArgumentException(
                "Weights.rename: tensors %s and %s of %s would both be called %s"
                    .formatted(
                        Quoted.name(before.name()),
                        Quoted.name(tensor.name()),
                        source,
                        Quoted.name(other)));
          }
        });
    return new Weights(source, renamed);
  }

  /**
   * Leaves a part out.
   *
   * @param part a whole name, or one up to a dot
   * @throws IllegalArgumentException if nothing bears that name
   */
  public Weights without(String part) {
    requireSome("without", part);
    Map<String, StoredTensor> rest = new LinkedHashMap<>(tensors);
    rest.keySet().removeIf(name -> isUnder(name, part));
    return new Weights(source, rest);
  }

  /**
   * Takes a part out of the whole, by its own names: {@code under("encoder")} keeps {@code
   * encoder.weight_ih_l0} as {@code weight_ih_l0} and nothing else.
   *
   * @throws IllegalArgumentException if nothing is under that name
   */
  public Weights under(String part) {
    requireSome("under", part);
    Map<String, StoredTensor> found = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (isUnder(name, part)) {
            found.put(below(name, part), tensor);
          }
        });
    return new Weights(source, found);
  }

  private void requireSome(String method, String part) {
    if (tensors.keySet().stream().noneMatch(name -> isUnder(name, part))) {
      throw new IllegalArgumentException(
          "Weights.%s: nothing in %s is called %s; there are %s"
              .formatted(method, source, Quoted.name(part), Quoted.names(tensors.keySet())));
    }
  }

  private static boolean isUnder(String name, String part) {
    return part.isEmpty() || name.equals(part) || name.startsWith(part + ".");
  }

  private static String below(String name, String part) {
    return part.isEmpty() || name.equals(part)
        ? name.substring(part.length())
        : name.substring(part.length() + 1);
  }

  private static String join(String part, String rest) {
    return part.isEmpty() || rest.isEmpty() ? part + rest : part + "." + rest;
  }

  /**
   * Puts the weights into a network: all of them, or none where one does not fit. Numbers of half,
   * single and double precision are taken, rounded to the precision of the network's backend.
   *
   * @throws IllegalArgumentException if a tensor is missing or superfluous, has another shape than
   *     the parameter of its name, or holds what is no weight; the message names it
   */
  public void into(Trainable model) {
    model.load(Fitting.fit(source, tensors, model));
  }

  /**
   * Writes a safetensors file, which PyTorch's users read with {@code
   * safetensors.torch.load_file(path)}. It is complete, or what was there before is untouched.
   *
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    List<StoredTensor> renamed = new ArrayList<>();
    tensors.forEach((name, tensor) -> renamed.add(tensor.named(name)));
    SafeTensors.of(Map.of("format", "pt"), renamed).write(file);
  }

  /** A line for each: its name, kind and shape. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Weights of " + source);
    tensors.forEach(
        (name, tensor) ->
            text.append(
                "%n  %s %s %s"
                    .formatted(
                        Quoted.text(name), tensor.dtype(), Arrays.toString(tensor.shape()))));
    return text.toString();
  }
}
