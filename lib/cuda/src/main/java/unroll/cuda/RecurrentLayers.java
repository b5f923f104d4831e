package unroll.cuda;

import unroll.backend.Buffer;
import unroll.backend.Recurrence;

/** Who computes recurrent layers; the methods are those of {@code Backend}. */
interface RecurrentLayers {

  int reserveLength(Recurrence shape);

  void forward(
      Recurrence shape,
      Recurrence.Weights weights,
      CudaBuffer input,
      Recurrence.State initial,
      Recurrence.Activations out);

  void backward(
      Recurrence shape,
      Recurrence.Weights weights,
      CudaBuffer input,
      Recurrence.State initial,
      Recurrence.Activations saved,
      Recurrence.Gradients gradients);

  void gates(
      Recurrence shape,
      Recurrence.Weights weights,
      CudaBuffer input,
      Recurrence.State initial,
      Recurrence.Activations saved,
      Buffer gates,
      Buffer cells);
}
