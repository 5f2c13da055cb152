package http;

import games.CatalogueLoader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import lessons.LessonDatabases;
import org.junit.jupiter.api.BeforeAll;
import settings.Settings;

/** A server with the starter catalogue, and lessons beside it. */
abstract class CatalogueTest extends ApiTest {
  /** One family of paths and what is different in it. */
  record Family(
      String path,
      String alias,
      String topics,
      String topicId,
      String items,
      String count,
      String gameType,
      String type,
      String right,
      String wrong) {
    String noun() {
      return items.substring(0, items.length() - 1);
    }

    String selected() {
      return items.equals("questions") ? "selectedQuestionIds" : "selectedItemIds";
    }

    String mastered() {
      return items.equals("questions") ? "masteredQuestionIds" : "masteredItemIds";
    }

    String needsPractice() {
      return items.equals("questions") ? "needsPracticeQuestionIds" : "needsPracticeItemIds";
    }

    String unknown() {
      return "UNKNOWN_" + noun().toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
      return path;
    }
  }

  static final Family CLOZE =
      new Family(
          "/v1/advanced-cloze",
          "/v1/cloze",
          "topics",
          "topicId",
          "items",
          "itemCount",
          "advanced_cloze",
          "cz-weather-2",
          "{\"selectedAnswers\":[\" rains\",\"stay \"]}",
          "{\"selectedAnswers\":[\"rain\",\"stay\"]}");
  static final Family GRAMMAR =
      new Family(
          "/v1/grammar-challenge",
          "/v1/grammar",
          "categories",
          "categoryId",
          "questions",
          "questionCount",
          "grammar_challenge",
          "gram-articles-1",
          "{\"selectedAnswer\":1}",
          "{\"selectedAnswer\":0}");
  static final Family SENTENCE =
      new Family(
          "/v1/sentence-builder",
          "/v1/sentence",
          "topics",
          "topicId",
          "items",
          "itemCount",
          "sentence_builder",
          "sb-routine-1",
          "{\"userTokens\":[\"My\",\"brother\",\"never\",\"drinks\",\"tea\",\".\"]}",
          "{\"userTokens\":[\"tea\",\"My\"]}");

  CatalogueTest(Settings.AuthMode mode) {
    super(mode);
  }

  static List<Family> families() {
    return List.of(CLOZE, GRAMMAR, SENTENCE);
  }

  @BeforeAll
  void load() {
    LessonDatabases.await(CatalogueLoader.load(databases.mysql));
  }

  /**
   * @param student null for a whole class's lesson
   */
  void taught(String id, String student, String status) {
    databases.mysql(
        "INSERT INTO lessons (id, class_id, teacher_id, student_id, lesson_number, lesson_date,"
            + " zoom_summary_id, status) VALUES (?, ?, 't-9', ?, 7, '2026-02-03', ?, ?)",
        id,
        "class-" + id,
        student,
        (long) id.hashCode(),
        status);
  }

  void exercise(
      String id, String lesson, Family family, String topic, String topicName, JsonObject data) {
    databases.mysql(
        "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, topic_id, topic_name,"
            + " exercise_data, difficulty) VALUES (?, ?, ?, ?, ?, ?, 'medium')",
        id,
        lesson,
        family.gameType(),
        topic,
        topicName,
        data.encode());
  }

  /** An item as publishing shapes it. */
  static JsonObject published(Family family) {
    if (family == CLOZE) {
      return new JsonObject(
          "{\"textParts\":[\"He climbed the \",\" to"
              + " paint.\"],\"options\":[[\"ladder\",\"bucket\"]],\"correct\":[\"ladder\"],\"hint\":\"It"
              + " has steps.\"}");
    }
    if (family == GRAMMAR) {
      return new JsonObject(
          "{\"prompt\":\"He ____ home.\",\"options\":[\"go\",\"went\",\"gone\",\"goes"
              + " to\"],\"correctIndex\":1,\"explanation\":\"Past.\"}");
    }
    return new JsonObject(
        "{\"english\":\"The paint is wet.\",\"translation\":\"הצבע"
            + " רטוב.\",\"tokens\":[\"The\",\"paint\",\"is\",\"wet\",\".\"],"
            + "\"accepted\":[[\"The\",\"paint\",\"is\",\"wet\",\".\"]],\"distractors\":[]}");
  }

  static JsonObject byId(JsonArray rows, String id) {
    return rows.stream()
        .map(JsonObject.class::cast)
        .filter(row -> id.equals(row.getString("id")))
        .findFirst()
        .orElse(null);
  }

  JsonArray data(String path, String... headers) {
    return server.get(path, headers).json().getJsonArray("data");
  }

  static String[] as(String learner) {
    return new String[] {"X-User-Id", learner};
  }
}
