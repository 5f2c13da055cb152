package games;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What memory and database give together is what the database gives alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueMergeTest {
  private static final List<String> NAMES =
      List.of(
          "zoo", "Zoo", "Émile", "emil", "At school", "at School ", "שוק", "ß", "ss", "10", "9");
  private static final List<String> GAMES =
      List.of("advanced_cloze", "grammar_challenge", "sentence_builder");
  private static final List<String> STUDENTS = List.of("anna", "ben");

  private final LessonDatabases databases = new LessonDatabases();
  private final Random random = new Random(22);
  private final Catalogues plain = Catalogues.plain();
  private final Catalogues keeping = Catalogues.keeping(databases.mysql, Duration.ofHours(1));

  @BeforeAll
  void fill() {
    LessonDatabases.await(CatalogueLoader.load(databases.mysql));
    databases.mysql(
        "UPDATE cloze_items SET lesson_id = NULL WHERE topic_id = (SELECT MIN(id) FROM"
            + " cloze_topics)");
    databases.mysql("UPDATE grammar_lessons SET difficulty = NULL");
    int items = 0;
    for (int lesson = 0; lesson < 24; lesson++) {
      databases.mysql(
          "INSERT INTO lessons (id, class_id, teacher_id, student_id, lesson_number, title,"
              + " status) VALUES (?, ?, 't', ?, ?, ?, ?)",
          "taught-" + lesson,
          "class-" + lesson % 3,
          lesson % 4 == 0 ? null : STUDENTS.get(lesson % 2),
          lesson,
          lesson % 5 == 0 ? "" : one(NAMES),
          lesson % 6 == 0 ? "pending" : "approved");
      for (int i = 0; i < 6; i++) {
        String game = one(GAMES);
        databases.mysql(
            "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, topic_id, topic_name,"
                + " exercise_data, difficulty, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            "item-" + items++,
            "taught-" + lesson,
            game,
            topic(game),
            random.nextInt(4) == 0 ? null : one(NAMES),
            data(game, random.nextInt(8) == 0).encode(),
            one(List.of("easy", "medium", "hard")),
            LocalDateTime.of(2026, 1, 1 + random.nextInt(3), 10, 0));
      }
    }
    LessonDatabases.await(keeping.refresh());
  }

  @AfterAll
  void close() {
    databases.close();
  }

  private String one(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String topic(String game) {
    List<String> topics = new ArrayList<>(List.of("", "general", "own"));
    topics.add(null);
    databases
        .mysql(
            "SELECT id FROM "
                + switch (game) {
                  case "advanced_cloze" -> "cloze_topics";
                  case "grammar_challenge" -> "grammar_categories";
                  default -> "sentence_topics";
                }
                + " ORDER BY id LIMIT 2")
        .forEach(row -> topics.add(row.getString(0)));
    return topics.get(random.nextInt(topics.size()));
  }

  private static JsonObject data(String game, boolean broken) {
    if (broken) {
      return new JsonObject();
    }
    JsonArray options = new JsonArray().add("a").add("b");
    return switch (game) {
      case "advanced_cloze" ->
          new JsonObject()
              .put("textParts", new JsonArray().add("It is ").add("."))
              .put("options", new JsonArray().add(options))
              .put("correct", new JsonArray().add("a"));
      case "grammar_challenge" ->
          new JsonObject().put("prompt", "Which?").put("options", options).put("correctIndex", 1);
      default ->
          new JsonObject()
              .put("english", "It is late.")
              .put("tokens", new JsonArray().add("It").add("is").add("late."))
              .put(
                  "accepted",
                  new JsonArray().add(new JsonArray().add("It").add("is").add("late.")));
    };
  }

  private static List<CatalogueViewer> viewers() {
    return List.of(
        CatalogueViewer.learner("anna"),
        CatalogueViewer.learner("nobody-yet"),
        new CatalogueViewer(Optional.empty(), Optional.empty()),
        new CatalogueViewer(Optional.of("ben"), Optional.of("class-1")));
  }

  private List<CatalogueFilter> filters(CatalogueStore store) {
    List<CatalogueFilter> filters = new ArrayList<>();
    for (String topic : new String[] {null, "general", "own", topic(store.game().wireName())}) {
      for (String lesson : new String[] {null, "taught-1", "taught-6"}) {
        for (String difficulty : new String[] {null, "easy"}) {
          filters.add(
              new CatalogueFilter(
                  Optional.ofNullable(topic),
                  Optional.ofNullable(lesson),
                  Optional.ofNullable(difficulty)));
        }
      }
    }
    return filters;
  }

  private interface Page<T> {
    io.vertx.core.Future<CatalogueListing<T>> of(CatalogueStore store, int page, int limit);
  }

  /**
   * @return rows seen
   */
  private static <T> int same(CatalogueStore memory, CatalogueStore database, Page<T> page) {
    int rows = 0;
    for (int limit : new int[] {7, 100}) {
      for (int number : new int[] {1, 2, 40}) {
        CatalogueListing<T> wanted = LessonDatabases.await(page.of(database, number, limit));
        assertThat(LessonDatabases.await(page.of(memory, number, limit)))
            .as("page %d of %d rows", number, limit)
            .isEqualTo(wanted);
        rows += wanted.rows().size();
      }
    }
    return rows;
  }

  @Test
  void pagesAreTheSame() {
    int rows = 0;
    for (int game = 0; game < 3; game++) {
      CatalogueStore memory = keeping.all().get(game);
      CatalogueStore database = plain.all().get(game);
      for (CatalogueViewer viewer : viewers()) {
        rows +=
            same(
                memory,
                database,
                (s, page, limit) -> s.topics(databases.mysql, viewer, page, limit));
        for (CatalogueFilter filter : filters(database)) {
          rows +=
              same(
                  memory,
                  database,
                  (s, page, limit) -> s.lessons(databases.mysql, viewer, filter, page, limit));
          rows +=
              same(
                  memory,
                  database,
                  (s, page, limit) -> s.items(databases.mysql, viewer, filter, page, limit));
        }
      }
    }
    assertThat(rows).isGreaterThan(3_000);
  }

  @Test
  void itemsByIdAreTheSame() {
    List<String> ids = new ArrayList<>(List.of("gone"));
    for (int i = 0; i < 144; i++) {
      ids.add("item-" + i);
    }
    databases.mysql("SELECT id FROM cloze_items").forEach(row -> ids.add(row.getString(0)));
    for (int game = 0; game < 3; game++) {
      for (CatalogueViewer viewer : viewers()) {
        var memory =
            LessonDatabases.await(keeping.all().get(game).items(databases.mysql, viewer, ids));
        var database =
            LessonDatabases.await(plain.all().get(game).items(databases.mysql, viewer, ids));
        assertThat(memory).isNotEmpty().isEqualTo(database);
      }
    }
  }

  @Test
  void whatIsPickedAtRandomIsAmongWhatFits() {
    CatalogueViewer anna = CatalogueViewer.learner("anna");
    CatalogueFilter all = new CatalogueFilter(Optional.empty(), Optional.empty(), Optional.empty());
    for (CatalogueStore store : keeping.all()) {
      List<String> fit =
          LessonDatabases.await(store.items(databases.mysql, anna, all, 1, 500)).rows().stream()
              .map(CatalogueItem::id)
              .toList();
      List<String> first = picked(store, anna, all);
      assertThat(first).hasSize(20).doesNotHaveDuplicates();
      assertThat(fit).containsAll(first);
      assertThat(picked(store, anna, all)).isNotEqualTo(first);
    }
  }

  private List<String> picked(
      CatalogueStore store, CatalogueViewer viewer, CatalogueFilter filter) {
    return LessonDatabases.await(store.some(databases.mysql, viewer, filter, 20)).stream()
        .map(CatalogueItem::id)
        .toList();
  }

  /** A change of authored rows shows once the age is over, and never after a failure only. */
  @Test
  void anotherCatalogueIsReadAnew() {
    Catalogues catalogues = Catalogues.keeping(databases.mysql, Duration.ofHours(1));
    LessonDatabases.await(catalogues.refresh());
    CatalogueViewer nobody = new CatalogueViewer(Optional.empty(), Optional.empty());
    String id = "authored-late";
    databases.mysql(
        "INSERT INTO grammar_questions (id, category_id, question, options, correct_answer) SELECT"
            + " ?, MIN(id), 'Which?', '[\"a\", \"b\"]', 'a' FROM grammar_categories",
        id);
    try {
      assertThat(LessonDatabases.await(catalogues.grammar().item(databases.mysql, nobody, id)))
          .isEmpty();
      LessonDatabases.await(catalogues.refresh());
      assertThat(LessonDatabases.await(catalogues.grammar().item(databases.mysql, nobody, id)))
          .isPresent();
    } finally {
      databases.mysql("DELETE FROM grammar_questions WHERE id = ?", id);
    }
  }
}
