package http;

import exercises.CompactView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import lessons.StoredSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Generated sets as clients see them, whatever wrote them. */
final class ExerciseSets {
  private static final Logger LOG = LoggerFactory.getLogger(ExerciseSets.class);

  /** The kinds of exercises in the order of the wire contract. */
  static final List<String> KINDS =
      List.of(
          "flashcards",
          "spelling",
          "fill_blank",
          "sentence_builder",
          "grammar_challenge",
          "advanced_cloze");

  private ExerciseSets() {}

  /** A row of {@code GET /v1/exercises}. */
  static JsonObject row(StoredSet set) {
    return new JsonObject()
        .put("id", set.id())
        .put("zoom_summary_id", set.lessonId().orElse(null))
        .put("user_id", set.userId().orElse(null))
        .put("teacher_id", set.teacherId().orElse(null))
        .put("class_id", set.classId().orElse(null))
        .put("lesson_number", set.lessonNumber())
        .put("status", set.status())
        .put("generation_status", "completed")
        .put("generated_at", Times.iso(set.generatedAt()))
        .put("created_at", Times.iso(set.createdAt()))
        .put("updated_at", Times.iso(set.updatedAt()))
        .put("exercises", complete(set.exercises()));
  }

  /**
   * The same with what the first generation reads at the top level: every gap, card and word in its
   * shapes.
   */
  static JsonObject legacyRow(StoredSet set) {
    JsonObject row = row(set);
    JsonArray gaps = shaped(set, row, CompactView::gaps);
    JsonArray cards = shaped(set, row, CompactView::flashcards);
    JsonArray words = shaped(set, row, CompactView::spelling);
    return row.put("flashcards", cards)
        .put("fill_in_blank", gaps)
        .put("spelling", words)
        .put("total_exercises", gaps.size() + cards.size() + words.size())
        .put("quality_score", set.qualityScore().orElse(null));
  }

  private static JsonArray shaped(
      StoredSet set, JsonObject row, Function<JsonObject, JsonArray> shape) {
    try {
      return shape.apply(row.getJsonObject("exercises"));
    } catch (ClassCastException | NullPointerException unshapely) {
      // Others write sets too; one item of another form must not cost the class all its sets.
      LOG.atWarn()
          .addKeyValue("exercises_id", set.id())
          .setCause(unshapely)
          .log("a stored set has items of an unknown form");
      return new JsonArray();
    }
  }

  /**
   * A stored set with every list of the contract in it. Sets of older producers keep their keys and
   * get the current ones beside them, where translating is mechanical; of a {@code fill_in_blank}
   * list it is only the name.
   */
  static JsonObject complete(JsonObject stored) {
    JsonObject set = stored.copy();
    translate(set, "fill_in_blank", "fill_blank", ExerciseSets::gap);
    translate(set, "cloze", "advanced_cloze", ExerciseSets::cloze);
    translate(set, "grammar", "grammar_challenge", ExerciseSets::grammar);
    translate(set, "sentence", "sentence_builder", ExerciseSets::sentence);
    KINDS.forEach(kind -> set.put(kind, objects(list(set, kind))));
    set.put("mistakes", list(set, "mistakes"));
    if (!(set.getValue("counts") instanceof JsonObject)) {
      JsonObject counts = new JsonObject();
      KINDS.forEach(kind -> counts.put(kind, set.getJsonArray(kind).size()));
      set.put("counts", counts);
    }
    if (!(set.getValue("metadata") instanceof JsonObject)) {
      set.put("metadata", new JsonObject());
    }
    return set;
  }

  private static void translate(
      JsonObject set,
      String old,
      String current,
      java.util.function.UnaryOperator<JsonObject> item) {
    if (set.getValue(old) instanceof JsonArray items && list(set, current).isEmpty()) {
      JsonArray translated = new JsonArray();
      for (int i = 0; i < items.size(); i++) {
        if (items.getValue(i) instanceof JsonObject object) {
          translated.add(item.apply(object.copy()));
        }
      }
      set.put(current, translated);
    }
  }

  private static JsonObject gap(JsonObject item) {
    if (!item.containsKey("options") && item.containsKey("option_a")) {
      JsonArray options = new JsonArray();
      for (String letter : List.of("a", "b", "c", "d")) {
        options.add(item.getValue("option_" + letter));
      }
      item.put("options", options);
    }
    if (item.containsKey("correct_word")) {
      item.put("correct_answer", item.getValue("correct_word"));
    }
    return alias(item, "id", "exercise_id");
  }

  private static JsonObject cloze(JsonObject item) {
    if (!item.containsKey("sentence") && item.getValue("text_parts") instanceof JsonArray parts) {
      item.put("sentence", String.join("_____", parts.stream().map(String::valueOf).toList()));
    }
    JsonArray options = list(item, "options");
    JsonArray answers = list(item, "correct_answers");
    for (int blank = 0; blank < Math.min(2, Math.min(options.size(), answers.size())); blank++) {
      if (!item.containsKey("blank" + (blank + 1))) {
        item.put(
            "blank" + (blank + 1),
            new JsonObject()
                .put("options", options.getValue(blank))
                .put("correct", answers.getValue(blank)));
      }
    }
    return item;
  }

  private static JsonObject grammar(JsonObject item) {
    JsonArray options = list(item, "options");
    if (!item.containsKey("correct_answer")
        && item.getValue("correct_index") instanceof Integer index
        && index >= 0
        && index < options.size()) {
      item.put("correct_answer", options.getValue(index));
    }
    return item;
  }

  private static JsonObject sentence(JsonObject item) {
    alias(item, "english", "english_sentence");
    alias(item, "tokens", "sentence_tokens");
    return alias(item, "accepted", "accepted_sequences");
  }

  private static JsonObject alias(JsonObject item, String current, String old) {
    if (!item.containsKey(current) && item.containsKey(old)) {
      item.put(current, item.getValue(old));
    }
    return item;
  }

  /** Without entries that can't be exercises. */
  private static JsonArray objects(JsonArray items) {
    JsonArray objects = new JsonArray();
    for (int i = 0; i < items.size(); i++) {
      if (items.getValue(i) instanceof JsonObject item) {
        objects.add(item);
      }
    }
    return objects;
  }

  /** How many exercises of all kinds. */
  static int total(JsonObject set) {
    return KINDS.stream().flatMapToInt(kind -> IntStream.of(list(set, kind).size())).sum();
  }

  static JsonArray list(JsonObject object, String name) {
    return object.getValue(name) instanceof JsonArray list ? list : new JsonArray();
  }
}
