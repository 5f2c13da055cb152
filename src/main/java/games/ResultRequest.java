package games;

import io.vertx.core.json.JsonObject;

/**
 * A result as a client sends it.
 *
 * @param answer what the server judges
 * @param clientVerdict whether the client thinks it right, kept where it differs from the server's
 *     judgement; or null
 * @param attempts at least 0
 * @param timeSpentMs at least 0
 * @param clientResultId unique within the session, by which a repeated request is known; or null
 * @param metadata what a first-generation client wants kept with the result; or null
 */
public record ResultRequest(
    String itemId,
    Answer answer,
    Boolean clientVerdict,
    int attempts,
    int timeSpentMs,
    String clientResultId,
    JsonObject metadata) {

  /**
   * The client's id as its column holds it, or null. The database pads with blanks when it
   * compares, so blanks at the end are written as U+0000, which no id of a client contains: then
   * ids are the same only where all of their characters are.
   */
  String clientResultKey() {
    if (clientResultId == null || !clientResultId.endsWith(" ")) {
      return clientResultId;
    }
    int end = clientResultId.length();
    while (end > 0 && clientResultId.charAt(end - 1) == ' ') {
      end--;
    }
    return clientResultId.substring(0, end) + "\0".repeat(clientResultId.length() - end);
  }

  /** The learner passes a question: no attempt, wrong, and no mistake to practise. */
  public static ResultRequest skip(String itemId, String clientResultId) {
    return new ResultRequest(itemId, Answer.SKIPPED, null, 0, 0, clientResultId, null);
  }
}
