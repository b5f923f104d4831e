package unroll.bench;

import unroll.bench.convergence.Cells;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** One time step of inference at batch 1, input as wide as the layer, the state carried over. */
final class SingleStep {

  private final Runnable step;

  SingleStep(Work work) {
    Generator generator = Generator.of(1);
    double[] values = new double[work.hidden()];
    generator.fillNormal(values, 0, 1);
    Tensor input = Tensor.of(values, 1, 1, work.hidden());
    step = stepping(Cells.layer(work.cell(), work.hidden(), work.hidden(), generator), input);
  }

  private static <S> Runnable stepping(SequenceLayer<S> layer, Tensor input) {
    return new Runnable() {
      private S state = layer.initialState(1);

      @Override
      public void run() {
        Unrolled<S> next = layer.run(input, state);
        state = next.state();
      }
    };
  }

  void step() {
    step.run();
  }
}
