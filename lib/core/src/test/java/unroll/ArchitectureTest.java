package unroll;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of packages. A package that is not there yet breaks no rule. */
class ArchitectureTest {

  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("unroll");

  private static final Map<String, Set<String>> MAY_USE = mayUse();

  /** Each package of the library, and those of the library that it may use. */
  private static Map<String, Set<String>> mayUse() {
    Set<String> gradients = Set.of("unroll.backend", "unroll.tensor", "unroll.autograd");
    Set<String> layers = with(gradients, "unroll.nn");
    Set<String> joining =
        with(
            layers,
            "unroll.nn.recurrent",
            "unroll.loss",
            "unroll.optim",
            "unroll.data",
            "unroll.plot",
            "unroll.train",
            "unroll.trace",
            "unroll.io");
    Map<String, Set<String>> rules = new LinkedHashMap<>();
    rules.put("unroll.backend", Set.of());
    rules.put("unroll.backend.ejml..", Set.of("unroll.backend"));
    rules.put("unroll.backend.cpu..", Set.of("unroll.backend"));
    rules.put("unroll.tensor", Set.of("unroll.backend"));
    rules.put("unroll.autograd", Set.of("unroll.backend", "unroll.tensor"));
    rules.put("unroll.nn", with(gradients, "unroll.data"));
    rules.put("unroll.loss", gradients);
    rules.put("unroll.optim", gradients);
    rules.put("unroll.nn.recurrent", layers);
    rules.put("unroll.data", Set.of("unroll.backend", "unroll.tensor", "unroll.plot"));
    rules.put("unroll.plot", Set.of("unroll.backend", "unroll.tensor"));
    rules.put("unroll.io", with(layers, "unroll.nn.recurrent", "unroll.loss", "unroll.optim"));
    rules.put("unroll.train", joining);
    rules.put("unroll.trace", joining);
    rules.put("unroll.topology", joining);
    rules.put("unroll.io.onnx", with(joining, "unroll.topology"));
    return rules;
  }

  private static Set<String> with(Set<String> some, String... more) {
    Set<String> all = new HashSet<>(some);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }

  static Stream<Arguments> packages() {
    return MAY_USE.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packages")
  void packageUsesOnlyWhatComesBeforeIt(String name, Set<String> before) {
    rule(name, before).check(LIBRARY);
  }

  @Test
  void rule_findsWhatIsOutOfOrder() {
    ArchRule rule = rule("unroll.autograd", Set.of("unroll.backend"));
    assertThatThrownBy(() -> rule.check(LIBRARY)).hasMessageContaining("unroll.tensor.Tensor");
  }

  private static ArchRule rule(String name, Set<String> before) {
    return noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(
            resideInAPackage("unroll..")
                .and(not(resideInAnyPackage(with(before, name).toArray(String[]::new)))))
        .as(name + " may use of the library only " + before)
        .allowEmptyShould(true);
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    classes()
        .that()
        .doNotHaveSimpleName("package-info")
        .should()
        .resideInAnyPackage(MAY_USE.keySet().toArray(String[]::new))
        .as("every package has its place in ArchitectureTest")
        .check(LIBRARY);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void backendIsFoundByTheServiceLoaderOnly(String name) {
    noClasses()
        .that()
        .resideOutsideOfPackage(name)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(name)
        .check(LIBRARY);
  }

  static Stream<String> backends() {
    return MAY_USE.keySet().stream().filter(name -> name.startsWith("unroll.backend."));
  }

  @Test
  void noCycles() {
    slices().matching("unroll.(**)").should().beFreeOfCycles().check(LIBRARY);
  }

  @Test
  void libraryKnowsNothingOfJupyter() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.dflib..", "io.github.spencerpark..", "org.rapaio..", "unroll.kernel..")
        .check(LIBRARY);
  }
}
