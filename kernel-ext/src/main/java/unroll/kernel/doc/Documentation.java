package unroll.kernel.doc;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * The documentation of the compiler's elements, read from source files when it is asked for. A
 * method without a comment has that of the method it overrides.
 */
public final class Documentation {
  private static final int KEPT_FILES = 16;

  private final Sources sources;
  private final Map<String, Optional<SourceFile>> files =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<SourceFile>> eldest) {
          return size() > KEPT_FILES;
        }
      };

  /** Of the classes a loader knows, and of the JDK that runs. */
  public Documentation(ClassLoader loader) {
    this(loader, Sources.ofThisJdk());
  }

  Documentation(ClassLoader loader, Path jdkSources) {
    sources = new Sources(loader, jdkSources);
  }

  /** The comment of an element; empty if it has none, or if its source is not there. */
  public Optional<Comment> of(Element element, Elements elements, Types types) {
    var own = own(element, elements).filter(comment -> !comment.inherits());
    if (own.isPresent() || element.getKind() != ElementKind.METHOD) {
      return own;
    }
    var type = (TypeElement) element.getEnclosingElement();
    var method = (ExecutableElement) element;
    return isAccessor(method, type)
        ? own(type, elements).flatMap(c -> c.ofParameter(method.getSimpleName().toString()))
        : overridden(method, type, elements, types);
  }

  private Optional<Comment> own(Element element, Elements elements) {
    return declaration(element, elements).flatMap(SourceFile.Declaration::comment).map(Comment::of);
  }

  private static boolean isAccessor(ExecutableElement method, TypeElement type) {
    return type.getKind() == ElementKind.RECORD
        && method.getParameters().isEmpty()
        && type.getRecordComponents().stream()
            .anyMatch(c -> c.getSimpleName().equals(method.getSimpleName()));
  }

  private Optional<Comment> overridden(
      ExecutableElement method, TypeElement type, Elements elements, Types types) {
    for (var supertype : types.directSupertypes(type.asType())) {
      var above = (TypeElement) types.asElement(supertype);
      for (var member : above.getEnclosedElements()) {
        if (member instanceof ExecutableElement m && elements.overrides(method, m, type)) {
          return of(m, elements, types);
        }
      }
      var found = overridden(method, above, elements, types);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The names of a method's parameters, from its source where its class does not keep them. */
  public List<String> parameters(ExecutableElement method, Elements elements) {
    var known = method.getParameters().stream().map(p -> p.getSimpleName().toString()).toList();
    boolean made = !known.isEmpty() && known.get(0).equals("arg0");
    return made
        ? declaration(method, elements)
            .map(SourceFile.Declaration::parameters)
            .filter(names -> names.size() == known.size())
            .orElse(known)
        : known;
  }

  private Optional<SourceFile.Declaration> declaration(Element element, Elements elements) {
    if (element instanceof VariableElement variable && !variable.getKind().isField()) {
      return Optional.empty();
    }
    return file(element, elements).flatMap(file -> file.find(element));
  }

  private Optional<SourceFile> file(Element element, Elements elements) {
    var top = element;
    while (top.getEnclosingElement() instanceof TypeElement
        || top.getEnclosingElement() instanceof ExecutableElement) {
      top = top.getEnclosingElement();
    }
    if (!(top instanceof TypeElement type)) {
      return Optional.empty();
    }
    var module = elements.getModuleOf(type);
    var moduleName = module == null ? "" : module.getQualifiedName().toString();
    var name = type.getQualifiedName().toString();
    return files.computeIfAbsent(
        name, n -> sources.find(moduleName, name).flatMap(SourceFile::parse));
  }
}
