package unroll.nn.recurrent;

import java.util.List;
import unroll.nn.Trainable;
import unroll.tensor.Tensor;

/**
 * One node of a network over trees. Where a {@link RecurrentCell} takes up the state of the step
 * before, a recursive cell takes up the states of all nodes below: any number of them, in the shape
 * that the sentence has, not in the order in which it is spoken. The two are often confused; on a
 * {@linkplain Tree#chain chain} they are the same. {@link Recursive} runs a cell over a tree.
 *
 * @param <S> its state: a tensor, or a record of tensors
 */
public interface RecursiveCell<S> extends Trainable {

  /**
   * The state of a node.
   *
   * @param input [batch, inputSize]
   * @param children the states of the nodes below, none at a leaf
   */
  S node(Tensor input, List<S> children);

  /** What the cell shows to the outside in a state, [batch, outputSize]. */
  Tensor output(S state);
}
