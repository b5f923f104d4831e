package unroll.nn.recurrent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * A parse tree: a word or none, and the parts below. It is written with brackets: {@code ((not bad)
 * (at all))} is a tree of phrases, whose words are its leaves; in a tree of dependencies the inner
 * nodes are words too, each with what depends on it in brackets after it: {@code chased(cat(the)
 * mouse(a))}.
 *
 * @param word the word at this node, "" if there is none
 * @param children the parts below, none at a leaf
 */
public record Tree(String word, List<Tree> children) {

  /** Refuses a word that could not be written, and a node with nothing in it. */
  public Tree {
    children = List.copyOf(children);
    if (word.chars().anyMatch(c -> c == '(' || c == ')' || Character.isWhitespace(c))) {
      throw new IllegalArgumentException(
          "Tree: a word has no brackets or spaces, got '" + word + "'; Tree.parse?");
    }
    if (word.isEmpty() && children.isEmpty()) {
      throw new IllegalArgumentException("Tree: a node needs a word or children");
    }
  }

  /** A word alone. */
  public static Tree leaf(String word) {
    return new Tree(word, List.of());
  }

  /** A phrase of parts. */
  public static Tree of(Tree... children) {
    return new Tree("", List.of(children));
  }

  /** A sequence as a tree: the last word is the root, below each word stands the one before it. */
  public static Tree chain(List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("Tree.chain: needs a word at least");
    }
    Tree tree = leaf(words.get(0));
    for (String word : words.subList(1, words.size())) {
      tree = new Tree(word, List.of(tree));
    }
    return tree;
  }

  /**
   * Reads a tree. Labels of phrases, as in {@code (NP the cat)}, are not part of this notation: the
   * label would be read as a word.
   *
   * @throws IllegalArgumentException if the brackets do not match, or there is not one tree
   */
  public static Tree parse(String text) {
    return new TreeText(text).read();
  }

  /** All nodes, children before their parent and in their order; the root is the last. */
  public List<Tree> nodes() {
    List<Tree> found = new ArrayList<>();
    Deque<Tree> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Tree node = open.pop();
      found.add(node);
      node.children.forEach(open::push);
    }
    Collections.reverse(found);
    return found;
  }

  /** The word of each of the {@link #nodes}, "" where there is none. */
  public List<String> words() {
    return nodes().stream().map(Tree::word).toList();
  }

  /** The index of each node's parent among the {@link #nodes}; -1 for the root. */
  public int[] parents() {
    List<Tree> nodes = nodes();
    int[] parents = new int[nodes.size()];
    Deque<Integer> withoutParent = new ArrayDeque<>();
    for (int i = 0; i < parents.length; i++) {
      parents[i] = -1;
      for (int child = 0; child < nodes.get(i).children.size(); child++) {
        parents[withoutParent.pop()] = i;
      }
      withoutParent.push(i);
    }
    return parents;
  }

  /** The notation that {@link #parse} reads. */
  @Override
  public String toString() {
    return TreeText.write(this);
  }
}
