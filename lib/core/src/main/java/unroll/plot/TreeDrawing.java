package unroll.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tree, its root on top: a parse tree with its words.
 *
 * <pre>{@code
 * Tree tree = Tree.parse("((not bad) (at all))");
 * TreeDrawing.of("Not bad", tree.words(), tree.parents())
 * }</pre>
 */
public final class TreeDrawing implements Figure {
  private final String title;
  private final List<String> labels;
  private final int[] parents;

  private TreeDrawing(String title, List<String> labels, int[] parents) {
    this.title = title;
    this.labels = labels;
    this.parents = parents;
  }

  /**
   * A drawing.
   *
   * @param labels what stands at each node, "" for a point; children before their parents, those of
   *     a node from left to right, the root last
   * @param parents the index of each node's parent; -1 for the root
   * @throws IllegalArgumentException if that is no tree
   */
  public static TreeDrawing of(String title, List<String> labels, int[] parents) {
    int count = labels.size();
    if (count == 0 || parents.length != count || parents[count - 1] != -1) {
      throw new IllegalArgumentException(
          "TreeDrawing: needs a parent for each of %d labels, and -1 for the root, the last; got %s"
              .formatted(count, Arrays.toString(parents)));
    }
    for (int i = 0; i < count - 1; i++) {
      if (parents[i] <= i || parents[i] >= count) {
        throw new IllegalArgumentException(
            "TreeDrawing: a parent comes after its children, got parent %d of node %d"
                .formatted(parents[i], i));
      }
    }
    return new TreeDrawing(title, List.copyOf(labels), parents.clone());
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    String[] written = new String[labels.size()];
    for (int i = 0; i < written.length; i++) {
      List<String> below = children(i).stream().map(child -> written[child]).toList();
      written[i] = labels.get(i) + (below.isEmpty() ? "" : "(" + String.join(" ", below) + ")");
    }
    return "%s. A tree of %s %s: %s."
        .formatted(title, labels.size(), labels.size() == 1 ? "node" : "nodes", written[root()]);
  }

  @Override
  public String svg() {
    return Rendering.svg(() -> new TreePainting(this), title, description());
  }

  @Override
  public byte[] png() {
    return Rendering.png(() -> new TreePainting(this));
  }

  @Override
  public String text(int columns) {
    TextLines.check("TreeDrawing", columns);
    String[] before = new String[labels.size()];
    List<String> lines = new ArrayList<>(List.of(title));
    List<Integer> open = new ArrayList<>(List.of(root()));
    while (!open.isEmpty()) {
      int node = open.remove(open.size() - 1);
      boolean top = node == root();
      boolean last = top || lastOf(children(parents[node])) == node;
      lines.add((top ? "" : before[node] + (last ? "└─ " : "├─ ")) + mark(node));
      List<Integer> below = children(node);
      for (int i = below.size() - 1; i >= 0; i--) {
        before[below.get(i)] = top ? "" : before[node] + (last ? "   " : "│  ");
        open.add(below.get(i));
      }
    }
    return TextLines.join(lines, columns);
  }

  private static int lastOf(List<Integer> nodes) {
    return nodes.get(nodes.size() - 1);
  }

  private String mark(int node) {
    return labels.get(node).isEmpty() ? "•" : labels.get(node);
  }

  List<String> labels() {
    return labels;
  }

  int parent(int node) {
    return parents[node];
  }

  int root() {
    return parents.length - 1;
  }

  /** The nodes below a node, from left to right. */
  List<Integer> children(int node) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < node; i++) {
      if (parents[i] == node) {
        found.add(i);
      }
    }
    return found;
  }
}
