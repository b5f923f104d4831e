package unroll.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;

/**
 * What a name in code stands for.
 *
 * @param elements one, or all overloads of a method
 * @param site the type of the value whose members they are; null where there is none
 * @param chosen index of the overload that is called
 * @param argument number of the argument that is being written, counted from 0; -1 outside of a
 *     call
 */
public record Target(List<Element> elements, TypeMirror site, int chosen, int argument) {

  /** Copies the list. */
  public Target {
    elements = List.copyOf(elements);
  }

  /** The same with the overload that the compiler chose, if it chose one of these. */
  Target choose(Element called) {
    int index = elements.indexOf(called);
    return index < 0 ? this : new Target(elements, site, index, argument);
  }

  /** The same inside a call with so many arguments begun; the first overload that can take them. */
  Target at(int arguments) {
    int current = Math.max(0, arguments - 1);
    int fitting = chosen;
    for (int i = 0; !takes(elements.get(fitting), arguments) && i < elements.size(); i++) {
      fitting = takes(elements.get(i), arguments) ? i : fitting;
    }
    return new Target(elements, site, fitting, current);
  }

  private static boolean takes(Element element, int arguments) {
    return element instanceof ExecutableElement method
        && (method.getParameters().size() >= arguments || method.isVarArgs());
  }

  /** The name of the session's variable that this is; empty if it is something else. */
  public Optional<String> variable() {
    var element = elements.get(0);
    boolean ofSession =
        element.getKind() == ElementKind.FIELD
            && element.getEnclosingElement().getSimpleName().contentEquals(SessionCode.NAME);
    return ofSession ? Optional.of(element.getSimpleName().toString()) : Optional.empty();
  }

  /** The chosen one first, the others as they come. */
  List<Element> ordered() {
    var ordered = new ArrayList<>(elements);
    ordered.add(0, ordered.remove(chosen));
    return ordered;
  }
}
