package llm;

import io.vertx.core.json.JsonObject;

/**
 * What a model said.
 *
 * @param text may be cut off, wrapped, or empty: nothing about it is trusted
 * @param ending how the text ended
 * @param refusal the model's words when it refused, otherwise empty
 * @param provider who answered, with {@code model} for the record
 */
public record ChatReply(
    String text,
    Ending ending,
    String refusal,
    String provider,
    String model,
    int tokensIn,
    int tokensOut) {

  /** Why a model stopped. */
  public enum Ending {
    STOP,
    /** The token limit cut it off. */
    LENGTH,
    REFUSED,
    /** Anything else: filters, tool calls, a provider's own JSON check. */
    OTHER
  }

  public JsonObject toJson() {
    return new JsonObject()
        .put("text", text)
        .put("ending", ending.name())
        .put("refusal", refusal)
        .put("provider", provider)
        .put("model", model)
        .put("tokens_in", tokensIn)
        .put("tokens_out", tokensOut);
  }

  public static ChatReply of(JsonObject json) {
    return new ChatReply(
        json.getString("text"),
        Ending.valueOf(json.getString("ending")),
        json.getString("refusal"),
        json.getString("provider"),
        json.getString("model"),
        json.getInteger("tokens_in"),
        json.getInteger("tokens_out"));
  }
}
