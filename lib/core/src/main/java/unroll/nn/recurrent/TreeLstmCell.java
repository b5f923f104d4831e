package unroll.nn.recurrent;

import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;

import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The child-sum TreeLSTM (Tai, Socher and Manning 2015), one node of a tree at a time. It has a
 * forget gate for each child, so it can keep what one part of a sentence says and drop another; the
 * order of the children does not count.
 *
 * <pre>
 * h~  = sum over children k of h_k
 * i   = sigmoid(W_ii x + b_ii + W_hi h~ + b_hi)       what to write
 * f_k = sigmoid(W_if x + b_if + W_hf h_k + b_hf)      what to keep of child k
 * g   = tanh   (W_ig x + b_ig + W_hg h~ + b_hg)       the candidate
 * o   = sigmoid(W_io x + b_io + W_ho h~ + b_ho)       what to show
 * c   = i g + sum over children k of f_k c_k
 * h   = o tanh(c)
 * x             [batch, inputSize], zeros at a node without a word
 * h, c          [batch, hiddenSize]
 * weight_ih     [4 hiddenSize, inputSize],  weight_hh [4 hiddenSize, hiddenSize]
 * bias_ih, _hh  [4 hiddenSize]; blocks in the order i, f, g, o
 * </pre>
 *
 * <p>All parameters start uniform between -1/√hiddenSize and 1/√hiddenSize. Names and shapes are
 * those of an {@link LstmCell}, and on a chain it is one. The paper has one bias where PyTorch's
 * LSTM, and so this cell, has two.
 */
public final class TreeLstmCell implements RecursiveCell<LstmState> {

  private final GateWeights weights;

  private TreeLstmCell(GateWeights weights) {
    this.weights = weights;
  }

  /** A cell whose numbers come from the session's generator. */
  public static TreeLstmCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static TreeLstmCell of(int inputSize, int hiddenSize, Generator generator) {
    return new TreeLstmCell(
        GateWeights.draw("TreeLstmCell", 4, inputSize, hiddenSize, "", generator));
  }

  @Override
  public LstmState node(Tensor x, List<LstmState> children) {
    requireFits(x, children);
    Tensor sum = weights.zeros(x.size(0));
    for (LstmState child : children) {
      sum = sum.plus(child.hidden());
    }
    Tensor fromInput = weights.fromInput(x);
    Tensor a = fromInput.plus(weights.fromHidden(sum));
    Tensor i = sigmoid(weights.gate(a, 0));
    Tensor g = tanh(weights.gate(a, 2));
    Tensor o = sigmoid(weights.gate(a, 3));
    Tensor c = i.times(g);
    for (LstmState child : children) {
      Tensor kept = weights.gate(fromInput, 1).plus(weights.fromHidden(child.hidden(), 1, 2));
      c = c.plus(sigmoid(kept).times(child.cell()));
    }
    return new LstmState(o.times(tanh(c)), c);
  }

  private void requireFits(Tensor x, List<LstmState> children) {
    Inputs.requireInput("TreeLstmCell.node", x, weights.inputSize());
    for (LstmState child : children) {
      for (Tensor part : List.of(child.hidden(), child.cell())) {
        Inputs.requireState("TreeLstmCell.node", part, x.size(0), weights.hiddenSize());
      }
    }
  }

  @Override
  public Tensor output(LstmState state) {
    return state.hidden();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return weights.parameters();
  }

  @Override
  public String toString() {
    return "TreeLstmCell " + weights;
  }
}
