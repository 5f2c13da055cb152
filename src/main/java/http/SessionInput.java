package http;

import games.Answer;
import games.Completions;
import games.GameProblem;
import games.GameType;
import games.ResultRequest;
import games.Selection;
import games.Sessions.PlainStart;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Bodies of session requests, after the document's rules, as what the games understand. */
final class SessionInput {
  private static final int LONGEST_MODE = 50;

  private SessionInput() {}

  /**
   * Whether a body is a first-generation client's start: those name neither chosen items nor a mode
   * of ours.
   */
  static boolean isPlainStart(GameType game, JsonObject body) {
    return !game.playsWords()
        && (body.containsKey("itemIds")
            || body.containsKey("gameType")
            || body.containsKey("referenceId"));
  }

  /** A first-generation start; {@code family} is the game where the body names none. */
  static PlainStart plainStart(Optional<GameType> family, JsonObject body) {
    GameType game =
        body.containsKey("gameType") || family.isEmpty()
            ? gameType("game_type", body.getString("gameType", ""))
            : family.get();
    if (family.isPresent() && game != family.get()) {
      throw ApiException.invalid(
          "game_type", "must be " + family.get().wireName() + " here, or left out");
    }
    String mode = body.getString("mode", "lesson");
    if (mode.codePointCount(0, mode.length()) > LONGEST_MODE) {
      throw ApiException.invalid("mode", "must be text of at most " + LONGEST_MODE + " characters");
    }
    return new PlainStart(
        game,
        mode,
        body.getString("classId"),
        body.getString("referenceId"),
        texts(body, "itemIds"));
  }

  static GameType gameType(String field, String name) {
    return GameType.of(name)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    field,
                    "must be one of flashcards, spelling_bee, grammar_challenge, advanced_cloze,"
                        + " sentence_builder"));
  }

  static Selection selection(GameType game, JsonObject body) {
    if (body.getString("mode") == null) {
      throw ApiException.invalid(
          "mode",
          "is missing; it must be one of "
              + String.join(", ", game.modes().stream().map(Selection.Mode::wireName).toList()));
    }
    List<String> chosen =
        texts(
            body,
            "selected"
                + Character.toUpperCase(game.noun().charAt(0))
                + game.noun().substring(1)
                + "Ids");
    String topic = body.getString("categoryId", body.getString("topicId"));
    return new Selection(
        Selection.Mode.of(game, body.getString("mode")),
        id(body, "wordListId", GameProblem::wordListNotFound),
        Optional.ofNullable(topic),
        id(body, "lessonId", GameProblem::lessonNotFound),
        chosen == null ? List.of() : chosen.stream().distinct().toList(),
        Optional.ofNullable(body.getString("difficulty")),
        body.getBoolean("shuffle"),
        body.getInteger("limit"));
  }

  /** An id that the database is asked for by comparison, which pads with blanks. */
  private static Optional<String> id(
      JsonObject body, String name, Function<String, GameProblem> missing) {
    String id = body.getString(name);
    if (id != null && id.endsWith(" ")) {
      throw missing.apply(id);
    }
    return Optional.ofNullable(id);
  }

  /**
   * A result of one game's own endpoint.
   *
   * @param legacy whether the client's verdict is enough where the answer itself is missing
   */
  static ResultRequest result(GameType game, JsonObject body, boolean legacy) {
    String answer = answerMember(game);
    if (!legacy && answer != null && !body.containsKey(answer)) {
      throw ApiException.invalid(answer, "is missing; send the learner's answer");
    }
    Boolean verdict = body.getBoolean("isCorrect");
    boolean spelling = game == GameType.SPELLING_BEE;
    String typed = body.getString("userAnswer");
    Answer given =
        new Answer(
            spelling ? null : verdict,
            spelling && (body.getBoolean("skipped", false) || Answer.PASSED.equals(typed)),
            typed,
            body.getInteger("selectedAnswer"),
            texts(body, "selectedAnswers"),
            texts(body, "userTokens"));
    return request(body, body.getString(game.itemIdMember()), given, verdict);
  }

  private static String answerMember(GameType game) {
    return switch (game) {
      case FLASHCARDS, SPELLING_BEE -> null;
      case GRAMMAR_CHALLENGE -> "selectedAnswer";
      case ADVANCED_CLOZE -> "selectedAnswers";
      case SENTENCE_BUILDER -> "userTokens";
    };
  }

  /**
   * A result of the universal endpoint, whose answer is the client's verdict unless its metadata
   * hold a real one.
   */
  static ResultRequest plainResult(JsonObject body) {
    JsonObject metadata = body.getJsonObject("metadata", new JsonObject());
    Boolean verdict = body.getBoolean("isCorrect");
    Answer given =
        new Answer(
            verdict,
            Boolean.TRUE.equals(answer(metadata, "skipped", Boolean.class)),
            answer(metadata, "userAnswer", String.class),
            answer(metadata, "selectedAnswer", Integer.class),
            answers(metadata, "selectedAnswers"),
            answers(metadata, "userTokens"));
    return request(body, body.getString("itemId"), given, verdict);
  }

  private static ResultRequest request(
      JsonObject body, String itemId, Answer given, Boolean verdict) {
    return new ResultRequest(
        itemId,
        given,
        verdict,
        body.getInteger("attempts"),
        body.getInteger("timeSpentMs"),
        body.getString("clientResultId"),
        body.getJsonObject("metadata"));
  }

  // Metadata are the client's own: what does not look like an answer is none.
  private static <T> T answer(JsonObject metadata, String name, Class<T> type) {
    Object value =
        metadata.containsKey(name)
            ? metadata.getValue(name)
            : metadata.getValue(LegacyTwins.snake(name));
    return type.isInstance(value) ? type.cast(value) : null;
  }

  private static List<String> answers(JsonObject metadata, String name) {
    JsonArray list = answer(metadata, name, JsonArray.class);
    return list != null && list.stream().allMatch(String.class::isInstance)
        ? list.stream().map(String.class::cast).toList()
        : null;
  }

  static Completions.Summary summary(JsonObject body) {
    JsonObject told = new JsonObject();
    if (body.getJsonObject("progress") != null) {
      told.mergeIn(body.getJsonObject("progress"));
    }
    for (String name : List.of("finalScore", "correctCount", "incorrectCount")) {
      if (body.getValue(name) != null) {
        told.put(name, body.getValue(name));
      }
    }
    return new Completions.Summary(
        told,
        body.getDouble("finalScore"),
        body.getInteger("correctCount"),
        body.getInteger("incorrectCount"));
  }

  private static List<String> texts(JsonObject body, String name) {
    JsonArray list = body.getJsonArray(name);
    return list == null ? null : list.stream().map(String.class::cast).toList();
  }
}
