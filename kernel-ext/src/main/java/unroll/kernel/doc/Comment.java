package unroll.kernel.doc;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.InheritDocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.ThrowsTree;
import java.util.List;
import java.util.Optional;

/** A documentation comment, to be shown in parts or whole, as HTML or plain text. */
public final class Comment {
  private final List<? extends DocTree> body;
  private final List<? extends DocTree> tags;

  private Comment(List<? extends DocTree> body, List<? extends DocTree> tags) {
    this.body = body;
    this.tags = tags;
  }

  static Comment of(DocCommentTree tree) {
    return new Comment(tree.getFullBody(), tree.getBlockTags());
  }

  /** What a comment says of one parameter, as a comment of its own. */
  Optional<Comment> ofParameter(String name) {
    return tags.stream()
        .filter(tag -> tag instanceof ParamTree p && p.getName().getName().contentEquals(name))
        .map(tag -> new Comment(((ParamTree) tag).getDescription(), List.of()))
        .findFirst();
  }

  /** Whether it says nothing but that another comment holds. */
  boolean inherits() {
    return body.isEmpty() || body.get(0) instanceof InheritDocTree;
  }

  /** The description up to its second paragraph; equations that follow the first are in it. */
  public String beginning(boolean html) {
    int end = 0;
    while (end < body.size() && !(end > 0 && isParagraph(body.get(end)))) {
      end++;
    }
    return DocRendering.render(body.subList(0, end), sink(html));
  }

  private static boolean isParagraph(DocTree piece) {
    return piece instanceof StartElementTree element
        && element.getName().toString().equalsIgnoreCase("p");
  }

  /** The whole description. */
  public String description(boolean html) {
    return DocRendering.render(body, sink(html));
  }

  /** The first sentence alone. */
  public String sentence() {
    var text = beginning(false);
    int end = text.indexOf("\n\n");
    return (end < 0 ? text : text.substring(0, end)).replace('\n', ' ');
  }

  /** Parameters, result and exceptions; empty if nothing is said of them. */
  public String tags(boolean html) {
    var sink = sink(html);
    boolean inList = false;
    for (var tag : tags) {
      if (tag instanceof ParamTree parameter) {
        var name = parameter.getName().toString();
        item(sink, inList, parameter.isTypeParameter() ? "<" + name + ">" : name);
        described(sink, parameter.getDescription());
        inList = true;
      } else if (tag instanceof ReturnTree result) {
        item(sink, inList, "returns");
        described(sink, result.getDescription());
        inList = true;
      } else if (tag instanceof ThrowsTree thrown) {
        item(sink, inList, "throws " + thrown.getExceptionName().getSignature());
        described(sink, thrown.getDescription());
        inList = true;
      }
    }
    if (inList) {
      sink.end("li");
      sink.end("ul");
    }
    return sink.finish();
  }

  private static void item(DocSink sink, boolean inList, String head) {
    if (inList) {
      sink.end("li");
    } else {
      sink.start("ul");
    }
    sink.start("li");
    sink.code(head);
    sink.text(" – ");
  }

  private static void described(DocSink sink, List<? extends DocTree> description) {
    var rendering = new DocRendering();
    description.forEach(piece -> piece.accept(rendering, sink));
  }

  private static DocSink sink(boolean html) {
    return html ? new HtmlSink() : new PlainSink();
  }
}
