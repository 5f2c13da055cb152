package llm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import settings.LanguageModel;
import settings.LanguageModel.ResponseFormat;

/** Chat completions as JSON: the request, and the reply. */
final class ChatWire {
  private static final String THINKS = "<think>";
  private static final String THOUGHT = "</think>";

  private ChatWire() {}

  static JsonObject request(
      LanguageModel.Provider provider, String model, ResponseFormat format, Question question) {
    JsonArray messages = new JsonArray();
    question.messages().forEach(message -> messages.add(message.toJson()));
    boolean told = format == ResponseFormat.STRICT || format == ResponseFormat.SCHEMA;
    if (!told || Dialect.of(provider).schemaInWords()) {
      // Nothing else tells the model the form, or a server may use it as a grammar only, or ignore
      // it; OpenAI's json_object also wants the word JSON said.
      JsonObject first = messages.getJsonObject(0);
      first.put(
          "content",
          first.getString("content")
              + "\nAnswer with a JSON object that obeys this JSON schema:\n"
              + question.schema().encode());
    }
    JsonObject request =
        new JsonObject()
            .put("model", model)
            .put("messages", messages)
            .put(Dialect.of(provider).maxTokensName(), question.maxOutputTokens());
    provider.temperature().ifPresent(value -> request.put("temperature", value));
    if (!provider.reasoningEffort().isEmpty()) {
      request.put("reasoning_effort", provider.reasoningEffort());
    }
    if (format == ResponseFormat.OBJECT) {
      request.put("response_format", new JsonObject().put("type", "json_object"));
    } else if (format != ResponseFormat.NONE) {
      boolean strict = format == ResponseFormat.STRICT && fitsStrict(question.schema());
      request.put(
          "response_format",
          new JsonObject()
              .put("type", "json_schema")
              .put(
                  "json_schema",
                  new JsonObject()
                      .put("name", question.promptName())
                      .put("strict", strict)
                      .put("schema", question.schema())));
    }
    return request;
  }

  /**
   * Whether strict mode takes a schema: every object forbids further members and requires all it
   * has.
   */
  static boolean fitsStrict(JsonObject schema) {
    if (schema.getValue("properties") instanceof JsonObject properties) {
      JsonArray required = schema.getJsonArray("required", new JsonArray());
      if (!Boolean.FALSE.equals(schema.getValue("additionalProperties"))
          || !properties.fieldNames().stream().allMatch(required::contains)) {
        return false;
      }
    }
    for (Map.Entry<String, Object> member : schema) {
      if (member.getValue() instanceof JsonObject inner && !fitsStrict(inner)) {
        return false;
      }
      if (member.getValue() instanceof JsonArray list
          && list.stream().anyMatch(i -> i instanceof JsonObject one && !fitsStrict(one))) {
        return false;
      }
    }
    return true;
  }

  /**
   * A body with status 200.
   *
   * @return null when it is no completion
   */
  static ChatReply reply(String provider, String model, JsonObject body) {
    if (!(body.getValue("choices") instanceof JsonArray choices)
        || choices.isEmpty()
        || !(choices.getValue(0) instanceof JsonObject choice)) {
      return null;
    }
    JsonObject message =
        choice.getValue("message") instanceof JsonObject found ? found : new JsonObject();
    String text = withoutThoughts(text(message.getValue("content")));
    String refusal = message.getValue("refusal") instanceof String words ? words : "";
    ChatReply.Ending ending =
        !refusal.isEmpty()
            ? ChatReply.Ending.REFUSED
            : switch (String.valueOf(choice.getValue("finish_reason"))) {
              case "stop" -> ChatReply.Ending.STOP;
              case "length" -> ChatReply.Ending.LENGTH;
              case "content_filter" -> ChatReply.Ending.REFUSED;
              default -> ChatReply.Ending.OTHER;
            };
    JsonObject usage = body.getValue("usage") instanceof JsonObject found ? found : null;
    return new ChatReply(
        text,
        ending,
        refusal,
        provider,
        model,
        count(usage, "prompt_tokens"),
        count(usage, "completion_tokens"));
  }

  /** A text, or the texts of several parts. */
  private static String text(Object content) {
    if (content instanceof JsonArray parts) {
      StringBuilder all = new StringBuilder();
      for (Object part : parts) {
        if (part instanceof JsonObject one && one.getValue("text") instanceof String said) {
          all.append(said);
        }
      }
      return all.toString();
    }
    return content instanceof String said ? said : "";
  }

  /**
   * What a reasoning model says aloud before its answer, where the server does not take it apart:
   * drafts in it look like the answer.
   */
  private static String withoutThoughts(String text) {
    String begun = text.stripLeading();
    if (!begun.startsWith(THINKS)) {
      return text;
    }
    int end = begun.indexOf(THOUGHT);
    return end < 0 ? "" : begun.substring(end + THOUGHT.length());
  }

  private static int count(JsonObject usage, String name) {
    return usage != null && usage.getValue(name) instanceof Number number ? number.intValue() : 0;
  }
}
