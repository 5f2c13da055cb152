package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import settings.Settings;

/** Items of lessons beside the authored ones: who sees them, and what can't be played. */
class CatalogueLessonsTest extends CatalogueTest {
  CatalogueLessonsTest() {
    super(Settings.AuthMode.JWT);
  }

  private JsonArray seen(Family family, String query, String... headers) {
    return data(family.path() + "/" + family.items() + "?limit=100&" + query, headers);
  }

  private String[] learner(String id) {
    return server.token(id, "");
  }

  @ParameterizedTest
  @MethodSource("families")
  void onlyApprovedLessonsOfTheLearnerOrTheWholeClassAreSeen(Family family) {
    String at = family.gameType().substring(0, 4);
    taught(at + "-own", "stu-1", "approved");
    taught(at + "-all", null, "approved");
    taught(at + "-pending", "stu-1", "pending");
    taught(at + "-rejected", null, "rejected");
    for (String lesson : List.of("own", "all", "pending", "rejected")) {
      exercise(
          at + "-x-" + lesson,
          at + "-" + lesson,
          family,
          "visible-" + at,
          "Visible",
          published(family));
    }
    String query = family.topicId() + "=visible-" + at;
    assertThat(
            seen(family, query, learner("stu-1")).stream()
                .map(row -> ((JsonObject) row).getString("id")))
        .containsExactlyInAnyOrder(at + "-x-own", at + "-x-all");
    assertThat(
            seen(family, query, learner("STU-1")).stream()
                .map(row -> ((JsonObject) row).getString("id")))
        .containsExactly(at + "-x-all");
    assertThat(
            seen(family, query + "&classId=class-" + at + "-own", learner("stu-2")).stream()
                .map(row -> ((JsonObject) row).getString("id")))
        .containsExactly(at + "-x-all");
    assertThat(
            seen(family, query + "&classId=class-" + at + "-own", server.token("t-9", "teacher"))
                .stream()
                .map(row -> ((JsonObject) row).getString("id")))
        .containsExactlyInAnyOrder(at + "-x-own", at + "-x-all");

    JsonObject topic =
        byId(data(family.path() + "/" + family.topics(), learner("stu-1")), "visible-" + at);
    assertThat(topic.getInteger(family.count())).isEqualTo(2);
    assertThat(topic.getString("name")).isEqualTo("Visible");
    assertThat(topic.getValue("icon")).isNull();
    assertThat(data(family.path() + "/lessons?" + query, learner("stu-2"))).hasSize(1);
    JsonObject lesson =
        byId(data(family.path() + "/lessons?" + query, learner("stu-1")), at + "-own");
    assertThat(lesson.getString("title")).isEqualTo("Lesson 7");
    assertThat(lesson.getInteger("lessonNumber")).isEqualTo(7);
    assertThat(lesson.getString("classId")).isEqualTo("class-" + at + "-own");
    assertThat(lesson.getString("lessonDate")).isEqualTo("2026-02-03");

    String hint = family.path() + "/" + family.items() + "/" + at + "-x-";
    assertThat(server.get(hint + "own/hint", learner("stu-1")).status()).isEqualTo(200);
    assertThat(server.get(hint + "own/hint", learner("stu-2")).status()).isEqualTo(404);
    assertThat(server.get(hint + "pending/hint", learner("stu-1")).status()).isEqualTo(404);
    assertThat(server.get(family.path() + "/" + family.topics()).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("families")
  void itemsWithoutTopicAreGeneralAndTopicsAreListedOnce(Family family) {
    String at = family.gameType().substring(0, 3);
    String student = "stu-" + at;
    taught(at + "-g", student, "approved");
    exercise(at + "-g1", at + "-g", family, null, null, published(family));
    exercise(at + "-g2", at + "-g", family, "", "", published(family));
    exercise(at + "-g3", at + "-g", family, "twice-" + at, "At work", published(family));
    exercise(at + "-g4", at + "-g", family, "twice-" + at, "at Work", published(family));
    databases.mysql(
        "UPDATE lesson_exercises SET created_at = '2020-01-01' WHERE id = ?", at + "-g3");
    JsonArray topics = data(family.path() + "/" + family.topics(), learner(student));
    assertThat(topics.stream().map(row -> ((JsonObject) row).getString("id")))
        .doesNotHaveDuplicates();
    assertThat(byId(topics, "general").getString("name")).isEqualTo("General");
    assertThat(byId(topics, "general").getInteger(family.count())).isEqualTo(2);
    assertThat(byId(topics, "twice-" + at).getString("name")).isEqualTo("at Work");
    assertThat(byId(topics, "twice-" + at).getInteger(family.count())).isEqualTo(2);
    JsonArray general = seen(family, family.topicId() + "=general", learner(student));
    assertThat(general).hasSize(2);
    assertThat(general.getJsonObject(0).getString(family.topicId())).isEqualTo("general");
    assertThat(data(family.path() + "/lessons?" + family.topicId() + "=general", learner(student)))
        .hasSize(1);
  }

  @Test
  void flatGapTextsAreBroughtIntoRegularForm() {
    flat("flat-1", "[\"I feel\",\"__\",\"today.\"]", "[\"fine\",\"find\"]", "[\"fine\"]");
    flat(
        "flat-2",
        "[\"She is\",\"_____\",\", and he is too.\"]",
        "[\"tired\",\"tire\"]",
        "[\"tired\"]");
    flat("flat-3", "[\"__\",\"is late.\"]", "[\"He\",\"Him\"]", "[\"He\"]");
    flat("flat-two-gaps", "[\"__\",\"__\",\"late.\"]", "[\"He\",\"Him\"]", "[\"He\"]");
    flat("flat-no-answer", "[\"I feel\",\"__\",\"today.\"]", "[\"fine\",\"find\"]", "[\"good\"]");
    flat("short", "[\"I feel today.\"]", "[[\"fine\",\"find\"]]", "[\"fine\"]");
    flat(
        "wrong-second",
        "[\"I \",\" to \",\".\"]",
        "[[\"go\",\"goes\"],[\"bed\",\"bad\"]]",
        "[\"go\",\"school\"]");
    flat("no-list", "[\"I \",\".\"]", "\"go\"", "[\"go\"]");
    JsonArray rows = data("/v1/cloze/items?topicId=flat", learner("stu-9"));
    assertThat(rows.stream().map(row -> ((JsonObject) row).getString("id")))
        .containsExactlyInAnyOrder("flat-1", "flat-2", "flat-3");
    assertThat(byId(rows, "flat-1").getJsonArray("textParts"))
        .isEqualTo(new JsonArray().add("I feel ").add(" today."));
    assertThat(byId(rows, "flat-1").getJsonArray("options"))
        .isEqualTo(new JsonArray().add(new JsonArray().add("fine").add("find")));
    assertThat(byId(rows, "flat-2").getJsonArray("textParts"))
        .isEqualTo(new JsonArray().add("She is ").add(", and he is too."));
    assertThat(byId(rows, "flat-3").getJsonArray("textParts"))
        .isEqualTo(new JsonArray().add("").add(" is late."));
    JsonObject topic = byId(data("/v1/cloze/topics", learner("stu-9")), "flat");
    assertThat(topic.getInteger("itemCount")).isEqualTo(3);
    assertThat(server.get("/v1/cloze/items/flat-no-answer/hint", learner("stu-9")).status())
        .isEqualTo(404);
  }

  private void flat(String id, String parts, String options, String correct) {
    databases.mysql("INSERT IGNORE INTO cloze_topics (id, name) VALUES ('flat', 'Flat')");
    databases.mysql(
        "INSERT IGNORE INTO cloze_lessons (id, topic_id, title, item_count) VALUES ('flat-a',"
            + " 'flat', 'Flat', 99)");
    databases.mysql(
        "INSERT INTO cloze_items (id, topic_id, lesson_id, text_parts, options, correct_answers)"
            + " VALUES (?, 'flat', 'flat-a', ?, ?, ?)",
        id,
        parts,
        options,
        correct);
  }

  @Test
  void aGrammarAnswerIsFoundByItsTextOrTheQuestionIsHidden() {
    databases.mysql(
        "INSERT INTO grammar_categories (id, name) VALUES ('texts', 'Texts'), ('empty', 'Empty')");
    databases.mysql(
        "INSERT INTO grammar_lessons (id, category_id, title, question_count) VALUES ('texts-a',"
            + " 'texts', 'T', 9), ('empty-a', 'empty', 'E', 5)");
    question("exact", "texts", "[\"the\",\"The\",\"a\"]", "The");
    question("trimmed", "texts", "[\"went\",\" Goes \",\"go\"]", "goes");
    question("nowhere", "texts", "[\"went\",\"goes\"]", "gone");
    question("wildcard", "texts", "[\"abc\",\"def\"]", "a%");
    question("hidden", "empty", "[\"went\",\"goes\"]", "");
    JsonArray rows = data("/v1/grammar/questions?categoryId=texts", learner("stu-9"));
    assertThat(rows).hasSize(2);
    assertThat(byId(rows, "exact").getInteger("correctIndex")).isEqualTo(1);
    assertThat(byId(rows, "trimmed").getInteger("correctIndex")).isEqualTo(1);
    JsonArray categories = data("/v1/grammar/categories", learner("stu-9"));
    assertThat(byId(categories, "texts").getInteger("questionCount")).isEqualTo(2);
    assertThat(byId(categories, "empty")).isNull();
    assertThat(data("/v1/grammar/lessons?categoryId=empty", learner("stu-9"))).isEmpty();

    taught("gram-text", "stu-9", "approved");
    JsonObject asText = published(GRAMMAR);
    asText.remove("correctIndex");
    exercise(
        "as-text",
        "gram-text",
        GRAMMAR,
        "as-text",
        "Text",
        asText.copy().put("correct_answer", "went"));
    exercise("as-nothing", "gram-text", GRAMMAR, "as-text", "Text", asText);
    exercise(
        "as-odd", "gram-text", GRAMMAR, "as-text", "Text", asText.copy().put("correctIndex", 4));
    rows = data("/v1/grammar/questions?categoryId=as-text", learner("stu-9"));
    assertThat(rows).hasSize(1);
    assertThat(rows.getJsonObject(0).getInteger("correctIndex")).isEqualTo(1);
    assertThat(
            byId(data("/v1/grammar/categories", learner("stu-9")), "as-text")
                .getInteger("questionCount"))
        .isEqualTo(1);
  }

  private void question(String id, String category, String options, String answer) {
    databases.mysql(
        "INSERT INTO grammar_questions (id, category_id, lesson_id, question, options,"
            + " correct_answer) VALUES (?, ?, ?, 'He ____.', ?, ?)",
        id,
        category,
        category + "-a",
        options,
        answer);
  }

  @Test
  void sentencesWithoutAnAcceptedOrderAreHidden() {
    databases.mysql(
        "INSERT INTO sentence_items (id, topic_id, lesson_id, english_sentence, sentence_tokens,"
            + " accepted_sequences) VALUES ('none', 'sb-food', 'sb-food-a', 'Eat.',"
            + " '[\"Eat\",\".\"]', '[]'), ('flat', 'sb-food', 'sb-food-a', 'Eat.',"
            + " '[\"Eat\",\".\"]', '[\"Eat\",\".\"]')");
    assertThat(data("/v1/sentence/items?lessonId=sb-food-a", learner("stu-9"))).hasSize(4);
    assertThat(server.get("/v1/sentence/items/none/hint", learner("stu-9")).status())
        .isEqualTo(404);
  }

  @Test
  void everyGapNeedsItsAnswerAmongItsOptions() {
    taught("gaps", null, "approved");
    databases.mysql("INSERT INTO cloze_topics (id, name) VALUES ('gaps-own', 'Gaps')");
    databases.mysql(
        "INSERT INTO cloze_lessons (id, topic_id, title) VALUES ('gaps-own', 'gaps-own', 'Gaps')");
    for (int gaps : new int[] {1, 3, 9, 20}) {
      exercise("gaps-good-" + gaps, "gaps", CLOZE, "many", "Many", gaps(gaps, -1));
      own("gaps-own-good-" + gaps, gaps(gaps, -1));
      for (int bad : IntStream.of(0, gaps / 2, gaps - 1).distinct().toArray()) {
        String id = gaps + "-" + bad;
        exercise("gaps-bad-" + id, "gaps", CLOZE, "many", "Many", gaps(gaps, bad));
        own("gaps-own-bad-" + id, gaps(gaps, bad));
      }
    }
    exercise("gaps-too-many", "gaps", CLOZE, "many", "Many", gaps(21, -1));
    String[] good = {"gaps-good-1", "gaps-good-3", "gaps-good-9", "gaps-good-20"};
    assertThat(ids(data("/v1/advanced-cloze/items?topicId=many", server.token("anybody", ""))))
        .containsExactlyInAnyOrder(good);
    assertThat(
            byId(data("/v1/advanced-cloze/topics", server.token("anybody", "")), "many")
                .getInteger("itemCount"))
        .isEqualTo(4);
    assertThat(
            ids(
                data(
                    "/v1/advanced-cloze/items?lessonId=gaps-own&limit=50",
                    server.token("anybody", ""))))
        .containsExactlyInAnyOrder(
            "gaps-own-good-1", "gaps-own-good-3", "gaps-own-good-9", "gaps-own-good-20");
  }

  private static List<String> ids(JsonArray rows) {
    return rows.stream().map(row -> ((JsonObject) row).getString("id")).toList();
  }

  /**
   * @param bad the gap whose answer is none of its options; -1: none
   */
  private static JsonObject gaps(int gaps, int bad) {
    JsonArray parts = new JsonArray().add("Start");
    JsonArray options = new JsonArray();
    JsonArray correct = new JsonArray();
    for (int i = 0; i < gaps; i++) {
      parts.add(" and ");
      options.add(new JsonArray().add("a" + i).add("b" + i));
      correct.add(i == bad ? "c" : "a" + i);
    }
    return new JsonObject()
        .put("textParts", parts)
        .put("options", options)
        .put("correct", correct)
        .put("hint", "Look.");
  }

  private void own(String id, JsonObject data) {
    databases.mysql(
        "INSERT INTO cloze_items (id, topic_id, lesson_id, text_parts, options, correct_answers,"
            + " difficulty) VALUES (?, 'gaps-own', 'gaps-own', ?, ?, ?, 'easy')",
        id,
        data.getJsonArray("textParts").encode(),
        data.getJsonArray("options").encode(),
        data.getJsonArray("correct").encode());
  }
}
