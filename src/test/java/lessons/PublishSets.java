package lessons;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A small set with one item of each kind, as the generator makes them, and rows to store it in. */
public final class PublishSets {
  private PublishSets() {}

  /**
   * @param prefix of the items' ids
   */
  public static JsonObject set(String prefix) {
    JsonObject card =
        item(prefix, "card")
            .put("word", "ladder")
            .put("translation", "סולם")
            .put("example_sentence", "He climbed the ladder.")
            .put("hint", "You climb it.");
    JsonObject spelling =
        item(prefix, "spell")
            .put("word", "kettle")
            .put("translation", "קומקום")
            .put("sample_sentence", "The kettle is hot.")
            .put("hint", "It boils water.")
            .put("difficulty", "advanced");
    JsonObject gap =
        item(prefix, "gap")
            .put("sentence", "Yesterday we _____ to the market.")
            .put("options", new JsonArray().add("go").add("went").add("gone").add("goes"))
            .put("correct_answer", "went")
            .put("explanation", "Yesterday asks for the past.")
            .put("hint", "It is over.")
            .put("concept", "verb_tense");
    JsonObject grammar =
        item(prefix, "grammar")
            .put("prompt", "She ___ tea every morning.")
            .put("options", new JsonArray().add("drink").add("drinks").add("drank").add("drinking"))
            .put("correct_answer", "drinks")
            .put("explanation", "She takes an s.")
            .put("hint", "Every morning.")
            .put("concept", "subject_verb_agreement")
            .put("difficulty", "beginner");
    JsonObject cloze =
        item(prefix, "cloze")
            .put("sentence", "If it _____ tomorrow, we _____ stay at home.")
            .put(
                "blank1",
                new JsonObject()
                    .put("options", new JsonArray().add("rains").add("rain").add("raining"))
                    .put("correct", "rains")
                    .put("hint", "One condition."))
            .put(
                "blank2",
                new JsonObject()
                    .put("options", new JsonArray().add("will").add("would").add("are"))
                    .put("correct", "will")
                    .put("hint", "The future."));
    JsonArray tokens =
        new JsonArray().add("My").add("brother").add("never").add("drinks").add("tea").add(".");
    JsonObject sentence =
        item(prefix, "sentence")
            .put("english", "My brother never drinks tea.")
            .put("tokens", tokens)
            .put("accepted", new JsonArray().add(tokens))
            .put("distractors", new JsonArray().add("drink"))
            .put("hint", "The adverb stands before the verb.");
    return new JsonObject()
        .put("flashcards", new JsonArray().add(card))
        .put("spelling", new JsonArray().add(spelling))
        .put("fill_blank", new JsonArray().add(gap))
        .put("grammar_challenge", new JsonArray().add(grammar))
        .put("advanced_cloze", new JsonArray().add(cloze))
        .put("sentence_builder", new JsonArray().add(sentence))
        .put("mistakes", new JsonArray())
        .put("metadata", new JsonObject());
  }

  private static JsonObject item(String prefix, String id) {
    return new JsonObject().put("id", prefix + "-" + id).put("difficulty", "intermediate");
  }

  /** Stores a lesson's summary row and gives its id. */
  public static long lesson(
      LessonDatabases databases, String classId, String userId, String startTime) {
    return databases.count(
        "INSERT INTO zoom_summaries (class_id, user_id, teacher_id, teacher_email, meeting_date,"
            + " start_time, status, meeting_topic) VALUES ($1, $2, 't-9', 't@example.org',"
            + " '2026-02-03', $3, 'completed', 'Markets') RETURNING id",
        classId,
        userId,
        startTime);
  }

  /** Stores a pending set and gives its id. */
  public static long store(
      LessonDatabases databases,
      Long lessonId,
      String classId,
      String userId,
      int number,
      int generation,
      JsonObject set) {
    return databases.count(
        "INSERT INTO lesson_exercises (zoom_summary_id, class_id, user_id, teacher_id,"
            + " lesson_number, generation, exercises) VALUES ($1, $2, $3, 't-9', $4, $5, $6)"
            + " RETURNING id",
        lessonId,
        classId,
        userId,
        number,
        generation,
        set);
  }
}
