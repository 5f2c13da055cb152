package launch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.Verticle;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, and actors meet only on the event bus and in the databases. */
class ArchitectureTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPath(Path.of("target/classes"));
  }

  @Test
  void dependenciesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("launch")
        .definedBy("launch")
        .layer("verticles")
        .definedBy("verticles")
        .layer("http")
        .definedBy("http")
        .layer("domain")
        .definedBy(
            "lessons", "zoom", "transcripts", "exercises..", "games", "anki", "speech", "courses..")
        .layer("foundation")
        .definedBy(
            "work", "databases", "settings", "messages", "telemetry", "cluster", "outbound", "llm")
        .whereLayer("launch")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("verticles")
        .mayOnlyBeAccessedByLayers("launch")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("launch", "verticles")
        .whereLayer("domain")
        .mayOnlyBeAccessedByLayers("launch", "verticles", "http")
        .check(classes);
  }

  @Test
  void packagesDependOnEachOtherInNoCircle() {
    slices().matching("(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void theExercisesPartsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("language")
        .definedBy("exercises.language")
        .layer("understanding")
        .definedBy("exercises.understanding")
        .layer("sets")
        .definedBy("exercises")
        .layer("rulebased")
        .definedBy("exercises.rulebased")
        .layer("model")
        .definedBy("exercises.model")
        .whereLayer("language")
        .mayNotAccessAnyLayer()
        .whereLayer("understanding")
        .mayOnlyAccessLayers("language")
        .whereLayer("sets")
        .mayOnlyAccessLayers("language", "understanding")
        .whereLayer("rulebased")
        .mayOnlyBeAccessedByLayers("model")
        .whereLayer("model")
        .mayNotBeAccessedByAnyLayer()
        .check(classes);
  }

  @Test
  void noVerticleKnowsAnother() {
    for (String verticle : Roster.names()) {
      noClasses()
          .that()
          .resideInAPackage("verticles")
          .and()
          .areAssignableTo(VerticleBase.class)
          .and()
          .doNotHaveSimpleName(verticle)
          .and()
          .haveNameNotMatching(".*\\$.*")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("verticles." + verticle)
          .check(classes);
    }
  }

  @Test
  void onlyVerticlesAreVerticles() {
    noClasses()
        .that()
        .resideOutsideOfPackage("verticles")
        .should()
        .beAssignableTo(Verticle.class)
        .orShould()
        .beAssignableTo(VerticleBase.class)
        .check(classes);
  }

  @Test
  void onlyTheDemoReachesTheImitationOfZoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("demo")
        .and()
        .haveNameNotMatching("launch\\.DemoZoom.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("demo")
        .check(classes);
    noClasses()
        .that()
        .haveNameNotMatching("launch\\.(Demo.*|Commands\\$Demo)")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("launch.DemoZoom")
        .check(classes);
  }

  /** A Turkish machine writes "beginner" without a dot on its first i. */
  @Test
  void lettersDoNotDependOnTheMachinesLanguage() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .check(classes);
  }

  @Test
  void theWorkEngineKnowsNothingOfLessons() {
    noClasses()
        .that()
        .resideInAPackage("work")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("lessons", "messages", "settings", "telemetry", "databases", "outbound")
        .check(classes);
  }

  /** The build finds them by their tags; one without would be run by nobody. */
  @Test
  void everyTestOfThePackedJarIsTagged() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      assertThat(files.filter(file -> file.toString().endsWith("IT.java")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file))
                      .containsPattern("(?m)^@Tag\\(\"(?:packed|slow)\"\\)$"));
    }
  }
}
