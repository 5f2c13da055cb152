package http;

import static org.assertj.core.api.Assertions.assertThat;

import databases.TestServers;
import games.CatalogueLoader;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import settings.Settings;

/**
 * The games' contract row by row: the tables below {@code contract/} are its tables, and every row
 * is called over HTTP in both generations' ways.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
  /** A topic with a card of a lesson that everybody sees. */
  static final String TOPIC = "contract-food";

  private LessonDatabases databases;
  private ApiServer server;

  /** Far more than the tests need; every group has a limit of its own that tells it from others. */
  static int limit(String group) {
    return 100_000 + Settings.RATE_GROUPS.indexOf(group);
  }

  @BeforeAll
  void start() {
    databases = new LessonDatabases();
    LessonDatabases.await(CatalogueLoader.load(databases.mysql));
    databases.mysql(
        "INSERT INTO lessons (id, class_id, teacher_id, lesson_number, lesson_date, status) VALUES"
            + " ('contract-lesson', 'class-77', 't-9', 4, '2026-01-20', 'approved')");
    databases.mysql(
        "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, topic_id, topic_name,"
            + " exercise_data) VALUES ('contract-card', 'contract-lesson', 'flashcards', ?, 'Food',"
            + " '{\"word\":\"ladle\",\"translation\":\"t\"}')",
        TOPIC);
    Map<String, Integer> limits = new HashMap<>(TestServers.rates(1));
    limits.replaceAll((group, one) -> limit(group));
    server = ApiServer.on(databases, Settings.AuthMode.COMPAT).limits(limits).start();
  }

  @AfterAll
  void stop() {
    server.close();
    databases.close();
  }

  @TestFactory
  Stream<DynamicTest> operations() {
    return new ContractOperations(server).tests();
  }

  @TestFactory
  Stream<DynamicTest> parameters() {
    return new ContractInputs(server).parameters();
  }

  @TestFactory
  Stream<DynamicTest> bodies() {
    return new ContractInputs(server).bodies();
  }

  @TestFactory
  Stream<DynamicTest> answers() {
    return new ContractRules(server).answers();
  }

  @TestFactory
  Stream<DynamicTest> judging() {
    return new ContractRules(server).judging();
  }

  @TestFactory
  Stream<DynamicTest> mistakes() {
    return new ContractRules(server).mistakes();
  }

  @TestFactory
  Stream<DynamicTest> orders() {
    return new ContractRules(server).orders();
  }

  @TestFactory
  Stream<DynamicTest> catalogue() {
    return new ContractRules(server).catalogue();
  }

  @TestFactory
  Stream<DynamicTest> brokenBodies() {
    return new ContractBadInput(server).bodies();
  }

  @TestFactory
  Stream<DynamicTest> oddTexts() {
    return new ContractBadInput(server).texts();
  }

  @TestFactory
  Stream<DynamicTest> oddSearches() {
    return new ContractBadInput(server).searches();
  }

  /** What the tables don't show is shown by tests that are still there. */
  @TestFactory
  Stream<DynamicTest> ticks() {
    return ContractTable.rows("ticks", 3).stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get(0) + " " + row.get(1),
                    () -> {
                      for (String test : row.get(2).split(", ")) {
                        String[] place = test.split("#");
                        assertThat(Class.forName(place[0]).getDeclaredMethods())
                            .as(test)
                            .anyMatch(
                                method ->
                                    method.getName().equals(place[1])
                                        && Stream.of(method.getAnnotations())
                                            .anyMatch(ContractTest::marksTests));
                      }
                    }));
  }

  private static boolean marksTests(Annotation annotation) {
    Class<? extends Annotation> type = annotation.annotationType();
    return type == Test.class || type == TestFactory.class || type == ParameterizedTest.class;
  }

  @TestFactory
  Stream<DynamicTest> groupsOfRateLimitsAreAllInTheTable() {
    return Stream.of("start", "result", "grammar-result", "complete", "edit", "media", "read")
        .map(
            group ->
                DynamicTest.dynamicTest(
                    group,
                    () ->
                        assertThat(ContractCall.all())
                            .anyMatch(call -> call.group().equals(group))));
  }
}
