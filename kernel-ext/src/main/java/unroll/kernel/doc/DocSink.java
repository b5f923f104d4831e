package unroll.kernel.doc;

/** Where the pieces of a documentation comment go, in their order. */
interface DocSink {

  /** Running text; its line ends mean no more than spaces, outside of {@code pre}. */
  void text(String text);

  /** Code in the text. */
  void code(String code);

  /** The beginning of an HTML element, in small letters. */
  void start(String tag);

  /** The end of an HTML element. */
  void end(String tag);

  /** All that was written. */
  String finish();
}
