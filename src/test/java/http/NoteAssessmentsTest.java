package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import settings.Settings;

/**
 * Assessments of uploaded notes, as clients have them that know users and assessments by number.
 */
class NoteAssessmentsTest extends ApiTest {
  private static final String AT = "/api/assessment/";

  private CourseNode node;
  private ApiServer proving;

  NoteAssessmentsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @BeforeAll
  void open() {
    node = new CourseNode(databases, "node-notes");
    proving = new ApiServer(databases, Settings.AuthMode.JWT);
  }

  @AfterAll
  void shut() {
    proving.close();
    node.close();
  }

  private static List<String> fields(String user, String... more) {
    List<String> fields = new ArrayList<>(List.of("user_id", user, "session_id", "31"));
    fields.addAll(List.of(more));
    return fields;
  }

  private static Forms.File rivers() {
    return Forms.text("rivers.txt", CourseText.RIVERS);
  }

  private Answer upload(List<String> fields, List<Forms.File> files) {
    return Forms.post(server.port, AT + "upload-and-generate", Forms.of(fields, files));
  }

  private JsonObject submission(int user, long assessment, JsonObject answers) {
    return new JsonObject()
        .put("user_id", user)
        .put("session_id", 31)
        .put("assessment_id", assessment)
        .put("answers", answers);
  }

  @Test
  void notesBecomeAnAssessmentThatIsGradedAsOftenAsOneLikes() {
    Answer made =
        upload(
            fields("7", "difficulty_level", "hard", "num_questions", "5"),
            List.of(rivers(), Forms.text("more.txt", CourseText.RIVERS.substring(0, 900))));
    assertThat(made.status()).as(made.response().body()).isEqualTo(200);
    long id = made.json().getLong("assessment_id");
    assertThat(made.json().getString("status")).isEqualTo("success");
    JsonArray questions = made.json().getJsonArray("questions");
    assertThat(questions).hasSize(5);
    assertThat(made.json().getInteger("total_questions")).isEqualTo(5);
    JsonObject first = questions.getJsonObject(0);
    assertThat(first.fieldNames()).containsOnly("question_number", "question_text", "options");
    assertThat(first.getJsonObject("options").fieldNames()).containsExactly("A", "B", "C", "D");

    // clients name nobody here
    JsonObject read = server.get(AT + id).json();
    assertThat(read.getString("difficulty_level")).isEqualTo("hard");
    assertThat(read.getInteger("passing_score")).isEqualTo(60);
    assertThat(read.getInteger("time_limit")).isPositive();
    assertThat(read.getJsonArray("questions").getJsonObject(0).getString("difficulty"))
        .isEqualTo("hard");
    assertThat(read.encode()).doesNotContain("correct", "explanation");

    Answer none =
        server.post(
            AT + "submit", submission(7, id, new JsonObject().put("999", "").put("x", "A")));
    assertThat(none.status()).as(none.response().body()).isEqualTo(200);
    assertThat(none.json().getInteger("score")).isZero();
    assertThat(none.json().getInteger("incorrect_answers")).isZero();
    assertThat(none.json().getBoolean("passed")).isFalse();
    assertThat(none.json().getInteger("user_id")).isEqualTo(7);
    JsonObject right = new JsonObject();
    for (Object entry : none.json().getJsonArray("detailed_results")) {
      JsonObject detail = (JsonObject) entry;
      assertThat(detail.getString("user_answer")).isEmpty();
      assertThat(detail.getString("explanation")).isNotBlank();
      right.put(
          String.valueOf(detail.getInteger("question_number")),
          detail.getString("correct_answer").toLowerCase(Locale.ROOT));
    }
    Answer all = server.post(AT + "submit", submission(7, id, right).put("time_taken", 95));
    assertThat(all.json().getDouble("percentage")).isEqualTo(100.0);
    assertThat(all.json().getBoolean("passed")).isTrue();
    assertThat(all.json().getInteger("time_taken")).isEqualTo(95);
    assertThat(all.json().getLong("response_id")).isGreaterThan(none.json().getLong("response_id"));

    JsonObject history = server.get(AT + id + "/attempts/7").json();
    assertThat(history.getInteger("total_attempts")).isEqualTo(2);
    JsonObject newest = history.getJsonArray("attempts").getJsonObject(0);
    assertThat(newest.getInteger("attempt_number")).isEqualTo(2);
    assertThat(newest.getInteger("score")).isEqualTo(5);
    assertThat(newest.getJsonObject("answers")).isEqualTo(right);
    JsonObject mine = server.get(AT + "user/7").json();
    assertThat(mine.getInteger("total_assessments")).isEqualTo(1);
    JsonObject row = mine.getJsonArray("assessments").getJsonObject(0);
    assertThat(row.getString("file_name")).isEqualTo("rivers.txt, more.txt");
    assertThat(row.getString("file_type")).isEqualTo("txt,txt");
    assertThat(row.getInteger("attempt_count")).isEqualTo(2);
    assertThat(row.getInteger("best_score")).isEqualTo(5);
    assertThat(server.get(AT + "user/8").json().getInteger("total_assessments")).isZero();
    assertThat(server.get(AT + id + "?user_id=8").status()).isEqualTo(404);
    assertThat(server.get(AT + id + "/attempts/8").status()).isEqualTo(404);
    assertThat(server.post(AT + "submit", submission(8, id, right)).status()).isEqualTo(404);
    assertThat(server.get(AT + "999999").json())
        .isEqualTo(new JsonObject().put("detail", "Assessment not found"));
  }

  @ParameterizedTest
  @CsvSource({
    "difficulty_level,brutal,difficulty_level must be",
    "num_questions,0,num_questions must be",
    "num_questions,51,num_questions must be",
    "num_questions,many,num_questions must be",
    "session_id,'',session_id is missing"
  })
  void aWrongFieldIsRefused(String name, String value, String told) {
    List<String> fields =
        name.equals("session_id")
            ? List.of("user_id", "7", "session_id", value)
            : fields("7", name, value);
    Answer refused = upload(fields, List.of(rivers()));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().getString("detail")).startsWith(told);
  }

  @Test
  void wrongFilesAreRefused() {
    assertThat(upload(fields("7"), List.of()).status()).isEqualTo(400);
    Answer four = upload(fields("7"), List.of(rivers(), rivers(), rivers(), rivers()));
    assertThat(four.status()).isEqualTo(400);
    assertThat(four.json().getString("detail")).contains("1 to 3 files");
    Answer picture = upload(fields("7"), List.of(Forms.text("cat.png", "\u0089PNG\r\n\u001a\n\0")));
    assertThat(picture.status()).isEqualTo(400);
    Answer liar = upload(fields("7"), List.of(Forms.text("notes.pdf", "no PDF at all")));
    assertThat(liar.status()).isEqualTo(400);
    assertThat(liar.json().getString("detail")).contains("notes.pdf");
    Answer large = upload(fields("7"), List.of(Forms.text("large.txt", "word ".repeat(2_200_000))));
    assertThat(large.status()).isEqualTo(400);
    assertThat(large.json().getString("detail")).contains("10 MB");
    Answer nothing = upload(fields("7"), List.of(Forms.text("short.txt", "Too short.")));
    assertThat(nothing.status()).as(nothing.response().body()).isEqualTo(400);
    assertThat(nothing.json().getString("detail")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_id", "session_id", "assessment_id", "answers"})
  void whatIsMissingInASubmissionIsNamed(String member) {
    JsonObject body = submission(7, 1, new JsonObject());
    body.remove(member);
    Answer refused = server.post(AT + "submit", body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().getString("detail")).startsWith(member + " is missing");
  }

  @Test
  void anotherUsersNameIsRefusedWhereATokenProvesWhoCalls() {
    String[] seven = proving.token("7", "");
    Answer forged =
        Forms.post(
            proving.port,
            AT + "upload-and-generate",
            Forms.of(fields("8"), List.of(rivers())),
            seven);
    assertThat(forged.status()).isEqualTo(403);
    Answer own =
        Forms.post(
            proving.port,
            AT + "upload-and-generate",
            Forms.of(fields("7", "num_questions", "3"), List.of(rivers())),
            seven);
    assertThat(own.status()).as(own.response().body()).isEqualTo(200);
    long id = own.json().getLong("assessment_id");
    assertThat(proving.get(AT + id, seven).status()).isEqualTo(200);
    assertThat(proving.get(AT + id).status()).isEqualTo(401);
    assertThat(proving.get(AT + id, proving.token("8", "")).status()).isEqualTo(404);
    assertThat(proving.get(AT + "user/7", proving.token("8", "")).status()).isEqualTo(403);
  }
}
