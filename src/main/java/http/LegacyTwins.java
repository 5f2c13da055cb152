package http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * The members that first-generation clients read: a snake_case twin beside every camelCase member,
 * and the twins whose names are not the mechanical conversion (section 1.13 of the wire contract).
 * Nothing is taken away.
 */
final class LegacyTwins {
  // What clients wrote themselves is given back as it came.
  private static final Set<String> VERBATIM = Set.of("metadata");

  private LegacyTwins() {}

  /**
   * Adds them to {@code object} and everything in it, in place, where the call is in the first
   * generation's rendering.
   */
  static JsonObject where(boolean legacy, JsonObject object) {
    return legacy ? add(object) : object;
  }

  /** Adds them to {@code object} and everything in it, in place. */
  static JsonObject add(JsonObject object) {
    for (String name : List.copyOf(object.fieldNames())) {
      Object value = object.getValue(name);
      if (!VERBATIM.contains(name)) {
        descend(value);
      }
      String twin = snake(name);
      if (!twin.equals(name) && !object.containsKey(twin)) {
        object.put(twin, value);
      }
    }
    shapes(object);
    return object;
  }

  private static void descend(Object value) {
    if (value instanceof JsonObject inner) {
      add(inner);
    } else if (value instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        descend(list.getValue(i));
      }
    }
  }

  private static void shapes(JsonObject object) {
    if (object.containsKey("listId") && object.containsKey("translation")) {
      copy(object, "listId", "word_list_id");
      if (!object.containsKey("pronunciation_audio_url")) {
        object.putNull("pronunciation_audio_url");
      }
    } else if (object.containsKey("textParts")) {
      copy(object, "correct", "correct_answers");
    } else if (object.containsKey("prompt")
        && object.getValue("options") instanceof JsonArray options) {
      copy(object, "prompt", "question");
      if (object.getValue("correctIndex") instanceof Integer right
          && !object.containsKey("correct_answer")) {
        object.put("correct_answer", options.getValue(right));
      }
    } else if (object.containsKey("english")) {
      copy(object, "english", "english_sentence");
      copy(object, "tokens", "sentence_tokens");
      copy(object, "accepted", "accepted_sequences");
    }
  }

  private static void copy(JsonObject object, String from, String to) {
    if (object.containsKey(from) && !object.containsKey(to)) {
      object.put(to, object.getValue(from));
    }
  }

  static String snake(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_').append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }
}
