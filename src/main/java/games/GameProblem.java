package games;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/** A request that the rules of the games refuse. The message is for the learner's app. */
public final class GameProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final transient JsonObject details;

  private GameProblem(String code, String message, JsonObject details) {
    super(message, null, false, false);
    this.code = code;
    this.details = details;
  }

  /** A member of the request breaks a rule. */
  public static GameProblem invalid(String field, String reason) {
    JsonObject rule = new JsonObject().put("field", field).put("reason", reason);
    return new GameProblem(
        "VALIDATION_ERROR",
        field + " " + reason,
        new JsonObject().put("fields", new JsonArray().add(rule)));
  }

  /** There is nothing to play. */
  public static GameProblem nothingToPlay(String message) {
    return new GameProblem("VALIDATION_ERROR", message, null);
  }

  /** Items that do not exist, that the learner may not see, or that are not in the session. */
  public static GameProblem unknownItems(GameType game, Collection<String> ids) {
    return new GameProblem(
        game.unknownItemCode(),
        "there is no such "
            + game.noun()
            + " to play here: "
            + String.join(", ", ids.stream().limit(5).toList()),
        new JsonObject().put("invalidIds", new JsonArray(ids.stream().toList())));
  }

  public static GameProblem sessionNotFound(String id) {
    return new GameProblem(
        "SESSION_NOT_FOUND", "Session not found", new JsonObject().put("id", id));
  }

  public static GameProblem sessionCompleted(String id, String status) {
    return new GameProblem(
        "SESSION_COMPLETED",
        "this session is " + status + "; start another one",
        new JsonObject().put("id", id).put("status", status));
  }

  public static GameProblem wordListNotFound(String id) {
    return new GameProblem(
        "WORD_LIST_NOT_FOUND", "Word list not found", new JsonObject().put("id", id));
  }

  public static GameProblem lessonNotFound(String id) {
    return new GameProblem("LESSON_NOT_FOUND", "Lesson not found", new JsonObject().put("id", id));
  }

  public static GameProblem topicNotFound(String id) {
    return new GameProblem("TOPIC_NOT_FOUND", "Topic not found", new JsonObject().put("id", id));
  }

  /** The error code of section 1.6 of the wire contract. */
  public String code() {
    return code;
  }

  /** What the client can look at beside the message; null when there is nothing. */
  public JsonObject details() {
    return details;
  }
}
