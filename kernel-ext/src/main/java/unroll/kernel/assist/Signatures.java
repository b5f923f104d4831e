package unroll.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Elements as they are written in Java, types by their simple names. */
final class Signatures {
  private Signatures() {}

  /**
   * A signature in pieces, so that one parameter can be marked.
   *
   * @param head up to the first parameter
   * @param parameters each with its type and name
   * @param tail what follows the last
   */
  record Signature(String head, List<String> parameters, String tail) {
    String text() {
      return head + String.join(", ", parameters) + tail;
    }
  }

  /**
   * The signature of an element.
   *
   * @param site the type of the value whose member it is; null where there is none
   * @param names of a method's parameters
   */
  static Signature of(Element element, TypeMirror site, Types types, List<String> names) {
    if (element instanceof ExecutableElement method) {
      return method(method, site, types, names);
    }
    if (element instanceof TypeElement type) {
      return new Signature(type(type), List.of(), "");
    }
    if (element instanceof PackageElement container) {
      return new Signature("package " + container.getQualifiedName(), List.of(), "");
    }
    var type = simple(memberType(element, site, types).toString());
    return new Signature(modifiers(element) + type + " " + element.getSimpleName(), List.of(), "");
  }

  private static Signature method(
      ExecutableElement method, TypeMirror site, Types types, List<String> names) {
    var type = memberType(method, site, types);
    var known = type instanceof ExecutableType executable ? executable : null;
    var result = known == null ? method.getReturnType() : known.getReturnType();
    var head =
        method.getKind() == ElementKind.CONSTRUCTOR
            ? "new " + method.getEnclosingElement().getSimpleName()
            : modifiers(method)
                + typeParameters(method.getTypeParameters())
                + simple(result.toString())
                + " "
                + method.getSimpleName();
    var parameters = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      var parameter =
          known == null ? method.getParameters().get(i).asType() : known.getParameterTypes().get(i);
      var written = simple(parameter.toString());
      boolean variable = method.isVarArgs() && i == names.size() - 1 && written.endsWith("[]");
      parameters.add(
          (variable ? written.substring(0, written.length() - 2) + "..." : written)
              + (names.get(i).equals("arg" + i) ? "" : " " + names.get(i)));
    }
    return new Signature(head + "(", parameters, ")");
  }

  private static TypeMirror memberType(Element element, TypeMirror site, Types types) {
    if (site instanceof DeclaredType declared && site.getKind() != TypeKind.ERROR) {
      try {
        return types.asMemberOf(declared, element);
      } catch (IllegalArgumentException notOfThatType) {
        return element.asType();
      }
    }
    return element.asType();
  }

  private static String type(TypeElement type) {
    var text = new StringBuilder();
    for (var modifier : type.getModifiers()) {
      boolean said = modifier == Modifier.ABSTRACT && type.getKind().isInterface();
      boolean implied = modifier == Modifier.FINAL && type.getKind() == ElementKind.RECORD;
      if (!said && !implied && modifier != Modifier.STATIC) {
        text.append(modifier).append(' ');
      }
    }
    text.append(
        switch (type.getKind()) {
          case INTERFACE -> "interface ";
          case ENUM -> "enum ";
          case RECORD -> "record ";
          case ANNOTATION_TYPE -> "@interface ";
          default -> "class ";
        });
    text.append(type.getSimpleName());
    text.append(typeParameters(type.getTypeParameters()).stripTrailing());
    if (type.getKind() == ElementKind.RECORD) {
      text.append(
          type.getRecordComponents().stream()
              .map(c -> simple(c.asType().toString()) + " " + c.getSimpleName())
              .collect(Collectors.joining(", ", "(", ")")));
    }
    var superclass = type.getSuperclass();
    if (type.getKind() == ElementKind.CLASS && !superclass.toString().equals("java.lang.Object")) {
      text.append(" extends ").append(simple(superclass.toString()));
    }
    if (!type.getInterfaces().isEmpty()) {
      text.append(type.getKind().isInterface() ? " extends " : " implements ");
      text.append(
          type.getInterfaces().stream()
              .map(i -> simple(i.toString()))
              .collect(Collectors.joining(", ")));
    }
    return text.toString();
  }

  private static String modifiers(Element element) {
    return element.getModifiers().contains(Modifier.STATIC)
            && !element.getEnclosingElement().getSimpleName().contentEquals(SessionCode.NAME)
        ? "static "
        : "";
  }

  private static String typeParameters(List<? extends Element> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.stream().map(Element::toString).collect(Collectors.joining(", ", "<", "> "));
  }

  /** Without packages, annotations, and the compiler's words for what a wildcard stands for. */
  static String simple(String type) {
    return type.replaceAll("@[\\w.]+(\\([^)]*\\))? ?", "")
        .replaceAll("capture#\\d+ of ", "")
        .replaceAll("\\b(?:[\\w$]+\\.)*?(?:[a-z][\\w$]*\\.)+(?=[A-Z])", "")
        .replace(SessionCode.NAME + ".", "")
        .replace(",", ", ");
  }
}
