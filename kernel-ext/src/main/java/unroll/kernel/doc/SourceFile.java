package unroll.kernel.doc;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** One source file, parsed and no more, in which the declaration of an element can be found. */
final class SourceFile {
  private final CompilationUnitTree unit;
  private final DocTrees trees;

  private SourceFile(CompilationUnitTree unit, DocTrees trees) {
    this.unit = unit;
    this.trees = trees;
  }

  /** A declaration: its documentation, if it has one, and the names of its parameters. */
  record Declaration(Optional<DocCommentTree> comment, List<String> parameters) {}

  static Optional<SourceFile> parse(String text) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var source =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    var options = List.of("-proc:none");
    var task =
        (JavacTask) compiler.getTask(null, null, problem -> {}, options, null, List.of(source));
    try {
      for (var unit : task.parse()) {
        return Optional.of(new SourceFile(unit, DocTrees.instance(task)));
      }
      return Optional.empty();
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /** Where an element is declared in this file. */
  Optional<Declaration> find(Element element) {
    return path(element)
        .map(
            path ->
                new Declaration(
                    Optional.ofNullable(trees.getDocCommentTree(path)),
                    path.getLeaf() instanceof MethodTree method
                        ? method.getParameters().stream().map(p -> p.getName().toString()).toList()
                        : List.of()));
  }

  private Optional<TreePath> path(Element element) {
    if (element instanceof TypeElement type) {
      return classPath(type);
    }
    return classPath((TypeElement) element.getEnclosingElement())
        .flatMap(path -> memberPath(path, element));
  }

  private Optional<TreePath> classPath(TypeElement type) {
    TreePath around;
    List<? extends Tree> declared;
    if (type.getNestingKind().isNested()) {
      var outer = classPath((TypeElement) type.getEnclosingElement());
      if (outer.isEmpty()) {
        return Optional.empty();
      }
      around = outer.get();
      declared = ((ClassTree) around.getLeaf()).getMembers();
    } else {
      around = new TreePath(unit);
      declared = unit.getTypeDecls();
    }
    return declared.stream()
        .filter(
            t -> t instanceof ClassTree c && c.getSimpleName().contentEquals(type.getSimpleName()))
        .map(t -> new TreePath(around, t))
        .findFirst();
  }

  private static Optional<TreePath> memberPath(TreePath path, Element element) {
    return ((ClassTree) path.getLeaf())
        .getMembers().stream()
            .filter(member -> declares(member, element))
            .map(member -> new TreePath(path, member))
            .findFirst();
  }

  private static boolean declares(Tree tree, Element element) {
    if (element instanceof ExecutableElement executable) {
      return tree instanceof MethodTree method
          && method.getName().contentEquals(executable.getSimpleName())
          && sameTypes(method.getParameters(), executable.getParameters());
    }
    return tree instanceof VariableTree variable
        && variable.getName().contentEquals(element.getSimpleName());
  }

  private static boolean sameTypes(
      List<? extends VariableTree> written, List<? extends VariableElement> known) {
    if (written.size() != known.size()) {
      return false;
    }
    for (int i = 0; i < written.size(); i++) {
      var type = simple(written.get(i).getType().toString().replace("...", "[]"));
      if (!type.equals(simple(known.get(i).asType().toString()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The type's last name, without annotations, type arguments and the packages and classes before
   * it.
   */
  private static String simple(String type) {
    var name = new StringBuilder();
    int depth = 0;
    for (char c : type.replaceAll("@[\\w.]+(\\([^)]*\\))? *", "").toCharArray()) {
      depth += c == '<' ? 1 : 0;
      if (depth == 0 && !Character.isWhitespace(c)) {
        name.append(c);
      }
      depth -= c == '>' ? 1 : 0;
    }
    return name.substring(name.lastIndexOf(".") + 1);
  }
}
