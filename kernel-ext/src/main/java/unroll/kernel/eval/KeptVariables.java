package unroll.kernel.eval;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import unroll.kernel.magic.Variable;

/**
 * The variables of a session, and where they are. When a class, a method, an import or a variable
 * is redefined, JShell gives the variables that were made with it a new place and leaves that
 * empty, or takes them away. Here they get their values back, unless their type itself has changed.
 */
final class KeptVariables {

  /** How many results without a name can still be used, by the names that JShell gives them. */
  private static final int RESULTS = 10;

  private final JShell shell;
  private final InProcessControl control;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final ArrayDeque<Place> results = new ArrayDeque<>();

  private record Place(VarSnippet snippet, Field field) {

    Object value() {
      try {
        return field.get(null);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e); // it was made accessible
      }
    }

    /** Lets go of the value: JShell's classes stay, and would hold it for ever. */
    void empty() {
      if (!field.getType().isPrimitive()) {
        set(field, null);
      }
    }

    boolean hasTypeOf(Place other) {
      // the name of a cell's class changes with each of its definitions
      return field.getType() == other.field.getType()
          && field
              .getGenericType()
              .getTypeName()
              .equals(other.field.getGenericType().getTypeName());
    }
  }

  /**
   * What became of variables whose ground was changed.
   *
   * @param kept those that have their values still
   * @param lost the values of those that could not keep them, by name
   */
  record Fate(List<String> kept, Map<String, Object> lost) {}

  KeptVariables(JShell shell, InProcessControl control) {
    this.shell = shell;
    this.control = control;
  }

  /** The variables that can be used, in the order of their declaration. */
  List<Variable> all() {
    return places.values().stream()
        .filter(place -> shell.status(place.snippet()) == Status.VALID)
        .map(this::variable)
        .toList();
  }

  private Variable variable(Place place) {
    return new Variable(place.snippet().name(), place.snippet().typeName(), place.value());
  }

  /** The value of a variable; empty if there is no such variable or it is null. */
  Optional<Object> value(String name) {
    return Optional.ofNullable(places.get(name)).map(Place::value);
  }

  /**
   * Gives a variable a value.
   *
   * @return whether there is one that can have it
   */
  boolean set(String name, Object value) {
    var place = places.get(name);
    boolean fits = place != null && place.field().getType().isInstance(value);
    if (fits) {
      set(place.field(), value);
    }
    return fits;
  }

  /** Takes note of what an evaluation did, and gives variables back what they lost by it. */
  Fate after(List<SnippetEvent> events) {
    var fate = new Fate(new ArrayList<>(), new LinkedHashMap<>());
    var declaredAnew = new HashSet<String>();
    var queue = new ArrayDeque<>(events);
    while (!queue.isEmpty()) {
      var event = queue.remove();
      if (!(event.snippet() instanceof VarSnippet variable) || !isPresent(event.status())) {
        continue;
      }
      var before = places.get(variable.name());
      if (event.causeSnippet() == null || before == null) {
        place(variable).ifPresent(this::declared);
      } else if (event.status() == Status.VALID) {
        place(variable).ifPresent(place -> bringOver(before, place, fate));
      } else if (declaredAnew.add(variable.name())) {
        queue.addAll(declareAnew(before, fate));
      }
    }
    return fate;
  }

  private void declared(Place now) {
    var before = places.put(now.snippet().name(), now);
    if (before != null && !before.field().equals(now.field())) {
      before.empty();
    }
    if (now.snippet().subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
      results.add(now);
      if (results.size() > RESULTS) {
        letGo(results.remove());
      }
    }
  }

  /** A result without a name is not kept for ever. */
  private void letGo(Place result) {
    result.empty();
    places.remove(result.snippet().name());
    shell.drop(result.snippet());
  }

  private static boolean isPresent(Status status) {
    return status == Status.VALID || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  private Optional<Place> place(VarSnippet variable) {
    return shell.status(variable) == Status.VALID
        ? control.field(shell, variable).map(field -> new Place(variable, field))
        : Optional.empty();
  }

  private void bringOver(Place before, Place now, Fate fate) {
    var name = now.snippet().name();
    if (now.field().equals(before.field())) {
      return;
    }
    var value = before.value();
    before.empty();
    places.put(name, now);
    if (now.hasTypeOf(before)) {
      set(now.field(), value);
      fate.kept().add(name);
    } else if (value != null) {
      fate.lost().put(name, value);
    }
  }

  /** A variable that does not compile any more is declared without what it was made from. */
  private List<SnippetEvent> declareAnew(Place before, Fate fate) {
    var type = JavaTypes.source(before.field().getGenericType());
    var events = shell.eval(type + " " + before.snippet().name() + ";");
    var declared = JavaEvaluator.mainEvent(events);
    var now =
        declared.snippet() instanceof VarSnippet variable
            ? place(variable)
            : Optional.<Place>empty();
    if (now.isPresent()) {
      bringOver(before, now.get(), fate);
    } else if (before.value() != null) {
      fate.lost().put(before.snippet().name(), before.value());
    }
    return events.stream().filter(event -> event.causeSnippet() != null).toList();
  }

  private static void set(Field field, Object value) {
    try {
      field.set(null, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
