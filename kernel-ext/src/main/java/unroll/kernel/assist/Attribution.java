package unroll.kernel.assist;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** What the compiler made of code that breaks off at a cursor. */
public final class Attribution {
  private final CompilationUnitTree unit;
  private final Trees trees;
  private final Members members;
  private TreePath word;
  private TreePath call;

  Attribution(JavacTask task, CompilationUnitTree unit, int cursor) {
    this.unit = unit;
    this.trees = Trees.instance(task);
    this.members = new Members(task.getElements(), task.getTypes(), trees);
    new Finder(cursor).scan(unit, null);
  }

  /** The compiler's elements, to be used with those found here. */
  public Elements elements() {
    return members.elements();
  }

  /** The compiler's types. */
  public Types types() {
    return members.types();
  }

  /** What the word that ends at the cursor stands for; overloads of a method all. */
  public Optional<Target> named() {
    if (word == null) {
      return Optional.empty();
    }
    var parent = word.getParentPath().getLeaf();
    if (parent instanceof NewClassTree creation && creation.getIdentifier() == word.getLeaf()) {
      return constructors(word).or(() -> target(elementsAt(word)));
    }
    var found = target(elementsAt(word));
    if (parent instanceof MethodInvocationTree && found.isPresent()) {
      return Optional.of(found.get().choose(trees.getElement(word)));
    }
    return found;
  }

  /** The method or constructor in whose arguments the cursor is. */
  public Optional<Target> call() {
    if (call == null) {
      return Optional.empty();
    }
    if (call.getLeaf() instanceof NewClassTree creation) {
      var arguments = creation.getArguments();
      return constructors(new TreePath(call, creation.getIdentifier()))
          .map(t -> t.choose(trees.getElement(call)).at(arguments.size()));
    }
    var invocation = (MethodInvocationTree) call.getLeaf();
    var select = new TreePath(call, invocation.getMethodSelect());
    return target(elementsAt(select))
        .map(t -> t.choose(trees.getElement(call)).at(invocation.getArguments().size()));
  }

  /** All members that could stand at the cursor behind a point; empty where there is none. */
  public List<Element> membersAtCursor() {
    return word != null && word.getLeaf() instanceof MemberSelectTree select
        ? members.of(new TreePath(word, select.getExpression()))
        : List.of();
  }

  /** The type of what stands before the point at the cursor; null where there is none. */
  TypeMirror site() {
    return word != null && word.getLeaf() instanceof MemberSelectTree select
        ? trees.getTypeMirror(new TreePath(word, select.getExpression()))
        : null;
  }

  private static Optional<Target> target(Target found) {
    return found.elements().isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private Optional<Target> constructors(TreePath identifier) {
    var element = elementsAt(identifier).elements().stream().findFirst().orElse(null);
    if (!(element instanceof TypeElement type)) {
      return Optional.empty();
    }
    var constructors =
        type.getEnclosedElements().stream()
            .filter(e -> e.getKind() == ElementKind.CONSTRUCTOR && members.isVisible(e))
            .map(Element.class::cast)
            .toList();
    return target(new Target(constructors, null, 0, -1));
  }

  private Target elementsAt(TreePath path) {
    if (path.getLeaf() instanceof MemberSelectTree select) {
      return membersNamed(
          new TreePath(path, select.getExpression()), select.getIdentifier().toString());
    }
    if (path.getLeaf() instanceof MemberReferenceTree reference) {
      return membersNamed(
          new TreePath(path, reference.getQualifierExpression()), reference.getName().toString());
    }
    var name = path.getLeaf().toString().replaceAll("<.*", "");
    var known = trees.getElement(path);
    boolean isPackage = known instanceof PackageElement;
    if (known != null && isReal(known) && !isPackage && !(known instanceof ExecutableElement)) {
      return new Target(List.of(known), null, 0, -1);
    }
    var found = methodsNamed(name);
    if (found.isEmpty()) {
      found = members.typeNamed(name, unit);
    }
    if (found.isEmpty() && isPackage && !known.getEnclosedElements().isEmpty()) {
      found = List.of(known);
    }
    return new Target(found, null, 0, -1);
  }

  /** The methods of the session, and those that are imported. */
  private List<Element> methodsNamed(String name) {
    return Stream.concat(
            Stream.of(elements().getTypeElement(SessionCode.NAME)),
            unit.getImports().stream().filter(ImportTree::isStatic).map(this::staticOwner))
        .filter(type -> type != null)
        .flatMap(type -> members.ofType(type, true).stream())
        .filter(e -> e.getSimpleName().contentEquals(name) && !(e instanceof TypeElement))
        .toList();
  }

  private TypeElement staticOwner(ImportTree tree) {
    var name = tree.getQualifiedIdentifier().toString();
    return elements().getTypeElement(name.substring(0, name.lastIndexOf('.')));
  }

  private Target membersNamed(TreePath owner, String name) {
    var found =
        members.of(owner).stream().filter(e -> e.getSimpleName().contentEquals(name)).toList();
    return new Target(found, trees.getTypeMirror(owner), 0, -1);
  }

  private static boolean isReal(Element element) {
    return element.asType().getKind() != TypeKind.ERROR;
  }

  /** Finds the word that ends at the cursor, and the innermost call around the cursor. */
  private final class Finder extends TreePathScanner<Void, Void> {
    private final int cursor;
    private final SourcePositions positions = trees.getSourcePositions();

    Finder(int cursor) {
      this.cursor = cursor;
    }

    private long end(Tree tree) {
      return positions.getEndPosition(unit, tree);
    }

    private boolean around(Tree tree) {
      return positions.getStartPosition(unit, tree) <= cursor && cursor < end(tree);
    }

    @Override
    public Void visitErroneous(ErroneousTree erroneous, Void none) {
      return scan(erroneous.getErrorTrees(), null);
    }

    @Override
    public Void visitIdentifier(IdentifierTree identifier, Void none) {
      see(identifier);
      return super.visitIdentifier(identifier, null);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree select, Void none) {
      see(select);
      return super.visitMemberSelect(select, null);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Void none) {
      see(reference);
      return super.visitMemberReference(reference, null);
    }

    private void see(ExpressionTree tree) {
      if (end(tree) == cursor && word == null) {
        word = getCurrentPath();
      }
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree invocation, Void none) {
      if (around(invocation) && cursor > end(invocation.getMethodSelect())) {
        call = getCurrentPath();
      }
      return super.visitMethodInvocation(invocation, null);
    }

    @Override
    public Void visitNewClass(NewClassTree creation, Void none) {
      if (around(creation) && cursor > end(creation.getIdentifier())) {
        call = getCurrentPath();
      }
      return super.visitNewClass(creation, null);
    }

    @Override
    public Void visitBlock(BlockTree block, Void none) {
      if (around(block)) {
        call = null; // what is around the block is not what is being written
      }
      return super.visitBlock(block, null);
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      if (around(type)) {
        call = null;
      }
      return super.visitClass(type, null);
    }
  }
}
