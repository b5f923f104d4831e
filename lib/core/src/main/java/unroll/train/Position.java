package unroll.train;

import java.util.ArrayList;
import java.util.List;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** Where in a pass through its data a training stands, and the sums over what lies behind it. */
final class Position {

  /** The generator's state before the pass was drawn, from which it can be drawn again. */
  final Generator.State drawnFrom;

  final Pass pass;
  int group;
  int from;
  List<List<Tensor>> carried = List.of();
  int steps;
  double loss;
  double norm;
  double weight;

  /** At the start of a pass that is drawn now. */
  Position(Batches batches, Generator generator, Fit fit) {
    drawnFrom = generator.state();
    pass = batches.draw(generator, fit);
  }

  boolean isAtEnd() {
    return group == pass.groups().length;
  }

  /** The part of the pass that lies behind, from 0 to 1. */
  double part() {
    double within = isAtEnd() ? 0 : (double) from / pass.length(group);
    return (group + within) / pass.groups().length;
  }

  /** The batches of the next step. */
  List<Chunk> next() {
    boolean cut = pass.truncate() != Integer.MAX_VALUE;
    int to = cut ? (int) Math.min((long) from + pass.truncate(), pass.length(group)) : Chunk.WHOLE;
    int[][] batches = pass.batches(group);
    List<Chunk> chunks = new ArrayList<>(batches.length);
    for (int i = 0; i < batches.length; i++) {
      List<Tensor> state = from == 0 ? List.of() : carried.get(i);
      int end = cut ? Math.min(to, Math.max(from + 1, pass.length(batches[i]))) : to;
      chunks.add(new Chunk(batches[i], from, end, state));
    }
    return chunks;
  }

  /**
   * Goes past a step.
   *
   * @return how many sequences have come to their end with it
   */
  int pass(Stepper.Result result) {
    loss += result.loss() * result.weight();
    norm += result.norm() * result.weight();
    weight += result.weight();
    steps++;
    int to = (int) Math.min((long) from + pass.truncate(), pass.length(group));
    if (to == pass.length(group)) {
      from = 0;
      carried = List.of();
      return pass.groups()[group++].length;
    }
    from = to;
    carried = result.carried();
    return 0;
  }
}
