package unroll.kernel.assist;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The members of packages, classes and values that code of a session may use. */
record Members(Elements elements, Types types, Trees trees) {

  /** Of what stands before a point. */
  List<Element> of(TreePath owner) {
    var element = trees.getElement(owner);
    if (element instanceof PackageElement container) {
      return visible(container.getEnclosedElements());
    }
    if (element instanceof TypeElement type) {
      return ofType(type, true);
    }
    var type = trees.getTypeMirror(owner);
    return type == null ? List.of() : ofValue(type);
  }

  private List<Element> ofValue(TypeMirror type) {
    if (type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element) {
      return ofType(element, false);
    }
    if (type instanceof TypeVariable variable) {
      return ofValue(variable.getUpperBound());
    }
    if (type instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
      return ofValue(wildcard.getExtendsBound());
    }
    if (type instanceof IntersectionType intersection) {
      return intersection.getBounds().stream().flatMap(bound -> ofValue(bound).stream()).toList();
    }
    return type instanceof ArrayType
        ? ofType(elements.getTypeElement("java.lang.Object"), false)
        : List.of();
  }

  /**
   * Of a class.
   *
   * @param statics those of the class itself; otherwise those of its instances
   */
  List<Element> ofType(TypeElement type, boolean statics) {
    var found = new ArrayList<Element>();
    for (var member : elements.getAllMembers(type)) {
      boolean isStatic =
          member.getModifiers().contains(Modifier.STATIC) || member instanceof TypeElement;
      if (member.getKind() != ElementKind.CONSTRUCTOR
          && isVisible(member)
          && (isStatic || !statics)) {
        found.add(member);
      }
    }
    if (!statics && type.getKind().isInterface()) {
      found.addAll(ofType(elements.getTypeElement("java.lang.Object"), false));
    }
    return found;
  }

  private List<Element> visible(List<? extends Element> all) {
    return all.stream().filter(this::isVisible).map(Element.class::cast).toList();
  }

  /** Whether code of a cell may use it. */
  boolean isVisible(Element element) {
    var modifiers = element.getModifiers();
    return modifiers.contains(Modifier.PUBLIC) || isOfSession(element);
  }

  private static boolean isOfSession(Element element) {
    for (var e = element; e != null; e = e.getEnclosingElement()) {
      if (e instanceof TypeElement && e.getSimpleName().contentEquals(SessionCode.NAME)) {
        return true;
      }
    }
    return false;
  }

  /** The class or package that a name alone means, by the imports of a source. */
  List<Element> typeNamed(String name, CompilationUnitTree unit) {
    var candidates = new ArrayList<String>();
    candidates.add(SessionCode.NAME + "." + name);
    for (var tree : unit.getImports()) {
      var imported = tree.getQualifiedIdentifier().toString();
      if (imported.endsWith("." + name)) {
        candidates.add(imported);
      } else if (imported.endsWith(".*") && !tree.isStatic()) {
        candidates.add(imported.substring(0, imported.length() - 1) + name);
      }
    }
    candidates.add("java.lang." + name);
    for (var candidate : candidates) {
      var type = elements.getTypeElement(candidate);
      if (type != null && isVisible(type)) {
        return List.of(type);
      }
    }
    return List.of();
  }
}
