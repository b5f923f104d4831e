package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import unroll.train.Registry;

/** What JShell would drop, and what becomes of it. */
class KeptVariablesTest {
  private Cells cells;

  @BeforeEach
  void open() {
    Registry.names().forEach(Registry::remove);
    cells =
        new Cells(
            new SessionSettings(List.of("java.util.*", "unroll.train.*"), List.of(), List.of()));
  }

  @AfterEach
  void close() {
    cells.close();
    Registry.names().forEach(Registry::remove);
  }

  private void quiet(String... lines) {
    var seen = cells.run(lines);
    assertThat(seen.traceback()).isEmpty();
    assertThat(seen.err()).isEmpty();
  }

  @Test
  void variableRedefined_derivedOneKept() { // jjava 53
    quiet("String dt = \"first\";", "var dt1 = dt.substring(2);");
    quiet("String dt = \"override\";");
    assertThat(cells.text("dt1 + \" \" + dt")).isEqualTo("rst override");
  }

  @Test
  void importsAdded_variablesKept() { // jjava 119
    quiet("import java.util.concurrent.*;", "var pool = new ArrayList<String>(List.of(\"a\"));");
    quiet("import java.util.stream.*;", "import java.util.*;", "import java.util.function.*;");
    quiet("import static java.lang.Math.*;", "var e = max(1, 2);");
    quiet("import static java.lang.StrictMath.*;");
    assertThat(cells.text("pool.get(0) + e")).isEqualTo("a2");
    quiet("e = 7;");
    assertThat(cells.text("e")).isEqualTo("7");
  }

  @Test
  void importThatMakesATypeAmbiguous_variableKept() {
    quiet("var dates = new LinkedList<Date>();", "var when = new Date(5);", "dates.add(when);");
    quiet("import java.sql.*;");
    assertThat(cells.text("when.getTime() + dates.size()")).isEqualTo("6");
  }

  @Test
  void importOfAnotherClassOfTheName_variablesKeepClassAndValue() {
    quiet("import java.util.Date;", "Date when = new Date(5);", "var later = new Date(6);");
    quiet("import java.sql.Date;", "var sql = new Date(7);");
    assertThat(cells.text("when.getTime() + later.getTime() + sql.getTime()")).isEqualTo("18");
    assertThat(cells.text("when.getClass() + \" \" + sql.getClass()"))
        .isEqualTo("class java.util.Date class java.sql.Date");
  }

  @Test
  void methodRedefined_variableKeptAndSaid() { // jjava 128
    quiet("int f() { return 1; }", "var v = f();", "var w = v + 1;", "long u = f();");
    var seen = cells.run("int f() { return 2; }");
    assertThat(seen.err()).isEqualTo("v and w keep their values, made before f() was redefined\n");
    assertThat(cells.text("v + \" \" + w + \" \" + u + \" \" + f()")).isEqualTo("1 2 1 2");
  }

  @Test
  void methodOfAnotherType_variableKept() {
    quiet("int f() { return 3; }", "var v = f();", "var w = v * 2;");
    assertThat(cells.run("String f() { return \"x\"; }").err())
        .contains("v and w keep their values");
    assertThat(cells.text("v + w + f()")).isEqualTo("9x");
    quiet("v = 10;");
    assertThat(cells.text("v")).isEqualTo("10");
  }

  @Test
  void classRedefined_instancesNamedFirstAndInTheRegistry() { // jjava 127
    quiet("class A { int x = 1; public String toString() { return \"A\" + x; } }");
    quiet("A a = new A();", "var b = new A();", "var l = List.of(new A());", "int n = a.x;");
    quiet("Object o = a;", "var text = new A().toString();");
    var seen =
        cells.run(
            "class A { int x = 2; public String toString() { return \"New\" + x; } }",
            "System.out.println(\"later\");");
    assertThat(seen.log.get(0))
        .startsWith("stderr: redefining class A: a, b and l hold objects of the class as it was")
        .contains("Registry.get(\"a\")");
    assertThat(seen.err()).contains("text keeps its value, made before class A was redefined");
    assertThat(cells.text("n + text + o + a + b + l")).isEqualTo("1A1A1nullnullnull");
    assertThat(cells.text("Registry.get(\"a\") + \" \" + Registry.get(\"l\")"))
        .isEqualTo("A1 [A1]");
    quiet("b = new A();", "a = b;");
    assertThat(cells.text("a")).isEqualTo("New2");
  }

  @Test
  void interfaceRedefined_variablesOfRecordsBuiltOnItNamed() {
    quiet("interface S {}", "record P(int x) implements S {}", "var p = new P(1);", "int k = 4;");
    var seen = cells.run("interface S { default int z() { return 1; } }");
    assertThat(seen.err()).contains("redefining class S: p holds an object of the class as it was");
    assertThat(cells.text("k + new P(3).z()")).isEqualTo("5");
  }

  @Test
  void sameDefinitionAgain_nothingLost() {
    quiet("record P(int x) {}", "int f() { return 1; }", "var p = new P(f());");
    quiet("record P(int x) {}", "int f() { return 1; }");
    assertThat(cells.text("p.x()")).isEqualTo("1");
  }

  @Test
  void sameClassAgain_itsStaticsStayToo() {
    quiet("class Counter { static int n; }", "Counter.n = 5;");
    quiet("class Counter { static int n; }");
    assertThat(cells.text("Counter.n")).isEqualTo("5");
  }

  @Test
  void definitionWithAMistake_nothingLost() {
    quiet("class A { int x = 1; }", "var a = new A();");
    var seen = cells.run("class A { int x = ; }");
    assertThat(seen.error.name()).isEqualTo(CellError.COMPILE_ERROR);
    assertThat(cells.text("a.x")).isEqualTo("1");
  }

  @Test
  void primitivesArraysAndGenerics_kept() {
    quiet("int f() { return 1; }", "var d = f() / 2.0;", "var c = (char) (f() + 64);");
    quiet("var m = Map.of(\"k\", new int[] {f()});", "var it = List.of(f()).iterator();");
    quiet("var e = m.entrySet().iterator().next();", "var z = f() > 0;");
    cells.run("String f() { return \"\"; }");
    assertThat(cells.text("d + \" \" + c + m.get(\"k\")[0] + it.next() + e.getKey() + z"))
        .isEqualTo("0.5 A11ktrue");
  }

  @Test
  void mutuallyDependentClasses_definedAndRedefined() { // jjava 64, 65, IJava 123
    quiet(
        "class C { D d; C() { d = new D(this); } }",
        "class D { C c; D(C c) { this.c = c; } }",
        "var c = new C();");
    assertThat(cells.text("c.d.c == c")).isEqualTo("true");
    var seen = cells.run("class C { D d; int k = 3; C() { d = new D(this); } }");
    assertThat(seen.err()).startsWith("redefining class C: c holds an object");
    assertThat(cells.text("new C().d.c.k")).isEqualTo("3");
    quiet("class D { C c; int j = 4; D(C c) { this.c = c; } }");
    assertThat(cells.text("new C().d.j")).isEqualTo("4");
  }

  @Test
  void classesThatNameLaterOnes_inOneCell() { // jjava 65
    quiet(
        "class Animal {",
        "  int count(List<? extends Animal> list) { return list.size(); }",
        "  String about(List<? super Shepherd> list) { return \"about\" + list.size(); }",
        "}",
        "class Dog extends Animal {}",
        "class Cat extends Animal {}",
        "class Shepherd extends Dog {}");
    assertThat(cells.text("new Animal().count(List.of(new Cat(), new Shepherd()))")).isEqualTo("2");
    assertThat(cells.text("new Animal().about(List.of(new Dog()))")).isEqualTo("about1");
  }

  @Test
  void redefinedAgainAndAgain_valuesKept() {
    quiet("int f() { return 0; }", "var v = f();", "v = 42;");
    for (int i = 1; i <= 5; i++) {
      cells.run((i % 2 == 0 ? "int" : "long") + " f() { return " + i + "; }");
    }
    assertThat(cells.text("v + f()")).isEqualTo("47");
  }

  @Test
  void modelsRunsAndTables_inTheRegistryUnderTheirNames() {
    quiet("import unroll.nn.*;", "import tech.tablesaw.api.*;");
    quiet("record Own(Linear part) implements Trainable {}", "var own = new Own(Linear.of(2, 1));");
    quiet("var table = Table.create(\"t\");", "var number = 5;");
    assertThat(Registry.names()).containsExactly("own", "table");
    assertThat(cells.text("Registry.get(\"table\", Table.class) == table")).isEqualTo("true");
    cells.run("record Own(Linear part, int more) implements Trainable {}");
    assertThat(cells.text("own == null")).isEqualTo("true");
    assertThat(cells.text("((Trainable) Registry.get(\"own\")).parameterCount()")).isEqualTo("3");
    assertThat(cells.run("Registry.get(\"tabel\")").error.value())
        .isEqualTo("Registry: no 'tabel'; there are [own, table]");
    assertThat(cells.run("Registry.get(\"own\", Table.class)").error.value())
        .isEqualTo("Registry: 'own' is a Own, not a Table");
  }

  @Test
  void resultsWithoutANameAndFormerValues_letGo() {
    quiet(
        "var seen = new ArrayList<java.lang.ref.WeakReference<Object>>();",
        "Object made() {",
        "  var o = new Object();",
        "  seen.add(new java.lang.ref.WeakReference<>(o));",
        "  return o;",
        "}");
    for (int i = 0; i < 15; i++) {
      cells.run("made()");
    }
    for (int i = 0; i < 3; i++) {
      quiet("var named = made();");
    }
    quiet("Object named = made();");
    var kept =
        cells.text("System.gc();", "seen.stream().map(r -> r.get() != null ? 1 : 0).toList()");
    assertThat(kept).isEqualTo("[0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1]");
  }
}
