package exercises;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The view of a set that first-generation clients read: three kinds of items, 8 to 12 in all. */
public final class CompactView {
  private static final int FEWEST = 8;
  private static final int MOST = 12;

  /** Four of each can't exceed {@link #MOST}, so nothing is left to trim across kinds. */
  private static final int GAPS = 4;

  private static final int CARDS = 4;
  private static final int WORDS = 4;

  private CompactView() {}

  /**
   * {@code lessons[0]} of the processing endpoints.
   *
   * @param exercises a stored or fresh set in the shape of {@link ExerciseSet#toJson()}
   */
  public static JsonObject lesson(JsonObject exercises, int lessonNumber) {
    JsonArray gaps = gaps(exercises);
    JsonArray cards = flashcards(exercises);
    JsonArray words = spelling(exercises);
    trim(gaps, GAPS);
    trim(cards, CARDS);
    trim(words, WORDS);
    int total = gaps.size() + cards.size() + words.size();
    return new JsonObject()
        .put("lesson_number", lessonNumber)
        .put("fill_in_blank", gaps)
        .put("flashcards", cards)
        .put("spelling", words)
        .put("total_exercises", total)
        .put("quality_passed", total >= FEWEST && total <= MOST);
  }

  /** All gap items in the first generation's shape, for the legacy rendering of stored sets. */
  public static JsonArray gaps(JsonObject exercises) {
    JsonArray out = new JsonArray();
    for (Object entry : exercises.getJsonArray("fill_blank", new JsonArray())) {
      JsonObject item = (JsonObject) entry;
      JsonArray options = item.getJsonArray("options", new JsonArray());
      int right = options.getList().indexOf(item.getString("correct_answer"));
      if (options.size() != 4 || right < 0) {
        continue;
      }
      JsonObject gap =
          new JsonObject()
              .put("exercise_id", item.getString("id"))
              .put("sentence", item.getString("sentence"));
      for (int i = 0; i < 4; i++) {
        gap.put("option_" + (char) ('a' + i), options.getString(i));
      }
      String mistake = item.getString("source_mistake");
      out.add(
          gap.put("correct_answer", String.valueOf((char) ('A' + right)))
              .put("correct_word", item.getString("correct_answer"))
              .put("difficulty", item.getString("difficulty"))
              .put(
                  "context_type",
                  mistake == null || mistake.isEmpty() ? "practice" : "correction"));
    }
    return out;
  }

  /** All flashcards in the first generation's shape. */
  public static JsonArray flashcards(JsonObject exercises) {
    JsonArray out = new JsonArray();
    for (Object entry : exercises.getJsonArray("flashcards", new JsonArray())) {
      JsonObject item = (JsonObject) entry;
      out.add(
          copy(item, List.of("word", "translation", "example_sentence"))
              .put("category", item.getString("part_of_speech", "general").toLowerCase(Locale.ROOT))
              .put("difficulty", item.getString("difficulty")));
    }
    return out;
  }

  /** All spelling words in the first generation's shape. */
  public static JsonArray spelling(JsonObject exercises) {
    JsonArray out = new JsonArray();
    for (Object entry : exercises.getJsonArray("spelling", new JsonArray())) {
      out.add(copy((JsonObject) entry, List.of("word", "sample_sentence", "difficulty", "source")));
    }
    return out;
  }

  private static JsonObject copy(JsonObject item, List<String> members) {
    JsonObject out = new JsonObject();
    members.forEach(name -> out.put(name, item.getValue(name)));
    return out;
  }

  private static void trim(JsonArray items, int most) {
    while (items.size() > most) {
      items.remove(items.size() - 1);
    }
  }
}
