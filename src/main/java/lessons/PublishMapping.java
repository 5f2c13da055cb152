package lessons;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of section 3.5 of the wire contract: generated items to playable ones. An item that
 * can't be played (no blank, an answer that is not among the options) is left out; the rest of its
 * set is published.
 */
final class PublishMapping {
  /** Longest notes of a word and of a flashcard, in characters. */
  static final int LONGEST_NOTES = 500;

  private static final Pattern BLANK = Pattern.compile("_{2,}");
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_TOPIC_NAME = 100;

  private PublishMapping() {}

  /** Every playable item of a set, in the set's order. */
  static List<PublishedItem> items(JsonObject set) {
    List<PublishedItem> items = new ArrayList<>();
    each(set, "flashcards", PublishMapping::flashcard, items);
    each(set, "spelling", PublishMapping::spelling, items);
    each(set, "fill_blank", PublishMapping::gap, items);
    each(set, "sentence_builder", PublishMapping::sentence, items);
    each(set, "grammar_challenge", PublishMapping::grammar, items);
    each(set, "advanced_cloze", PublishMapping::cloze, items);
    return items;
  }

  private static void each(
      JsonObject set,
      String kind,
      Function<JsonObject, Optional<PublishedItem>> mapping,
      List<PublishedItem> items) {
    if (set.getValue(kind) instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.getValue(i) instanceof JsonObject item) {
          mapping.apply(item).ifPresent(items::add);
        }
      }
    }
  }

  private static Optional<PublishedItem> flashcard(JsonObject item) {
    String example = text(item, "example_sentence").orElse(null);
    return word(
        item,
        "flashcards",
        new JsonObject()
            .put("exampleSentence", example)
            .put("notes", example == null ? null : shortened(example, LONGEST_NOTES)));
  }

  private static Optional<PublishedItem> spelling(JsonObject item) {
    return word(
        item,
        "spelling_bee",
        new JsonObject()
            .put("sampleSentence", text(item, "sample_sentence").orElse(null))
            .put("hint", text(item, "hint").orElse(null)));
  }

  private static Optional<PublishedItem> word(JsonObject item, String type, JsonObject data) {
    Optional<String> word = text(item, "word");
    Optional<String> translation = text(item, "translation");
    return word.isEmpty() || translation.isEmpty()
        ? Optional.empty()
        : Optional.of(
            playable(
                item,
                type,
                data.put("word", word.get()).put("translation", translation.get()),
                text(item, "hint")));
  }

  private static Optional<PublishedItem> gap(JsonObject item) {
    return parts(item, "sentence", 1)
        .flatMap(
            parts ->
                blank(strings(item, "options"), text(item, "correct_answer"))
                    .map(blank -> clozeItem(item, parts, List.of(blank), text(item, "hint"))));
  }

  private static Optional<PublishedItem> cloze(JsonObject item) {
    return parts(item, "sentence", 2)
        .flatMap(
            parts -> {
              List<Blank> blanks =
                  Stream.of("blank1", "blank2")
                      .map(
                          name ->
                              item.getValue(name) instanceof JsonObject gap
                                  ? gap
                                  : new JsonObject())
                      .flatMap(gap -> blank(strings(gap, "options"), text(gap, "correct")).stream())
                      .toList();
              if (blanks.size() != 2) {
                return Optional.empty();
              }
              String hint =
                  Stream.of("blank1", "blank2")
                      .flatMap(name -> text(item.getJsonObject(name), "hint").stream())
                      .distinct()
                      .collect(Collectors.joining(" "));
              return Optional.of(
                  clozeItem(
                      item,
                      parts,
                      blanks,
                      Optional.of(hint)
                          .filter(joined -> !joined.isEmpty())
                          .or(() -> text(item, "hint"))));
            });
  }

  private record Blank(List<String> options, String correct) {}

  private static Optional<Blank> blank(List<String> options, Optional<String> correct) {
    return correct
        .filter(answer -> options.size() > 1 && options.contains(answer))
        .map(answer -> new Blank(options, answer));
  }

  private static PublishedItem clozeItem(
      JsonObject item, JsonArray parts, List<Blank> blanks, Optional<String> hint) {
    JsonArray options = new JsonArray();
    JsonArray correct = new JsonArray();
    blanks.forEach(
        blank -> {
          options.add(new JsonArray(blank.options()));
          correct.add(blank.correct());
        });
    JsonObject data =
        new JsonObject()
            .put("textParts", parts)
            .put("options", options)
            .put("correct", correct)
            .put("explanation", text(item, "explanation").orElse(null))
            .put("hint", hint.orElse(null));
    return playable(item, "advanced_cloze", data, hint);
  }

  /** The texts around the blanks, exactly one more than there are blanks. */
  private static Optional<JsonArray> parts(JsonObject item, String member, int blanks) {
    return text(item, member)
        .map(sentence -> BLANK.split(sentence, -1))
        .filter(parts -> parts.length == blanks + 1)
        .map(parts -> new JsonArray(List.of(parts)));
  }

  private static Optional<PublishedItem> grammar(JsonObject item) {
    Optional<String> prompt = text(item, "prompt");
    List<String> options = strings(item, "options");
    int index = text(item, "correct_answer").map(answer -> position(options, answer)).orElse(-1);
    if (prompt.isEmpty() || index < 0 || options.size() < 2) {
      return Optional.empty();
    }
    JsonObject data =
        new JsonObject()
            .put("prompt", prompt.get())
            .put("options", new JsonArray(options))
            .put("correctIndex", index)
            .put("explanation", text(item, "explanation").orElse(null))
            .put("hint", text(item, "hint").orElse(null));
    Optional<String> concept = text(item, "concept").filter(id -> id.length() <= LONGEST_ID);
    PublishedItem plain = playable(item, "grammar_challenge", data, text(item, "hint"));
    return Optional.of(
        new PublishedItem(
            plain.id(),
            plain.type(),
            concept,
            concept.map(PublishMapping::title),
            plain.data(),
            plain.difficulty(),
            plain.hint(),
            plain.explanation()));
  }

  /**
   * Where the answer stands: exactly, else without regard to case and surrounding space; -1 when
   * nowhere.
   */
  private static int position(List<String> options, String answer) {
    int exact = options.indexOf(answer);
    if (exact >= 0) {
      return exact;
    }
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).strip().equalsIgnoreCase(answer.strip())) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<PublishedItem> sentence(JsonObject item) {
    Optional<String> english = text(item, "english");
    List<String> tokens = strings(item, "tokens");
    if (english.isEmpty() || tokens.isEmpty()) {
      return Optional.empty();
    }
    JsonArray accepted = new JsonArray();
    if (item.getValue("accepted") instanceof JsonArray sequences) {
      for (int i = 0; i < sequences.size(); i++) {
        if (sequences.getValue(i) instanceof JsonArray sequence && !sequence.isEmpty()) {
          accepted.add(sequence);
        }
      }
    }
    if (accepted.isEmpty()) {
      accepted.add(new JsonArray(tokens));
    }
    JsonObject data =
        new JsonObject()
            .put("english", english.get())
            .put("translation", text(item, "translation").orElse(null))
            .put("tokens", new JsonArray(tokens))
            .put("accepted", accepted)
            .put("distractors", new JsonArray(strings(item, "distractors")))
            .put("hint", text(item, "hint").orElse(null));
    return Optional.of(playable(item, "sentence_builder", data, text(item, "hint")));
  }

  private static PublishedItem playable(
      JsonObject item, String type, JsonObject data, Optional<String> hint) {
    return new PublishedItem(
        text(item, "id").filter(id -> id.length() <= LONGEST_ID),
        type,
        Optional.empty(),
        Optional.empty(),
        data,
        difficulty(item.getValue("difficulty")),
        hint,
        text(item, "explanation"));
  }

  /** The games' word for a generator's one. */
  static String difficulty(Object generated) {
    return switch (String.valueOf(generated).toLowerCase(Locale.ROOT)) {
      case "beginner", "easy" -> "easy";
      case "advanced", "hard" -> "hard";
      default -> "medium";
    };
  }

  /** {@code verb_tense} as people write it. */
  private static String title(String concept) {
    String words = concept.replace('_', ' ').strip();
    String name =
        words.isEmpty()
            ? concept
            : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return shortened(name, LONGEST_TOPIC_NAME);
  }

  /** Cut at a word's end where there is one, and never within a character. */
  static String shortened(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    int end = text.offsetByCodePoints(0, most - 1);
    int space = text.lastIndexOf(' ', end);
    return text.substring(0, space > end / 2 ? space : end) + "…";
  }

  static Optional<String> text(JsonObject item, String member) {
    return item.getValue(member) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  private static List<String> strings(JsonObject item, String member) {
    return item.getValue(member) instanceof JsonArray list
            && list.stream().allMatch(String.class::isInstance)
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }
}
