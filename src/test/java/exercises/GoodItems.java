package exercises;

import exercises.language.Token;
import exercises.understanding.Provenance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import transcripts.Role;
import transcripts.Utterance;

/** The hand-checked items of {@code quality/good-items.txt}, in the contract's JSON. */
final class GoodItems {
  private static final Pattern ANSWER = Pattern.compile("\\[([^\\]:]+)(?::([^\\]]+))?\\]");

  /**
   * An item with the lesson it comes from.
   *
   * @param kind the list of the set it belongs to
   */
  record Item(QualityLesson lesson, String kind, JsonObject json) {
    Item with(String member, Object value) {
      return new Item(lesson, kind, json.copy().put(member, value));
    }

    String text() {
      return json.getString(
          switch (kind) {
            case "flashcards" -> "example_sentence";
            case "spelling" -> "sample_sentence";
            case "grammar_challenge" -> "prompt";
            case "sentence_builder" -> "english";
            default -> "sentence";
          });
    }

    String textMember() {
      return switch (kind) {
        case "flashcards" -> "example_sentence";
        case "spelling" -> "sample_sentence";
        case "grammar_challenge" -> "prompt";
        case "sentence_builder" -> "english";
        default -> "sentence";
      };
    }

    boolean isGap() {
      return kind.equals("fill_blank") || kind.equals("grammar_challenge");
    }

    boolean isWord() {
      return kind.equals("flashcards") || kind.equals("spelling");
    }
  }

  private GoodItems() {}

  static List<Item> read() {
    Map<String, QualityLesson> lessons = new HashMap<>();
    QualityLesson.all().forEach(lesson -> lessons.put(lesson.name(), lesson));
    List<Item> items = new ArrayList<>();
    try (InputStream in = GoodItems.class.getResourceAsStream("/quality/good-items.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] cells =
              Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
          items.add(item(lessons.get(cells[0]), cells));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return items;
  }

  private static Item item(QualityLesson lesson, String[] cells) {
    Random random = new Random(Arrays.hashCode(cells));
    return switch (cells[1]) {
      case "card" -> word(lesson, "flashcards", "example_sentence", cells);
      case "spell" -> word(lesson, "spelling", "sample_sentence", cells);
      case "gap" -> gap(lesson, "fill_blank", "sentence", cells, random);
      case "gram" -> gap(lesson, "grammar_challenge", "prompt", cells, random);
      case "cloze" -> cloze(lesson, cells, random);
      case "build" -> builder(lesson, cells);
      default -> throw new IllegalArgumentException(cells[1]);
    };
  }

  private static Item word(QualityLesson lesson, String kind, String example, String[] cells) {
    JsonObject json =
        new JsonObject()
            .put("word", cells[2])
            .put("translation", cells[3])
            .put("translation_language", lesson.material().language())
            .put(example, cells[4])
            .put("part_of_speech", "noun")
            .put("hint", "It has " + cells[2].length() + " letters.")
            .put("source", "explicit_vocabulary");
    return new Item(lesson, kind, sourced(json, lesson, cells[4], cells));
  }

  private static Item gap(
      QualityLesson lesson, String kind, String member, String[] cells, Random random) {
    Matcher matcher = ANSWER.matcher(cells[2]);
    matcher.find();
    String answer = matcher.group(1);
    String whole = matcher.replaceFirst(answer);
    JsonObject json =
        new JsonObject()
            .put(member, matcher.replaceFirst("_____"))
            .put("options", options(answer, cells[3], random))
            .put("correct_answer", answer)
            .put("concept", cells[4])
            .put("hint", "Read the whole sentence once more.")
            .put("explanation", "In \"" + whole + "\" only \"" + answer + "\" fits.")
            .put("source_mistake", "");
    return new Item(lesson, kind, sourced(json, lesson, whole, cells));
  }

  private static Item cloze(QualityLesson lesson, String[] cells, Random random) {
    Matcher matcher = ANSWER.matcher(cells[2]);
    JsonObject json = new JsonObject();
    String whole = cells[2];
    for (int i = 1; matcher.find(); i++) {
      json.put(
          "blank" + i,
          new JsonObject()
              .put("options", options(matcher.group(1), matcher.group(2), random))
              .put("correct", matcher.group(1))
              .put("hint", "Look at the words around it."));
      whole = whole.replace(matcher.group(), matcher.group(1));
    }
    json.put("sentence", ANSWER.matcher(cells[2]).replaceAll("_____"))
        .put("source_sentence", whole)
        .put("concept", "advanced_cloze")
        .put("explanation", "The whole sentence is \"" + whole + "\".");
    return new Item(lesson, "advanced_cloze", sourced(json, lesson, whole, cells));
  }

  private static Item builder(QualityLesson lesson, String[] cells) {
    JsonArray tokens = new JsonArray();
    Token.split(cells[2]).forEach(token -> tokens.add(token.text()));
    JsonObject json =
        new JsonObject()
            .put("english", cells[2])
            .put("tokens", tokens)
            .put("accepted", new JsonArray().add(tokens.copy()))
            .put("distractors", new JsonArray())
            .put("hint", "Begin with who or what it is about.");
    return new Item(lesson, "sentence_builder", sourced(json, lesson, cells[2], cells));
  }

  private static JsonArray options(String answer, String wrong, Random random) {
    List<String> options = new ArrayList<>(List.of(answer));
    Arrays.stream(wrong.split(",")).map(String::strip).forEach(options::add);
    Collections.shuffle(options, random);
    return new JsonArray(options);
  }

  /** With the turn that says the sentence, the teacher's where both do. */
  private static JsonObject sourced(
      JsonObject json, QualityLesson lesson, String sentence, String[] cells) {
    String wanted = flat(sentence);
    Utterance best = null;
    for (Utterance turn : lesson.material().utterances()) {
      if (flat(turn.text()).contains(wanted) && (best == null || best.role() == Role.STUDENT)) {
        best = turn;
      }
    }
    if (best == null) {
      throw new IllegalStateException("nobody says this in " + lesson.name() + ": " + sentence);
    }
    return Provenance.of(best)
        .addTo(json.put("id", "item-" + Integer.toHexString(Arrays.hashCode(cells))))
        .put("difficulty", "beginner");
  }

  private static String flat(String text) {
    return " " + String.join(" ", Token.words(text)) + " ";
  }

  /** A set of these items, with the mistakes that the lesson's own reading finds. */
  static JsonObject set(QualityLesson lesson, List<Item> items) {
    JsonObject set =
        new JsonObject()
            .put("metadata", new JsonObject().put("language", lesson.material().language()));
    for (Item item : items) {
      if (!set.containsKey(item.kind())) {
        set.put(item.kind(), new JsonArray());
      }
      set.getJsonArray(item.kind()).add(item.json());
    }
    return set;
  }
}
