package lessons;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A word of a lesson for the learner's vocabulary.
 *
 * @param example complete
 */
record PublishWord(String word, String translation, Optional<String> example, String difficulty) {
  private static final int LONGEST_WORD = 120;
  private static final int LONGEST_TRANSLATION = 240;

  /**
   * The words of flashcards and spelling, each once; a flashcard's comes before the same word to be
   * spelled.
   */
  static Collection<PublishWord> of(JsonObject set) {
    Map<String, PublishWord> words = new LinkedHashMap<>();
    collect(set, "flashcards", "example_sentence", words);
    collect(set, "spelling", "sample_sentence", words);
    return words.values();
  }

  private static void collect(
      JsonObject set, String kind, String example, Map<String, PublishWord> words) {
    if (set.getValue(kind) instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.getValue(i) instanceof JsonObject item) {
          Optional<String> word =
              PublishMapping.text(item, "word")
                  .map(String::strip)
                  .filter(w -> w.codePointCount(0, w.length()) <= LONGEST_WORD);
          Optional<String> translation =
              PublishMapping.text(item, "translation").map(String::strip);
          if (word.isPresent() && translation.isPresent()) {
            words.putIfAbsent(
                key(word.get()),
                new PublishWord(
                    word.get(),
                    PublishMapping.shortened(translation.get(), LONGEST_TRANSLATION),
                    PublishMapping.text(item, example),
                    PublishMapping.difficulty(item.getValue("difficulty"))));
          }
        }
      }
    }
  }

  /** What makes two words one. */
  static String key(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }

  String key() {
    return key(word);
  }

  /**
   * Its id in a list: a version 8 UUID that begins with {@link #idPrefix}, so that published words
   * can be told from the learner's own.
   */
  String idIn(String listId) {
    String hash = hash(listId + '\0' + key());
    return idPrefix(listId) + "8" + hash.substring(0, 3) + "-" + hash.substring(3, 15);
  }

  /** What the ids of all published words of a list begin with, and no others. */
  static String idPrefix(String listId) {
    String hash = hash(listId);
    return hash.substring(0, 8) + "-" + hash.substring(8, 12) + "-8" + hash.substring(12, 15) + "-";
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Everything a row of {@code words} holds that is not the same for all. */
  List<Object> row(String listId) {
    return java.util.Arrays.asList(
        idIn(listId),
        listId,
        word,
        translation,
        example
            .map(text -> PublishMapping.shortened(text, PublishMapping.LONGEST_NOTES))
            .orElse(null),
        difficulty,
        example.orElse(null));
  }
}
