package unroll.train;

import unroll.nn.Trainable;
import unroll.tensor.Tensor;

/** What a training makes small: a model and the examples it learns from. */
public interface Objective {

  /** Whose parameters change. */
  Trainable model();

  /** The number of training examples. */
  int examples();

  /** The mean loss over some training examples, a scalar that depends on the parameters. */
  Tensor loss(int[] examples);

  /** The mean loss over the validation part with the present weights; NaN where there is none. */
  double validationLoss();
}
