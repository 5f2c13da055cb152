package launch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import lessons.StoredSet;

/** A set of exercises as a teacher would read it on paper. */
final class ExercisePrinter {
  private final PrintStream out;

  ExercisePrinter(PrintStream out) {
    this.out = out;
  }

  void print(StoredSet set) {
    JsonObject exercises = set.exercises();
    out.println(
        "Exercises of lesson "
            + set.lessonId().map(String::valueOf).orElse("-")
            + " (set "
            + set.id()
            + ", "
            + set.status().replace('_', ' ')
            + ")");
    print(exercises);
  }

  /** The items alone, with the gate's warnings. */
  void print(JsonObject exercises) {
    section(
        "Flashcards",
        exercises,
        "flashcards",
        item ->
            line(
                item.getString("word") + " - " + item.getString("translation"),
                "e.g. " + item.getString("example_sentence")));
    section(
        "Spelling",
        exercises,
        "spelling",
        item -> line(item.getString("word"), "hint: " + item.getString("hint")));
    section(
        "Fill the gap",
        exercises,
        "fill_blank",
        item ->
            line(
                item.getString("sentence"),
                options(item.getJsonArray("options"), item.getString("correct_answer"))));
    section(
        "Build the sentence",
        exercises,
        "sentence_builder",
        item -> line(item.getString("english"), ""));
    section(
        "Grammar",
        exercises,
        "grammar_challenge",
        item ->
            line(
                item.getString("prompt"),
                options(item.getJsonArray("options"), item.getString("correct_answer"))
                    + why(item)));
    section(
        "Two gaps",
        exercises,
        "advanced_cloze",
        item ->
            line(
                item.getString("sentence"), blank(item, "blank1") + "   " + blank(item, "blank2")));
    section(
        "What the student said",
        exercises,
        "mistakes",
        item ->
            line(
                "\"" + item.getString("incorrect") + "\"",
                "better: \""
                    + item.getString("correct")
                    + "\" ("
                    + item.getString("type", "").replace('_', ' ')
                    + ")"));
    List<?> warnings =
        exercises
            .getJsonObject("metadata", new JsonObject())
            .getJsonArray("warnings", new JsonArray())
            .getList();
    warnings.forEach(warning -> out.println("Note: " + warning));
    out.flush();
  }

  private void section(
      String title,
      JsonObject exercises,
      String key,
      java.util.function.Function<JsonObject, String> text) {
    JsonArray items = exercises.getJsonArray(key, new JsonArray());
    if (items.isEmpty()) {
      return;
    }
    out.println();
    out.println(title + " (" + items.size() + ")");
    for (int i = 0; i < items.size(); i++) {
      JsonObject item = items.getJsonObject(i);
      out.println(String.format("  %2d. %s%s", i + 1, at(item), text.apply(item)));
    }
  }

  private static String at(JsonObject item) {
    Number second = item.getNumber("source_second");
    return second == null
        ? ""
        : String.format("[%02d:%02d] ", second.intValue() / 60, second.intValue() % 60);
  }

  private static String line(String first, String second) {
    return second.isBlank() ? first : first + "\n              " + second;
  }

  private static String why(JsonObject item) {
    String explanation = item.getString("explanation", "");
    return explanation.isBlank() ? "" : "\n              " + explanation;
  }

  private static String blank(JsonObject item, String key) {
    JsonObject blank = item.getJsonObject(key, new JsonObject());
    return options(blank.getJsonArray("options", new JsonArray()), blank.getString("correct"));
  }

  private static String options(JsonArray options, String correct) {
    return options.stream()
        .map(Object::toString)
        .map(option -> option.equals(correct) ? "*" + option + "*" : option)
        .collect(Collectors.joining(" / "));
  }
}
