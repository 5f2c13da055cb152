package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lessons.LessonDatabases;
import lessons.PublishSets;

/**
 * A learner who has something of everything. Every text of theirs carries a mark, so that a leak
 * can be seen in any answer.
 */
final class OwnershipWalkSeed {
  static final String OWNER = "walk-owner";
  static final String STRANGER = "walk-stranger";
  static final String CLASS = "walk-class";
  static final String MARK = "QZXOWNED";

  private static final Map<String, String> GAMES =
      Map.of(
          "flashcards",
          "word",
          "spelling_bee",
          "word",
          "grammar_challenge",
          "item",
          "advanced_cloze",
          "item",
          "sentence_builder",
          "item");

  private final LessonDatabases databases;
  private final List<String> ids = new ArrayList<>();

  OwnershipWalkSeed(LessonDatabases databases) {
    this.databases = databases;
    words();
    lesson();
    GAMES.keySet().forEach(this::session);
    pipeline();
    course();
  }

  /** Ids of everything the owner has, in no special order. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  private String own(String id) {
    ids.add(id);
    return id;
  }

  private void words() {
    databases.mysql(
        "INSERT INTO word_lists (id, user_id, class_id, name, description, word_count) VALUES (?,"
            + " ?, ?, ?, ?, 1)",
        own("walk-list"),
        OWNER,
        CLASS,
        MARK + " list",
        MARK);
    databases.mysql(
        "INSERT INTO words (id, list_id, word, translation, notes) VALUES (?, 'walk-list', ?, ?,"
            + " ?)",
        own("walk-word"),
        MARK + "word",
        MARK,
        MARK);
  }

  private void lesson() {
    databases.mysql(
        "INSERT INTO lessons (id, class_id, teacher_id, student_id, lesson_number, title,"
            + " zoom_summary_id, status) VALUES (?, ?, 't-9', ?, 1, ?, 4242, 'approved')",
        own("walk-lesson"),
        CLASS,
        OWNER,
        MARK + " lesson");
    item(
        "flashcards",
        new JsonObject().put("word", MARK).put("translation", MARK).put("exampleSentence", MARK));
    item(
        "spelling_bee",
        new JsonObject().put("word", MARK).put("translation", MARK).put("hint", MARK));
    item(
        "advanced_cloze",
        new JsonObject()
            .put("textParts", new JsonArray().add(MARK + " ").add("."))
            .put("options", new JsonArray().add(new JsonArray().add("a").add("b")))
            .put("correct", new JsonArray().add("a"))
            .put("hint", MARK));
    item(
        "grammar_challenge",
        new JsonObject()
            .put("prompt", MARK + " ___")
            .put("options", new JsonArray().add("a").add("b"))
            .put("correctIndex", 0)
            .put("hint", MARK));
    JsonArray tokens = new JsonArray().add(MARK).add("runs").add(".");
    item(
        "sentence_builder",
        new JsonObject()
            .put("english", MARK + " runs.")
            .put("tokens", tokens)
            .put("accepted", new JsonArray().add(tokens))
            .put("distractors", new JsonArray())
            .put("hint", MARK));
  }

  private void item(String game, JsonObject data) {
    databases.mysql(
        "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, topic_id, topic_name,"
            + " exercise_data, hint, explanation) VALUES (?, 'walk-lesson', ?, 'walk-topic', ?, ?,"
            + " ?, ?)",
        own("walk-item-" + game),
        game,
        MARK,
        data.encode(),
        MARK,
        MARK);
  }

  private void session(String game) {
    String item = GAMES.get(game).equals("word") ? "walk-word" : "walk-item-" + game;
    String id = own("walk-session-" + game);
    databases.mysql(
        "INSERT INTO game_sessions (id, user_id, game_type, mode, word_list_id, class_id,"
            + " item_order, progress_total, mastered_ids, needs_practice_ids, metadata, started_at)"
            + " VALUES (?, ?, ?, 'custom', 'walk-list', ?, ?, 1, '[]', '[]', ?, UTC_TIMESTAMP(6))",
        id,
        OWNER,
        game,
        CLASS,
        new JsonArray().add(item).encode(),
        new JsonObject().put("note", MARK).encode());
    databases.mysql(
        "INSERT INTO game_results (session_id, user_id, game_type, item_id, client_result_id,"
            + " is_correct, user_answer) VALUES (?, ?, ?, ?, 'walk-result', 0, ?)",
        id,
        OWNER,
        game,
        item,
        MARK);
    databases.mysql(
        "INSERT INTO user_mistakes (user_id, game_type, item_id, user_answer, correct_answer,"
            + " last_answered_at) VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
        OWNER,
        game,
        item,
        MARK,
        MARK);
  }

  private void pipeline() {
    long lesson = PublishSets.lesson(databases, CLASS, OWNER, "16:00");
    databases.postgres(
        "UPDATE zoom_summaries SET transcript = $2, meeting_topic = $2, status = 'failed',"
            + " last_error = $2 WHERE id = $1",
        lesson,
        MARK);
    ids.add(Long.toString(lesson));
    JsonObject set = PublishSets.set("walk");
    set.getJsonArray("flashcards").getJsonObject(0).put("translation", MARK);
    long id = PublishSets.store(databases, lesson, CLASS, OWNER, 1, 1, set);
    ids.add(Long.toString(id));
    ids.add("walk-card");
  }

  private void course() {
    JsonObject question =
        new JsonObject(
            """
            {"number": 1, "type": "true_false", "text": "QZXOWNED?", "options": [], "answerKey": {"correct": "true", "accepted": [],
             "pairs": []}, "explanation": "QZXOWNED", "points": 1, "difficulty": "beginner", "topic": "QZXOWNED", "chapterIndex": 0,
             "lessonIndex": 0, "sourceRefs": []}\
            """);
    JsonObject exercise =
        new JsonObject(
            """
            {"title": "QZXOWNED", "description": "", "type": "true_false", "question": "QZXOWNED?", "options": [], "answerKey":
             {"correct": "true", "accepted": [], "pairs": []}, "explanation": "QZXOWNED", "hints": [], "points": 1, "sourceRefs": []}\
            """);
    JsonObject mcq =
        new JsonObject(
            """
            {"chapterIndex": 0, "question": "QZXOWNED?", "options": ["a", "b", "c", "d"], "correctIndex": 0, "explanation": "QZXOWNED",
             "difficulty": "beginner", "sourceRefs": []}\
            """);
    Row course =
        databases
            .postgres(
                "INSERT INTO course (owner_id, source_type, title, summary, status) VALUES ($1,"
                    + " 'text', $2, $2, 'ready') RETURNING id",
                OWNER,
                MARK)
            .iterator()
            .next();
    java.util.UUID id = course.getUUID("id");
    ids.add(id.toString());
    Row job =
        databases
            .postgres(
                "INSERT INTO course_job (owner_id, course_id, generation_process_id, request_hash,"
                    + " request, status, finished_at) VALUES ($1, $2, 'walk-process', 'x', $3,"
                    + " 'partial', now()) RETURNING id, task_id",
                OWNER,
                id,
                new JsonObject().put("title", MARK))
            .iterator()
            .next();
    ids.add(job.getUUID("id").toString());
    ids.add(job.getUUID("task_id").toString());
    databases.postgres("SELECT course_tell($1, 'state', $2)", job.getUUID("id"), mcq);
    for (var item : Map.of("exercise", exercise, "mcq", mcq).entrySet()) {
      ids.add(
          databases
              .postgres(
                  "INSERT INTO course_item (course_id, owner_id, part, kind, order_index, data)"
                      + " VALUES ($1, $2, $3, $3, 0, $4) RETURNING id",
                  id,
                  OWNER,
                  item.getKey(),
                  item.getValue())
              .iterator()
              .next()
              .getUUID("id")
              .toString());
    }
    learning(id);
    ids.add(
        databases
            .postgres(
                "INSERT INTO course_chapter (course_id, owner_id, order_index, title) VALUES ($1,"
                    + " $2, 2, $3) RETURNING id",
                id,
                OWNER,
                MARK)
            .iterator()
            .next()
            .getUUID("id")
            .toString());
    Row notes =
        databases
            .postgres(
                "INSERT INTO course_assessment (code, owner_id, kind, title, passing_score,"
                    + " questions, session_id, difficulty, file_name, file_type) VALUES"
                    + " ('walk_notes', $1, 'notes', $2, 60, $3, $2, 'easy', $2, 'txt') RETURNING"
                    + " id, legacy_id",
                OWNER,
                MARK,
                new JsonArray().add(question))
            .iterator()
            .next();
    ids.add(Long.toString(notes.getLong("legacy_id")));
    databases.postgres(
        "INSERT INTO course_attempt (assessment_id, owner_id, attempt_number, status, answers,"
            + " result) VALUES ($1, $2, 1, 'graded', $3, $3)",
        notes.getUUID("id"),
        OWNER,
        new JsonObject().put("1", MARK));
    for (String kind : List.of("final", "course_quiz")) {
      ids.add(
          databases
              .postgres(
                  "INSERT INTO course_assessment (code, course_id, owner_id, kind, title,"
                      + " passing_score, questions) VALUES ($1, $2, $3, $4, $5, 60, $6) RETURNING"
                      + " id",
                  "walk_" + kind,
                  id,
                  OWNER,
                  kind,
                  MARK,
                  new JsonArray().add(question))
              .iterator()
              .next()
              .getUUID("id")
              .toString());
      ids.add("walk_" + kind);
    }
  }

  /** A lesson with a note and progress, an answer, and a recording. */
  private void learning(java.util.UUID course) {
    java.util.UUID chapter =
        id(
            "INSERT INTO course_chapter (course_id, owner_id, order_index, title) VALUES ($1, $2,"
                + " 1, $3) RETURNING id",
            course);
    java.util.UUID lesson =
        databases
            .postgres(
                "INSERT INTO course_lesson (course_id, chapter_id, owner_id, ordinal, order_index,"
                    + " title, plan) VALUES ($1, $2, $3, 0, 1, $4, '{}') RETURNING id",
                course,
                chapter,
                OWNER,
                MARK)
            .iterator()
            .next()
            .getUUID("id");
    ids.add(lesson.toString());
    for (String sql :
        List.of(
            "INSERT INTO course_note (lesson_id, course_id, owner_id, content) SELECT id,"
                + " course_id, $2, $3 FROM course_lesson WHERE course_id = $1 RETURNING id",
            "INSERT INTO course_response (item_id, course_id, owner_id, kind, attempt_no, answer,"
                + " outcome, earned, points, grader) SELECT id, $1, $2, 'mcq', 1,"
                + " to_jsonb($3::text), 'wrong', 0, 1, 'rules' FROM course_item WHERE course_id ="
                + " $1 AND kind = 'mcq' RETURNING id",
            "INSERT INTO course_audio (course_id, owner_id, audio_type, status, language,"
                + " script_hash, voice, bytes, duration_ms) VALUES ($1, $2, 'full_lecture',"
                + " 'ready', 'en', 'x', $3, 1, 1) RETURNING id")) {
      id(sql, course);
    }
    databases.postgres(
        "INSERT INTO course_lesson_progress (owner_id, lesson_id, course_id, status) VALUES ($1,"
            + " $2, $3, 'in_progress')",
        OWNER,
        lesson,
        course);
  }

  private java.util.UUID id(String sql, java.util.UUID course) {
    java.util.UUID id =
        databases.postgres(sql, course, OWNER, MARK).iterator().next().getUUID("id");
    ids.add(id.toString());
    return id;
  }

  /** Every row of the owner's, by table: what no stranger's call may change. */
  Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String table : List.of("word_lists", "game_sessions", "game_results", "user_mistakes")) {
      rows.put(
          table, dump("SELECT * FROM " + table + " WHERE user_id = '" + OWNER + "' ORDER BY id"));
    }
    rows.put("words", dump("SELECT * FROM words WHERE list_id = 'walk-list' ORDER BY id"));
    rows.put(
        "lessons", dump("SELECT * FROM lessons WHERE student_id = '" + OWNER + "' ORDER BY id"));
    rows.put(
        "lesson_exercises",
        dump("SELECT * FROM lesson_exercises WHERE lesson_id = 'walk-lesson' ORDER BY id"));
    StringBuilder pipeline = new StringBuilder();
    for (String table : List.of("zoom_summaries", "lesson_exercises")) {
      for (Row row :
          databases.postgres(
              "SELECT to_jsonb(t)::text AS row FROM " + table + " t WHERE user_id = $1 ORDER BY id",
              OWNER)) {
        pipeline.append(row.getString("row")).append('\n');
      }
    }
    rows.put("pipeline", pipeline.toString());
    StringBuilder courses = new StringBuilder();
    for (String table :
        List.of(
            "course",
            "course_job",
            "course_chapter",
            "course_item",
            "course_assessment",
            "course_attempt",
            "course_event",
            "course_note",
            "course_response",
            "course_audio",
            "course_lesson_progress",
            "course_item_progress")) {
      for (Row row :
          databases.postgres(
              "SELECT to_jsonb(t)::text AS row FROM " + table + " t WHERE owner_id = $1 ORDER BY 1",
              OWNER)) {
        courses.append(row.getString("row")).append('\n');
      }
    }
    rows.put("courses", courses.toString());
    return rows;
  }

  private String dump(String sql) {
    StringBuilder rows = new StringBuilder();
    databases.mysql(sql).forEach(row -> rows.append(row.toJson().encode()).append('\n'));
    return rows.toString();
  }
}
