package exercises.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers lesson prompts the way a fair model would, from nothing but the data it is sent: enough
 * to run the whole way from a transcript to a set. Its translations are made-up Hebrew.
 */
final class SchoolModel {
  private static final Pattern DATA = Pattern.compile("<data>(.*)</data>", Pattern.DOTALL);
  private static final List<String> THINGS =
      List.of("pillow", "ticket", "river", "shirt", "candle", "potato", "ladder", "tractor");
  private static final List<List<String>> FAMILIES =
      List.of(
          List.of("is", "are", "am", "be", "being"),
          List.of("a", "an", "these", "many", "two"),
          List.of("has", "have", "having", "haves", "to have"),
          List.of("mine", "my", "me", "I", "mines"),
          List.of("was", "were", "be", "been", "am"));

  private final Set<String> sentences = ConcurrentHashMap.newKeySet();

  /** The data of a rendered user message. */
  static JsonObject data(String userMessage) {
    Matcher matcher = DATA.matcher(userMessage);
    return matcher.find() ? new JsonObject(matcher.group(1)) : new JsonObject();
  }

  JsonObject answer(String prompt, JsonObject data) {
    return switch (prompt) {
      case "lesson-analyse" -> analyse(data);
      case "lesson-words" -> words(data);
      case "lesson-gaps" -> gaps(data);
      case "lesson-sentences" -> sentences(data);
      case "lesson-solve" -> solve(data);
      default -> new JsonObject();
    };
  }

  private JsonObject analyse(JsonObject data) {
    Set<String> wanted = new LinkedHashSet<>();
    data.getJsonObject("found").getJsonArray("words").forEach(w -> wanted.add((String) w));
    JsonArray words = new JsonArray();
    JsonArray found = new JsonArray();
    Integer first = null;
    for (Object value : data.getJsonArray("lines")) {
      String[] cells = ((String) value).split("\\|", 4);
      int line = Integer.parseInt(cells[0]);
      first = first == null ? Integer.valueOf(line) : first;
      for (String word : List.copyOf(wanted)) {
        if (cells[3].toLowerCase(Locale.ROOT).matches(".*\\b" + word + "\\b.*")) {
          wanted.remove(word);
          words.add(
              new JsonObject()
                  .put("word", word)
                  .put("part_of_speech", "noun")
                  .put("translation", hebrew(word))
                  .put("line", line));
        }
      }
      if (cells[1].equals("T")) {
        for (String sentence : cells[3].split("(?<=[.!?])\\s+")) {
          int size = sentence.split("\\s+").length;
          if (size >= 4 && size <= 12 && found.size() < 12) {
            found.add(new JsonObject().put("line", line).put("text", sentence));
          }
        }
      }
    }
    JsonArray mistakes = new JsonArray();
    for (Object value : data.getJsonObject("found").getJsonArray("mistakes")) {
      String[] parts = ((String) value).split(": | -> ");
      if (parts.length == 3) {
        mistakes.add(
            new JsonObject()
                .put("line", Integer.parseInt(parts[0]))
                .put("said", parts[1])
                .put("correct", parts[2])
                .put("why", "Say \"" + parts[2].replace("\"", "") + "\""));
      }
    }
    return new JsonObject()
        .put(
            "focus",
            new JsonObject()
                .put("point", data.getJsonObject("found").getString("focus"))
                .put("lines", new JsonArray().add(first)))
        .put("words", words)
        .put("mistakes", mistakes)
        .put("sentences", found);
  }

  private JsonObject words(JsonObject data) {
    JsonArray words = new JsonArray();
    for (Object value : data.getJsonArray("words")) {
      JsonObject word = (JsonObject) value;
      JsonArray numbers = word.getJsonArray("s");
      words.add(
          new JsonObject()
              .put("w", word.getInteger("w"))
              .put("translation", hebrew(word.getString("word")))
              .put("hint", "You have seen this in a house or in the street.")
              .put("s", numbers.isEmpty() ? 0 : numbers.getInteger(0))
              .put("level", "beginner"));
    }
    return new JsonObject().put("words", words);
  }

  private JsonObject gaps(JsonObject data) {
    JsonArray gaps = new JsonArray();
    Set<String> taught = new HashSet<>();
    data.getJsonArray("words").forEach(w -> taught.add((String) w));
    for (Object value : data.getJsonArray("sentences")) {
      JsonObject sentence = (JsonObject) value;
      String text = sentence.getString("text");
      sentences.add(text);
      JsonObject blank = blank(text, taught, gaps.size() % 2 == 0, 4, Set.of());
      if (blank != null && gaps.size() < 15) {
        boolean vocabulary = taught.contains(blank.getString("answer").toLowerCase(Locale.ROOT));
        gaps.add(
            blank
                .put("kind", vocabulary ? "fill_blank" : "grammar_challenge")
                .put("s", sentence.getInteger("s"))
                .put("concept", vocabulary ? "vocabulary" : "word_form")
                .put("m", sentence.getInteger("m", 0))
                .put("explanation", "The sentence says: " + text));
      }
    }
    return new JsonObject().put("gaps", gaps);
  }

  private static JsonObject blank(
      String text, Set<String> taught, boolean word, int options, Set<String> taken) {
    List<String> tokens = List.of(text.replaceAll("[.!?,]", "").split("\\s+"));
    for (int pass = 0; pass < 2; pass++) {
      boolean words = word == (pass == 0);
      for (String token : tokens) {
        if (taken.contains(token)) {
          continue;
        }
        if (words && taught.contains(token)) {
          return new JsonObject()
              .put("answer", token)
              .put("distractors", new JsonArray(THINGS.subList(0, options)))
              .put("hint", "Which thing is it about?");
        }
        for (List<String> family : FAMILIES) {
          if (!words && family.contains(token)) {
            List<String> others = new ArrayList<>(family);
            others.remove(token);
            return new JsonObject()
                .put("answer", token)
                .put("distractors", new JsonArray(others.subList(0, options)))
                .put("hint", "Read the whole sentence once more.");
          }
        }
      }
    }
    return null;
  }

  private JsonObject sentences(JsonObject data) {
    JsonArray builders = new JsonArray();
    for (Object value : data.getJsonArray("builders")) {
      JsonObject one = (JsonObject) value;
      StringBuilder translation = new StringBuilder();
      for (String word : one.getString("text").split("\\s+")) {
        translation.append(translation.isEmpty() ? "" : " ").append(hebrew(word));
      }
      builders.add(
          new JsonObject()
              .put("s", one.getInteger("s"))
              .put("translation", translation.append(".").toString())
              .put("other_orders", new JsonArray()));
    }
    Set<String> taught = new HashSet<>();
    data.getJsonArray("words").forEach(w -> taught.add((String) w));
    JsonArray cloze = new JsonArray();
    for (Object value : data.getJsonArray("cloze")) {
      JsonObject one = (JsonObject) value;
      String text = one.getString("text");
      sentences.add(text);
      JsonObject first = blank(text, taught, true, 3, Set.of());
      JsonObject second =
          first == null ? null : blank(text, taught, false, 3, Set.of(first.getString("answer")));
      if (second != null && cloze.size() < 4) {
        cloze.add(
            new JsonObject()
                .put("s", one.getInteger("s"))
                .put("blanks", new JsonArray().add(first).add(second))
                .put("explanation", "The sentence says: " + text));
      }
    }
    return new JsonObject().put("builders", builders).put("cloze", cloze);
  }

  private JsonObject solve(JsonObject data) {
    JsonArray items = new JsonArray();
    for (Object value : data.getJsonArray("items")) {
      JsonObject item = (JsonObject) value;
      JsonArray fits = new JsonArray();
      for (Object option : item.getJsonArray("options")) {
        if (sentences.contains(item.getString("text").replace("_____", (String) option))) {
          fits.add(option);
        }
      }
      items.add(new JsonObject().put("q", item.getInteger("q")).put("fits", fits));
    }
    return new JsonObject().put("items", items);
  }

  /** A Hebrew-looking word, the same for the same English one. */
  static String hebrew(String word) {
    StringBuilder text = new StringBuilder();
    for (char c : word.toLowerCase(Locale.ROOT).toCharArray()) {
      if (c >= 'a' && c <= 'z') {
        text.append((char) ('א' + (c - 'a')));
      }
    }
    return text.isEmpty() ? "א" : text.toString();
  }
}
