package unroll.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unroll.nn.Layer;
import unroll.nn.recurrent.Activations;
import unroll.nn.recurrent.Traceable;
import unroll.plot.Drawable;
import unroll.plot.Figure;
import unroll.plot.HeatMap;
import unroll.plot.HeatMaps;
import unroll.tensor.Tensor;

/**
 * Every gate and state of a network for some input, by layer, direction, unit and column; a column
 * is a step of one sequence, or the last step of one of many.
 */
public final class Trace implements Drawable {

  private final String columnTitle;
  private final List<?> labels;
  private final List<LayerTrace> layers;

  private Trace(String columnTitle, List<?> labels, List<LayerTrace> layers) {
    this.columnTitle = columnTitle;
    this.labels = List.copyOf(labels);
    this.layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("trace: no layer of the network has gates to show");
    }
  }

  /**
   * Traces each sequence's last step, where a forecast is made: one column a sequence.
   *
   * @param network its layers, from the input up
   * @param input [time, batch, inputSize]
   * @param columnTitle what a column is, such as "month"
   * @param labels one for each sequence
   */
  public static Trace lastSteps(
      List<Layer> network, Tensor input, String columnTitle, List<?> labels) {
    List<LayerTrace> layers = walk(network, input, LayerTrace::lastSteps);
    return new Trace(columnTitle, labels, layers);
  }

  /**
   * Traces each step of a sequence: one column a step.
   *
   * @param network its layers, from the input up
   * @param input [time, batch, inputSize]
   * @param sequence which of the batch
   * @param columnTitle what a column is, such as "step"
   * @param labels one for each step
   */
  public static Trace steps(
      List<Layer> network, Tensor input, int sequence, String columnTitle, List<?> labels) {
    List<LayerTrace> layers =
        walk(network, input, (name, all) -> LayerTrace.steps(name, all, sequence));
    return new Trace(columnTitle, labels, layers);
  }

  private static List<LayerTrace> walk(
      List<Layer> network, Tensor input, BiFunction<String, Map<String, Tensor>, LayerTrace> take) {
    List<LayerTrace> layers = new ArrayList<>();
    Tensor x = input;
    for (Layer layer : network) {
      if (layer instanceof Traceable traceable) {
        Activations activations = traceable.activations(x);
        for (Activations.Part part : activations.parts()) {
          String title = activations.title(part);
          String name = title.isEmpty() ? layer.toString() : layer + ", " + title;
          layers.add(take.apply(name, part.gates()));
        }
        x = activations.output();
      } else {
        x = layer.apply(x);
      }
    }
    return layers;
  }

  /**
   * The layers that have gates or states to show, from the input up; each layer of a stack and each
   * direction by itself, forward before reverse.
   */
  public List<LayerTrace> layers() {
    return layers;
  }

  /**
   * All gates and states of the first of these layers but its output, one heat map above another.
   */
  public HeatMaps gates() {
    return gates(0);
  }

  /**
   * All gates and states of one of these layers but its output, one heat map above another.
   *
   * @param index its place in {@link #layers}
   */
  public HeatMaps gates(int index) {
    LayerTrace layer = layer(index);
    List<HeatMap> maps =
        layer.gates().keySet().stream()
            .filter(letter -> !letter.equals("h") || layer.gates().size() == 1)
            .map(letter -> layer.heatMap(letter, labels, columnTitle))
            .toList();
    return HeatMaps.stack("Gates of " + layer.layer(), maps);
  }

  private LayerTrace layer(int index) {
    if (index < 0 || index >= layers.size()) {
      throw new IllegalArgumentException(
          "trace: there is no layer %d; there are %s"
              .formatted(index, layers.stream().map(LayerTrace::layer).toList()));
    }
    return layers.get(index);
  }

  /**
   * One gate, state or candidate of the first of these layers, by its letter in the equations.
   *
   * @throws IllegalArgumentException if the layer has none of this letter
   */
  public HeatMap heatMap(String letter) {
    return heatMap(letter, 0);
  }

  /**
   * One gate, state or candidate of one of these layers.
   *
   * @param index the layer's place in {@link #layers}
   * @throws IllegalArgumentException if the layer has none of this letter
   */
  public HeatMap heatMap(String letter, int index) {
    return layer(index).heatMap(letter, labels, columnTitle);
  }

  /** All of it: layer, gate, unit (from 1), column and value, one row each. */
  public Table table() {
    StringColumn layer = StringColumn.create("layer");
    StringColumn gate = StringColumn.create("gate");
    IntColumn unit = IntColumn.create("unit");
    StringColumn column = StringColumn.create(columnTitle);
    DoubleColumn value = DoubleColumn.create("value");
    for (LayerTrace one : layers) {
      one.gates()
          .forEach(
              (letter, values) -> {
                for (int u = 0; u < values.length; u++) {
                  for (int c = 0; c < values[u].length; c++) {
                    layer.append(one.layer());
                    gate.append(letter);
                    unit.append(u + 1);
                    column.append(labels.get(c).toString());
                    value.append(values[u][c]);
                  }
                }
              });
    }
    return Table.create("trace", layer, gate, unit, column, value);
  }

  @Override
  public Figure drawing() {
    return gates();
  }

  /** What it holds, in a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Trace along " + labels.size() + " × " + columnTitle);
    layers.forEach(l -> text.append("; ").append(l.layer()).append(' ').append(l.gates().keySet()));
    return text.toString();
  }
}
