package exercises;

import exercises.language.Difficulty;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeType;
import exercises.understanding.Provenance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads sets as {@link ExerciseSet#toJson} writes them, and anything that resembles one: members
 * that are missing or of another type become null or empty, so that the quality gate can name what
 * is wrong with them.
 */
public final class ExerciseSetReader {
  private ExerciseSetReader() {}

  /** The set of a JSON object; members that no kind of item has are ignored. */
  public static ExerciseSet read(JsonObject json) {
    JsonObject about = object(json, "metadata");
    Map<String, Integer> rejected = new HashMap<>();
    object(json, "metadata")
        .getMap()
        .forEach(
            (key, value) -> {
              if (key.equals("rejected") && value instanceof Map<?, ?> counts) {
                counts.forEach(
                    (rule, n) -> {
                      if (n instanceof Number number) {
                        rejected.put(String.valueOf(rule), number.intValue());
                      }
                    });
              }
            });
    return new ExerciseSet(
        items(json, "flashcards", ExerciseSetReader::flashcard),
        items(json, "spelling", ExerciseSetReader::spelling),
        items(json, "fill_blank", ExerciseSetReader::fillBlank),
        items(json, "sentence_builder", ExerciseSetReader::builder),
        items(json, "grammar_challenge", ExerciseSetReader::challenge),
        items(json, "advanced_cloze", ExerciseSetReader::cloze),
        items(json, "mistakes", ExerciseSetReader::mistake),
        number(json, "transcript_length", 0),
        new ExerciseSet.Metadata(
            number(about, "lesson_number", 1),
            orEmpty(text(about, "generator")),
            about.getValue("language") instanceof String language ? language : "he",
            number(about, "vocabulary_count", 0),
            number(about, "sentences_count", 0),
            Boolean.TRUE.equals(about.getValue("quality_passed")),
            strings(about, "warnings"),
            rejected));
  }

  private static Flashcard flashcard(JsonObject item) {
    return new Flashcard(
        text(item, "id"),
        text(item, "word"),
        text(item, "translation"),
        orEmpty(text(item, "translation_language")),
        text(item, "example_sentence"),
        difficulty(item),
        text(item, "part_of_speech"),
        text(item, "source"),
        orEmpty(text(item, "hint")),
        provenance(item));
  }

  private static SpellingWord spelling(JsonObject item) {
    return new SpellingWord(
        text(item, "id"),
        text(item, "word"),
        text(item, "translation"),
        orEmpty(text(item, "translation_language")),
        orEmpty(text(item, "hint")),
        text(item, "sample_sentence"),
        difficulty(item),
        text(item, "source"),
        provenance(item));
  }

  private static FillBlank fillBlank(JsonObject item) {
    return new FillBlank(
        text(item, "id"),
        text(item, "sentence"),
        strings(item, "options"),
        text(item, "correct_answer"),
        difficulty(item),
        orEmpty(text(item, "explanation")),
        orEmpty(text(item, "hint")),
        orEmpty(text(item, "concept")),
        orEmpty(text(item, "source_mistake")),
        provenance(item));
  }

  private static GrammarChallenge challenge(JsonObject item) {
    return new GrammarChallenge(
        text(item, "id"),
        text(item, "prompt"),
        strings(item, "options"),
        text(item, "correct_answer"),
        orEmpty(text(item, "explanation")),
        orEmpty(text(item, "hint")),
        difficulty(item),
        orEmpty(text(item, "concept")),
        orEmpty(text(item, "source_mistake")),
        provenance(item));
  }

  private static AdvancedCloze cloze(JsonObject item) {
    return new AdvancedCloze(
        text(item, "id"),
        text(item, "sentence"),
        blank(object(item, "blank1")),
        blank(object(item, "blank2")),
        difficulty(item),
        text(item, "source_sentence"),
        orEmpty(text(item, "concept")),
        orEmpty(text(item, "explanation")),
        provenance(item));
  }

  private static AdvancedCloze.Blank blank(JsonObject blank) {
    return new AdvancedCloze.Blank(
        strings(blank, "options"), text(blank, "correct"), orEmpty(text(blank, "hint")));
  }

  private static SentenceBuilder builder(JsonObject item) {
    List<List<String>> accepted = new ArrayList<>();
    if (item.getValue("accepted") instanceof JsonArray sequences) {
      for (int i = 0; i < sequences.size(); i++) {
        if (sequences.getValue(i) instanceof JsonArray sequence) {
          accepted.add(strings(sequence));
        }
      }
    }
    return new SentenceBuilder(
        text(item, "id"),
        text(item, "english"),
        strings(item, "tokens"),
        accepted,
        strings(item, "distractors"),
        text(item, "translation"),
        orEmpty(text(item, "hint")),
        difficulty(item),
        provenance(item));
  }

  private static Mistake mistake(JsonObject item) {
    String incorrect = orEmpty(text(item, "incorrect"));
    String correct = orEmpty(text(item, "correct"));
    return new Mistake(
        text(item, "id"),
        incorrect,
        correct,
        type(orEmpty(text(item, "type"))),
        "",
        "",
        "",
        orEmpty(text(item, "rule")),
        orEmpty(text(item, "context")),
        difficulty(item),
        item.getValue("confidence") instanceof Number confidence ? confidence.doubleValue() : 0,
        text(item, "source"),
        orEmpty(text(item, "hint")),
        provenance(item));
  }

  private static MistakeType type(String word) {
    for (MistakeType type : MistakeType.values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    return MistakeType.GENERAL;
  }

  private static Difficulty difficulty(JsonObject item) {
    String word = orEmpty(text(item, "difficulty")).toLowerCase(Locale.ROOT);
    for (Difficulty difficulty : Difficulty.values()) {
      if (difficulty.word().equals(word)) {
        return difficulty;
      }
    }
    return Difficulty.INTERMEDIATE;
  }

  private static Provenance provenance(JsonObject item) {
    return new Provenance(
        number(item, "source_utterance", -1),
        item.getValue("source_second") instanceof Number second ? second.intValue() : null,
        orEmpty(text(item, "source_text")));
  }

  private static <T> List<T> items(JsonObject json, String kind, Function<JsonObject, T> reader) {
    List<T> items = new ArrayList<>();
    if (json.getValue(kind) instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.getValue(i) instanceof JsonObject item) {
          items.add(reader.apply(item));
        }
      }
    }
    return items;
  }

  private static JsonObject object(JsonObject json, String member) {
    return json.getValue(member) instanceof JsonObject object ? object : new JsonObject();
  }

  private static String text(JsonObject json, String member) {
    return json.getValue(member) instanceof String text ? text : null;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static int number(JsonObject json, String member, int otherwise) {
    return json.getValue(member) instanceof Number number ? number.intValue() : otherwise;
  }

  private static List<String> strings(JsonObject json, String member) {
    return json.getValue(member) instanceof JsonArray array ? strings(array) : List.of();
  }

  /** What is no string stays in its place as an empty one. */
  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      strings.add(array.getValue(i) instanceof String text ? text : "");
    }
    return strings;
  }
}
