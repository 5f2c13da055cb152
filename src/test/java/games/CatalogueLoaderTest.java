package games;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.stream.IntStream;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The starter catalogue in a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueLoaderTest {
  private static final List<String> TABLES =
      List.of(
          "cloze_items",
          "grammar_questions",
          "sentence_items",
          "cloze_lessons",
          "grammar_lessons",
          "sentence_lessons",
          "cloze_topics",
          "grammar_categories",
          "sentence_topics");

  private final LessonDatabases databases = new LessonDatabases();
  private final CatalogueFiles files = CatalogueFiles.read();

  @BeforeEach
  void empty() {
    TABLES.forEach(table -> databases.mysql("DELETE FROM " + table));
    databases.mysql("DELETE FROM catalogue_rows");
    databases.mysql("DELETE FROM catalogue_content");
  }

  @AfterAll
  void close() {
    databases.close();
  }

  private void load(CatalogueFiles from) {
    LessonDatabases.await(CatalogueLoader.load(databases.mysql, from));
  }

  private long count(String from) {
    return databases.mysql("SELECT COUNT(*) AS n FROM " + from).iterator().next().getLong("n");
  }

  private String text(String query) {
    return databases.mysql(query).iterator().next().getString(0);
  }

  @Test
  void everythingIsLoadedPlayableAndCounted() {
    LessonDatabases.await(CatalogueLoader.load(databases.mysql));
    assertThat(count("cloze_items WHERE playable = 1")).isEqualTo(68);
    assertThat(count("grammar_questions WHERE playable = 1")).isEqualTo(128);
    assertThat(count("sentence_items WHERE playable = 1")).isEqualTo(68);
    assertThat(
            count("cloze_items WHERE playable = 0")
                + count("grammar_questions WHERE playable = 0")
                + count("sentence_items WHERE playable = 0"))
        .isZero();
    assertThat(
            count(
                "grammar_lessons l WHERE question_count <> (SELECT COUNT(*) FROM grammar_questions"
                    + " q WHERE q.lesson_id = l.id)"))
        .isZero();
    assertThat(text("SELECT icon FROM cloze_topics WHERE id = 'cz-kitchen'")).isEqualTo("🍳");
    assertThat(text("SELECT correct_answer FROM grammar_questions WHERE id = 'gram-articles-5'"))
        .isEqualTo("—");
  }

  @Test
  void loadingAgainChangesNothing() {
    load(files);
    String before = text("SELECT CAST(loaded_at AS CHAR) FROM catalogue_content");
    load(files);
    assertThat(text("SELECT CAST(loaded_at AS CHAR) FROM catalogue_content")).isEqualTo(before);
    load(new CatalogueFiles(files.topics(), "another"));
    assertThat(count("grammar_questions")).isEqualTo(128);
    assertThat(text("SELECT content_hash FROM catalogue_content")).isEqualTo("another");
  }

  @Test
  void nodesThatStartTogetherDoNotDisturbEachOther() {
    List<Future<Void>> loads =
        IntStream.range(0, 4).mapToObj(i -> CatalogueLoader.load(databases.mysql, files)).toList();
    LessonDatabases.await(Future.all(loads));
    assertThat(count("cloze_items")).isEqualTo(68);
    assertThat(count("catalogue_rows")).isEqualTo(TABLES.stream().mapToLong(this::count).sum());
  }

  @Test
  void rowsOfOthersStayAsTheyAre() {
    databases.mysql(
        "INSERT INTO cloze_topics (id, name) VALUES ('cz-weather', 'Our weather'), ('ours',"
            + " 'Ours')");
    databases.mysql(
        "INSERT INTO cloze_items (id, topic_id, text_parts, options, correct_answers) VALUES"
            + " ('cz-weather-1', 'cz-weather', '[\"I \",\".\"]', '[[\"go\",\"goes\"]]',"
            + " '[\"go\"]'), ('ours-1', 'ours', '[\"I \",\".\"]', '[[\"go\",\"goes\"]]',"
            + " '[\"go\"]')");
    load(files);
    load(new CatalogueFiles(files.topics(), "another"));
    assertThat(text("SELECT name FROM cloze_topics WHERE id = 'cz-weather'"))
        .isEqualTo("Our weather");
    assertThat(
            text("SELECT CAST(correct_answers AS CHAR) FROM cloze_items WHERE id = 'cz-weather-1'"))
        .contains("go");
    assertThat(count("cloze_items WHERE topic_id = 'cz-weather'")).isEqualTo(12);
    assertThat(count("cloze_items WHERE id = 'ours-1'")).isEqualTo(1);
  }

  @Test
  void changedFilesChangeOnlyTheirOwnRows() {
    load(files);
    databases.mysql("UPDATE cloze_topics SET name = 'Edited' WHERE id = 'cz-weather'");
    databases.mysql(
        "INSERT INTO grammar_questions (id, category_id, lesson_id, question, options,"
            + " correct_answer) VALUES ('added', 'gram-modals', 'gram-modals-a', 'I ____.',"
            + " '[\"am\",\"is\"]', 'am')");
    List<CatalogueTopic> fewer =
        files.topics().stream()
            .map(
                topic ->
                    topic.id().equals("gram-modals")
                        ? new CatalogueTopic(
                            topic.game(),
                            topic.id(),
                            "Modals",
                            topic.icon(),
                            topic.description(),
                            List.of(topic.lessons().get(0)))
                        : topic)
            .toList();
    load(new CatalogueFiles(fewer, "fewer"));
    assertThat(text("SELECT name FROM grammar_categories WHERE id = 'gram-modals'"))
        .isEqualTo("Modals");
    assertThat(text("SELECT name FROM cloze_topics WHERE id = 'cz-weather'"))
        .isEqualTo("Weather talk");
    assertThat(count("grammar_questions WHERE category_id = 'gram-modals'")).isEqualTo(5);
    assertThat(count("grammar_questions WHERE id = 'added'")).isEqualTo(1);
    Row lesson =
        databases
            .mysql("SELECT question_count FROM grammar_lessons WHERE id = 'gram-modals-a'")
            .iterator()
            .next();
    assertThat(lesson.getInteger("question_count")).isEqualTo(5);
    assertThat(count("grammar_questions")).isEqualTo(128 - 8 + 1);
  }
}
