package unroll.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import unroll.kernel.assist.Signatures.Signature;
import unroll.kernel.display.Html;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.doc.Comment;
import unroll.kernel.doc.Documentation;

/** What is shown of a name in code: signatures, and the documentation of the one that counts. */
public final class Inspection {
  private static final int SHORT = 8;

  private final Documentation documentation;
  private final Attribution code;
  private final boolean whole;

  /**
   * Inspections of some code.
   *
   * @param whole whether all documentation is wanted, or the beginning
   */
  public Inspection(Documentation documentation, Attribution code, boolean whole) {
    this.documentation = documentation;
    this.code = code;
    this.whole = whole;
  }

  /** All about a name. */
  public MimeBundle of(Target target) {
    var shown = target.ordered();
    var first = shown.get(0);
    if (first instanceof TypeElement type) {
      return ofType(type);
    }
    return whole ? each(target, shown) : together(target, shown);
  }

  /** The signatures below each other, and what is said of the first. */
  private MimeBundle together(Target target, List<Element> shown) {
    var signatures =
        shown.stream().limit(SHORT).map(element -> signature(element, target)).toList();
    var more = shown.size() > SHORT ? "\n… " + (shown.size() - SHORT) + " more" : "";
    var html = "<pre>" + marked(signatures, target.argument()) + more + "</pre>";
    var text = signatures.stream().map(Signature::text).collect(Collectors.joining("\n")) + more;
    var comment = comment(shown.get(0));
    return MimeBundle.html(
        html + comment.map(c -> "\n" + c.beginning(true) + "\n" + c.tags(true)).orElse(""),
        text + comment.map(c -> "\n\n" + c.beginning(false) + after(c.tags(false))).orElse(""));
  }

  /** Each signature with all that is said of it. */
  private MimeBundle each(Target target, List<Element> shown) {
    var html = new ArrayList<String>();
    var text = new ArrayList<String>();
    for (var element : shown) {
      var signature = signature(element, target);
      var comment = comment(element);
      boolean first = html.isEmpty();
      html.add(
          "<pre>"
              + marked(List.of(signature), first ? target.argument() : -1)
              + "</pre>"
              + comment.map(c -> "\n" + c.description(true) + "\n" + c.tags(true)).orElse(""));
      text.add(
          signature.text()
              + comment.map(c -> "\n" + c.description(false) + after(c.tags(false))).orElse(""));
    }
    return MimeBundle.html(String.join("\n<hr>\n", html), String.join("\n\n", text));
  }

  /**
   * A variable with its value.
   *
   * @param value as text
   */
  public MimeBundle of(Target variable, String value) {
    var signature = signature(variable.elements().get(0), variable);
    return MimeBundle.html(
        "<pre>" + marked(List.of(signature), -1) + "</pre>\n<pre>" + Html.escape(value) + "</pre>",
        signature.text() + "\n\n" + value);
  }

  private static String after(String tags) {
    return tags.isEmpty() ? "" : "\n\n" + tags;
  }

  private MimeBundle ofType(TypeElement type) {
    var signature = Signatures.of(type, null, code.types(), List.of());
    var comment = comment(type);
    var makers = makers(type);
    var html = "<pre>" + marked(List.of(signature), -1) + "</pre>";
    var text = signature.text();
    if (comment.isPresent()) {
      var c = comment.get();
      html += "\n" + (whole ? c.description(true) : c.beginning(true)) + "\n" + c.tags(true);
      text += "\n\n" + (whole ? c.description(false) : c.beginning(false)) + after(c.tags(false));
    }
    if (!makers.isEmpty()) {
      var lines = makers.stream().map(this::line).limit(whole ? Long.MAX_VALUE : SHORT).toList();
      html += "\n<p>Made by:</p>\n<pre>" + Html.escape(String.join("\n", lines)) + "</pre>";
      text += "\n\nMade by:\n" + String.join("\n", lines).indent(2).stripTrailing();
    }
    return MimeBundle.html(html, text);
  }

  /** The constructors and static factories of a class. */
  private List<Element> makers(TypeElement type) {
    return type.getEnclosedElements().stream()
        .filter(e -> e instanceof ExecutableElement m && makes(m, type))
        .map(Element.class::cast)
        .toList();
  }

  /** How objects of a class that has no public constructor are made, as it is written in Java. */
  public List<String> factories(Target target) {
    var makers =
        target.elements().get(0) instanceof TypeElement type ? makers(type) : List.<Element>of();
    boolean constructed = makers.stream().anyMatch(e -> e.getKind() == ElementKind.CONSTRUCTOR);
    return constructed ? List.of() : makers.stream().map(this::line).toList();
  }

  private boolean makes(ExecutableElement method, TypeElement type) {
    if (!method.getModifiers().contains(Modifier.PUBLIC)) {
      return false;
    }
    if (method.getKind() == ElementKind.CONSTRUCTOR) {
      return !type.getModifiers().contains(Modifier.ABSTRACT);
    }
    var types = code.types();
    return method.getModifiers().contains(Modifier.STATIC)
        && types.isSameType(types.erasure(method.getReturnType()), types.erasure(type.asType()));
  }

  private String line(Element maker) {
    var signature = signature(maker, new Target(List.of(maker), null, 0, -1)).text();
    return maker.getKind() == ElementKind.CONSTRUCTOR
        ? signature
        : signature.replaceFirst(
            "^static .*?(?=" + maker.getSimpleName() + "\\()",
            maker.getEnclosingElement().getSimpleName() + ".");
  }

  private Signature signature(Element element, Target target) {
    var names =
        element instanceof ExecutableElement method
            ? documentation.parameters(method, code.elements())
            : List.<String>of();
    return Signatures.of(element, target.site(), code.types(), names);
  }

  private Optional<Comment> comment(Element element) {
    return documentation.of(element, code.elements(), code.types());
  }

  /** The signatures as HTML, a parameter of the first in bold. */
  private static String marked(List<Signature> signatures, int argument) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < signatures.size(); i++) {
      var signature = signatures.get(i);
      var parameters = new ArrayList<String>();
      int bold = i == 0 ? Math.min(argument, signature.parameters().size() - 1) : -1;
      for (int p = 0; p < signature.parameters().size(); p++) {
        var escaped = Html.escape(signature.parameters().get(p));
        parameters.add(p == bold ? "<b>" + escaped + "</b>" : escaped);
      }
      lines.add(
          Html.escape(signature.head())
              + String.join(", ", parameters)
              + Html.escape(signature.tail()));
    }
    return String.join("\n", lines);
  }
}
