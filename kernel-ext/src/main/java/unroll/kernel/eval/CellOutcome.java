package unroll.kernel.eval;

import java.util.Optional;

/**
 * How a cell ended.
 *
 * @param executionCount the number of the cell
 * @param error what ended it before its time; empty when all of it ran
 * @param interrupted whether its user asked it to stop, even where it then ended in order
 */
public record CellOutcome(int executionCount, Optional<CellError> error, boolean interrupted) {

  /** Whether all of the cell ran. */
  public boolean ok() {
    return error.isEmpty();
  }
}
