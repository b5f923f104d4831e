package unroll.backend;

/**
 * The kind and the sizes of one recurrent layer that runs over a whole sequence, in one direction.
 *
 * @param kind which equations
 * @param steps T, the length of the sequence
 * @param batch B, the number of sequences
 * @param inputSize I, the features of an input
 * @param hiddenSize H, the units of the layer
 */
public record Recurrence(Kind kind, int steps, int batch, int inputSize, int hiddenSize) {

  /** The equations of a recurrent layer; {@link Backend#recurrentForward} states them. */
  public enum Kind {
    /** Elman's network with tanh. */
    RNN_TANH(1, 0),
    /** Elman's network with a rectifier. */
    RNN_RELU(1, 0),
    /** Long short-term memory with a forget gate; gates i, f, g, o. */
    LSTM(4, 4),
    /** Gated recurrent unit, reset applied after the product; gates r, z, n. */
    GRU(3, 4);

    private final int gates;
    private final int saved;

    Kind(int gates, int saved) {
      this.gates = gates;
      this.saved = saved;
    }

    /** How many blocks of H rows the weights have. */
    public int gates() {
      return gates;
    }

    /** How many numbers a unit keeps for the way back at each step, its output and cell apart. */
    public int saved() {
      return saved;
    }
  }

  /** The sequence's number of rows, T B. */
  public int rows() {
    return steps * batch;
  }

  /** Rows of the weight matrices: gates times H. */
  public int gateSize() {
    return kind.gates() * hiddenSize;
  }

  /** Columns of the buffer of saved gates: saved times H. */
  public int savedSize() {
    return kind.saved() * hiddenSize;
  }

  /** Length of a state: B H. */
  public int stateSize() {
    return batch * hiddenSize;
  }

  /**
   * The weights of a layer, or the places where their gradients go.
   *
   * @param weightIh [gates H, I]
   * @param weightHh [gates H, H]
   * @param biasIh [gates H], or null for a layer without biases
   * @param biasHh [gates H], or null for a layer without biases
   */
  public record Weights(Buffer weightIh, Buffer weightHh, Buffer biasIh, Buffer biasHh) {}

  /**
   * A state, or the gradient of one.
   *
   * @param hidden [B, H]
   * @param cell [B, H] for an LSTM, otherwise null
   */
  public record State(Buffer hidden, Buffer cell) {}

  /**
   * What a layer makes on its way forward.
   *
   * @param output [T, B, H], the hidden state after each step
   * @param last the state after the last step; its parts may be null
   * @param reserve what the backend keeps for the way back, {@link Backend#reserveLength} numbers
   *     in an order of its own; null where there will be no way back
   */
  public record Activations(Buffer output, State last, Buffer reserve) {}

  /**
   * What goes into and comes out of the way back. The gradients that come out are overwritten, not
   * added to; null where one is not wanted.
   *
   * @param output in: [T, B, H]
   * @param last in: the gradient of the last state; its parts may be null, for zero
   * @param input out: [T, B, I], or null
   * @param weights out
   * @param initial out: the gradient of the initial state; its parts may be null
   */
  public record Gradients(
      Buffer output, State last, Buffer input, Weights weights, State initial) {}
}
