package courses;

import courses.content.ChapterRange;
import courses.content.Level;
import courses.sources.InvalidSource;
import courses.sources.LanguageTag;
import courses.sources.SourceRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What somebody wants a course made of, and how: section 2.8 of the contract.
 *
 * @param title empty: the source's own, or the author's
 * @param targetLanguage BCP 47 tag; empty: the source's language
 * @param priority 1 to 10, 10 first
 * @param parts what beside the lessons is made; of {@link #PARTS}
 * @param questions of the final assessment, 1 to 50
 * @param passingScore of the final assessment, percentage
 * @param timeLimitMinutes of the final assessment; empty: none
 * @param chapters how many; empty: by the source
 * @param maxCostUsd what all calls of models for it may cost together; empty: no cap
 * @param force make it even when the source is found unsuitable
 */
public record CourseRequest(
    SourceRequest source,
    Optional<String> title,
    Optional<String> targetLanguage,
    Level difficulty,
    String purpose,
    int priority,
    Set<String> parts,
    int questions,
    int passingScore,
    Optional<Integer> timeLimitMinutes,
    Optional<ChapterRange> chapters,
    OptionalDouble maxCostUsd,
    boolean force,
    Optional<String> customPrompt,
    Optional<String> country) {

  /** Every part there is; {@code lessons} are always made. */
  public static final List<String> PARTS =
      List.of(
          "lessons",
          "exercises",
          "concepts",
          "flashcards",
          "mcqs",
          "articles",
          "wordGames",
          "audio",
          "speech",
          "suggestions",
          "resources",
          "qna",
          "notebook",
          "assessment");

  /**
   * Made only where they are asked for by name: a lecture read aloud takes long, and with some
   * voices money.
   */
  private static final Set<String> ASKED_FOR = Set.of("speech", "qna", "notebook");

  private static final int MOST_USD = 1_000;

  private static final Set<String> PURPOSES =
      Set.of("exam", "job_interview", "practice", "coding_preparation", "other");

  public CourseRequest {
    parts = Set.copyOf(parts);
  }

  /**
   * Reads a request's body, or what {@link #toJson} wrote.
   *
   * @throws InvalidSource naming the member and the rule it breaks
   */
  public static CourseRequest read(JsonObject json) {
    return read(json, SourceRequest.read(object(json, "source", "source")));
  }

  /**
   * Reads what {@link #toJson} wrote, less the source's own text, which may be long and is needed
   * by nobody but who reads the source.
   */
  static CourseRequest withoutText(JsonObject json) {
    JsonObject source = json.getJsonObject("source");
    return read(
        json,
        switch (source.getString("type")) {
          case "text" -> new SourceRequest.Text("");
          case "transcript" -> new SourceRequest.Transcript(List.of());
          default -> SourceRequest.read(source);
        });
  }

  private static CourseRequest read(JsonObject json, SourceRequest source) {
    JsonObject options = object(json, "options", "options");
    JsonObject assessment = object(options, "assessment", "options.assessment");
    return new CourseRequest(
        source,
        text(json, "title", 300),
        language(json),
        level(json),
        purpose(json),
        number(json, "priority", "priority", 1, 10).orElse(5),
        parts(options),
        number(assessment, "questions", "options.assessment.questions", 1, 50).orElse(10),
        number(assessment, "passingScore", "options.assessment.passingScore", 0, 100).orElse(70),
        number(assessment, "timeLimitMinutes", "options.assessment.timeLimitMinutes", 1, 600),
        chapters(options),
        maxCost(options),
        flag(options, "force"),
        text(json, "customPrompt", 1_000),
        text(json, "country", 100));
  }

  /** The canonical form. */
  public JsonObject toJson() {
    JsonArray chosen = new JsonArray();
    PARTS.stream().filter(parts::contains).forEach(chosen::add);
    JsonObject assessment =
        new JsonObject().put("questions", questions).put("passingScore", passingScore);
    timeLimitMinutes.ifPresent(minutes -> assessment.put("timeLimitMinutes", minutes));
    JsonObject options =
        new JsonObject().put("parts", chosen).put("assessment", assessment).put("force", force);
    // absent ones stay so: the hash of a request from before them must not change
    chapters.ifPresent(range -> options.put("chapters", range.toJson()));
    maxCostUsd.ifPresent(most -> options.put("maxCostUsd", most));
    JsonObject json =
        new JsonObject()
            .put("source", source.toJson())
            .put("difficulty", difficulty.name().toLowerCase(Locale.ROOT))
            .put("purpose", purpose)
            .put("priority", priority)
            .put("options", options);
    title.ifPresent(value -> json.put("title", value));
    targetLanguage.ifPresent(value -> json.put("targetLanguage", value));
    customPrompt.ifPresent(value -> json.put("customPrompt", value));
    country.ifPresent(value -> json.put("country", value));
    return json;
  }

  /** The same for equal requests: SHA-256 of the canonical form, in hexadecimal. */
  public String hash() {
    return sha256(toJson().encode());
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static JsonObject object(JsonObject json, String member, String path) {
    Object value = json.getValue(member);
    if (value == null) {
      return new JsonObject();
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new InvalidSource(path, "must be an object");
  }

  private static Optional<String> text(JsonObject json, String member, int longest) {
    Object value = json.getValue(member);
    if (value == null || (value instanceof String blank && blank.isBlank())) {
      return Optional.empty();
    }
    if (value instanceof String text && text.codePointCount(0, text.length()) <= longest) {
      return Optional.of(text.strip().replaceAll("\\p{Cntrl}+", " "));
    }
    throw new InvalidSource(member, "must be a text of at most " + longest + " characters");
  }

  private static Optional<String> language(JsonObject json) {
    Object value = json.getValue("targetLanguage");
    if (value == null) {
      value = json.getValue("language");
    }
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        LanguageTag.of(value instanceof String text ? text : "")
            .orElseThrow(
                () -> new InvalidSource("targetLanguage", "must be a language tag such as en")));
  }

  /** The original systems' words too: easy, medium and hard. */
  private static Level level(JsonObject json) {
    Object value = json.getValue("difficulty");
    String word = value instanceof String text ? text.toLowerCase(Locale.ROOT) : "intermediate";
    return switch (word) {
      case "easy", "beginner" -> Level.BEGINNER;
      case "medium", "intermediate" -> Level.INTERMEDIATE;
      case "hard", "advanced" -> Level.ADVANCED;
      case "expert" -> Level.EXPERT;
      default ->
          throw new InvalidSource(
              "difficulty", "must be one of beginner, intermediate, advanced and expert");
    };
  }

  private static String purpose(JsonObject json) {
    Object value = json.getValue("purpose");
    if (value == null) {
      return "practice";
    }
    if (value instanceof String word && PURPOSES.contains(word)) {
      return word;
    }
    throw new InvalidSource(
        "purpose", "must be one of exam, job_interview, practice, coding_preparation and other");
  }

  private static Optional<Integer> number(
      JsonObject json, String member, String path, int least, int most) {
    Object value = json.getValue(member);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= least
        && number.intValue() <= most) {
      return Optional.of(number.intValue());
    }
    throw new InvalidSource(path, "must be a whole number from " + least + " to " + most);
  }

  private static Optional<ChapterRange> chapters(JsonObject options) {
    JsonObject wanted = object(options, "chapters", "options.chapters");
    Optional<Integer> min = number(wanted, "min", "options.chapters.min", 1, ChapterRange.MOST);
    Optional<Integer> max = number(wanted, "max", "options.chapters.max", 1, ChapterRange.MOST);
    if (min.isEmpty() && max.isEmpty()) {
      return Optional.empty();
    }
    if (min.orElse(1) > max.orElse(ChapterRange.MOST)) {
      throw new InvalidSource("options.chapters.min", "must not be above options.chapters.max");
    }
    return Optional.of(new ChapterRange(min.orElse(1), max.orElse(ChapterRange.MOST)));
  }

  private static OptionalDouble maxCost(JsonObject options) {
    Object value = options.getValue("maxCostUsd");
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= MOST_USD) {
      return OptionalDouble.of(number.doubleValue());
    }
    throw new InvalidSource("options.maxCostUsd", "must be US dollars from 0 to " + MOST_USD);
  }

  private static boolean flag(JsonObject json, String member) {
    Object value = json.getValue(member);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw new InvalidSource("options." + member, "must be true or false");
  }

  private static Set<String> parts(JsonObject options) {
    Object value = options.getValue("parts");
    if (value == null) {
      Set<String> usual = new LinkedHashSet<>(PARTS);
      usual.removeAll(ASKED_FOR);
      return usual;
    }
    if (!(value instanceof JsonArray list) || list.size() > 50) {
      throw new InvalidSource("options.parts", "must be a list of at most 50 names");
    }
    Set<String> chosen = new LinkedHashSet<>(List.of("lessons"));
    for (Object name : list) {
      if (name instanceof String part && PARTS.contains(part)) {
        chosen.add(part);
      } else {
        throw new InvalidSource("options.parts", "knows only " + String.join(", ", PARTS));
      }
    }
    if (chosen.contains("speech")) {
      chosen.add("audio"); // what is read aloud has to be written
    }
    return chosen;
  }
}
