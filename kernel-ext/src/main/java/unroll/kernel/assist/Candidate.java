package unroll.kernel.assist;

/**
 * Something that could stand at the cursor.
 *
 * @param text what to insert
 * @param type its kind, in the words front ends know: {@code function}, {@code instance}, {@code
 *     class}, {@code module}, {@code keyword}, {@code path}, {@code magic}
 * @param signature as it is written in Java; empty where there is none
 */
public record Candidate(String text, String type, String signature) {

  /** One that has no signature. */
  public Candidate(String text, String type) {
    this(text, type, "");
  }
}
