package unroll.nn.recurrent;

/**
 * One set of parameters in both forms.
 *
 * @param cell one step at a time
 * @param whole the same over whole sequences
 */
record Network<S>(RecurrentCell<S> cell, SequenceLayer<S> whole) {

  SequenceLayer<S> in(Form form) {
    return form == Form.WHOLE ? whole : Recurrent.over(cell);
  }
}
