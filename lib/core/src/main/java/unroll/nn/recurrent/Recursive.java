package unroll.nn.recurrent;

import static unroll.tensor.Tensors.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.Trainable;
import unroll.tensor.Tensor;

/**
 * A recursive network: a cell run over a tree from its leaves to its root (Socher et al. 2011). The
 * counterpart of {@link Recurrent}, with the nodes of a tree in the place of the steps of time.
 *
 * <pre>
 * input   [nodes, batch, inputSize], in the order of {@link Tree#nodes}
 * output  [nodes, batch, outputSize], in the same order; the last is the root's
 * </pre>
 *
 * <p>A batch is one shape of tree with several fillings; trees of different shapes are run one by
 * one.
 *
 * @param <S> the cell's state
 */
public final class Recursive<S> implements Trainable {

  private final RecursiveCell<S> cell;

  private Recursive(RecursiveCell<S> cell) {
    this.cell = cell;
  }

  /** Runs a cell over trees. */
  public static <S> Recursive<S> over(RecursiveCell<S> cell) {
    return new Recursive<>(cell);
  }

  /**
   * Runs over a tree.
   *
   * @param input [nodes, batch, inputSize], in the order of {@link Tree#nodes}; zeros where a node
   *     has no word
   * @return the output of each node, and the root's state
   * @throws IllegalArgumentException if the input has not one row for each node
   */
  public Unrolled<S> run(Tree tree, Tensor input) {
    List<Tree> nodes = tree.nodes();
    if (input.shape().rank() != 3 || input.size(0) != nodes.size()) {
      throw new IllegalArgumentException(
          "%s: input must be [%d, batch, features], one row for each node of the tree, got %s"
              .formatted(this, nodes.size(), input.shape()));
    }
    List<Tensor> rows = input.unstack();
    List<Tensor> outputs = new ArrayList<>(nodes.size());
    List<S> finished = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      int count = nodes.get(i).children().size();
      List<S> children = finished.subList(finished.size() - count, finished.size());
      S state = cell.node(rows.get(i), List.copyOf(children));
      children.clear();
      finished.add(state);
      outputs.add(cell.output(state));
    }
    return new Unrolled<>(stack(outputs), finished.get(0));
  }

  @Override
  public Map<String, Parameter> parameters() {
    return cell.parameters();
  }

  @Override
  public String toString() {
    return "Recursive over " + cell;
  }
}
