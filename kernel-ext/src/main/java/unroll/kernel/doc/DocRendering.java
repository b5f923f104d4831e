package unroll.kernel.doc;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Hands the pieces of a documentation comment to a {@link DocSink}. */
final class DocRendering extends SimpleDocTreeVisitor<Void, DocSink> {
  private static final Map<String, String> ENTITIES =
      Map.of(
          "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "nbsp", " ", "mdash", "—", "ndash", "–",
          "times", "×", "hellip", "…", "le", "≤");

  /** Renders some pieces. */
  static String render(List<? extends DocTree> pieces, DocSink sink) {
    var rendering = new DocRendering();
    pieces.forEach(piece -> piece.accept(rendering, sink));
    return sink.finish();
  }

  @Override
  public Void visitText(TextTree text, DocSink sink) {
    sink.text(text.getBody());
    return null;
  }

  @Override
  public Void visitEntity(EntityTree entity, DocSink sink) {
    var name = entity.getName().toString();
    sink.text(name.startsWith("#") ? character(name) : ENTITIES.getOrDefault(name, name));
    return null;
  }

  private static String character(String number) {
    try {
      boolean hexadecimal = number.startsWith("#x") || number.startsWith("#X");
      int code =
          hexadecimal
              ? Integer.parseInt(number.substring(2), 16)
              : Integer.parseInt(number.substring(1));
      return Character.toString(code);
    } catch (IllegalArgumentException noCharacter) {
      return "?";
    }
  }

  @Override
  public Void visitLiteral(LiteralTree literal, DocSink sink) {
    var text = literal.getBody().getBody();
    if (literal.getKind() == DocTree.Kind.CODE) {
      sink.code(text);
    } else {
      sink.text(text);
    }
    return null;
  }

  @Override
  public Void visitLink(LinkTree link, DocSink sink) {
    if (!link.getLabel().isEmpty()) {
      link.getLabel().forEach(piece -> piece.accept(this, sink));
      return null;
    }
    var target = link.getReference().getSignature();
    var shown = target.startsWith("#") ? target.substring(1) : target.replace('#', '.');
    sink.code(shown.replaceAll("\\b[a-z][\\w.]*\\.(?=[A-Z])", ""));
    return null;
  }

  @Override
  public Void visitValue(ValueTree value, DocSink sink) {
    sink.code(value.getReference() == null ? "the constant's value" : value.toString());
    return null;
  }

  @Override
  public Void visitStartElement(StartElementTree element, DocSink sink) {
    sink.start(element.getName().toString().toLowerCase(Locale.ROOT));
    return null;
  }

  @Override
  public Void visitEndElement(EndElementTree element, DocSink sink) {
    sink.end(element.getName().toString().toLowerCase(Locale.ROOT));
    return null;
  }

  /** Tags that other versions of Java have, and those of the JDK's own. */
  @Override
  protected Void defaultAction(DocTree other, DocSink sink) {
    var text = other.toString();
    if (text.startsWith("{@snippet")) {
      sink.start("pre");
      sink.text(text.substring(text.indexOf(':') + 1, text.length() - 1).stripIndent().strip());
      sink.end("pre");
    } else if (!text.startsWith("{@") && !text.startsWith("<!--")) {
      sink.text(text);
    }
    return null;
  }
}
