package llm;

import static llm.ChatFailure.Kind.BAD_REQUEST;
import static llm.ChatFailure.Kind.DAY_LIMITED;
import static llm.ChatFailure.Kind.FORMAT_UNSUPPORTED;
import static llm.ChatFailure.Kind.KEY_REFUSED;
import static llm.ChatFailure.Kind.MODEL_GONE;
import static llm.ChatFailure.Kind.NO_MONEY;
import static llm.ChatFailure.Kind.OVERLOADED;
import static llm.ChatFailure.Kind.RATE_LIMITED;
import static llm.ChatFailure.Kind.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import outbound.Answer;
import settings.LanguageModel;

/** The dialects of the providers, errors and requests. */
class ChatErrorsTest {
  private static Answer answer(int status, String body) {
    return new Answer(status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body));
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(
            429,
            "{\"error\":{\"message\":\"Rate limit reached ... on tokens per minute (TPM): Limit"
                + " 15000. Please try again in"
                + " 5.289s.\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
            RATE_LIMITED,
            5_289L),
        Arguments.of(
            429,
            "{\"error\":{\"message\":\"You exceeded your current"
                + " quota\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}",
            NO_MONEY,
            0L),
        Arguments.of(
            429,
            "[{\"error\":{\"code\":429,\"message\":\"quota\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"violations\":[{\"quotaId\":\"GenerateRequestsPerMinutePerProjectPerModel-FreeTier\"}]},{\"retryDelay\":\"34.07s\"}]}}]",
            RATE_LIMITED,
            34_070L),
        Arguments.of(
            429,
            "[{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"violations\":[{\"quotaId\":\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]},{\"retryDelay\":\"900ms\"}]}}]",
            DAY_LIMITED,
            900L),
        Arguments.of(
            400,
            "[{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}]",
            KEY_REFUSED,
            0L),
        Arguments.of(401, "{\"error\":{\"code\":\"invalid_api_key\"}}", KEY_REFUSED, 0L),
        Arguments.of(403, "", KEY_REFUSED, 0L),
        Arguments.of(
            404,
            "{\"error\":{\"message\":\"The model does not"
                + " exist\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}",
            MODEL_GONE,
            0L),
        Arguments.of(400, "{\"error\":{\"code\":\"model_decommissioned\"}}", MODEL_GONE, 0L),
        Arguments.of(413, "{\"error\":{\"message\":\"Request too large\"}}", TOO_LARGE, 0L),
        Arguments.of(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}", TOO_LARGE, 0L),
        Arguments.of(
            400,
            "{\"error\":{\"message\":\"This model does not support response format"
                + " `json_schema`\",\"type\":\"invalid_request_error\"}}",
            FORMAT_UNSUPPORTED,
            0L),
        Arguments.of(400, "{\"error\":{\"type\":\"invalid_request_error\"}}", BAD_REQUEST, 0L),
        Arguments.of(498, "{}", RATE_LIMITED, 0L),
        Arguments.of(503, "<html>down</html>", OVERLOADED, 0L),
        Arguments.of(
            503,
            "{\"error\":{\"code\":503,\"message\":\"Loading"
                + " model\",\"type\":\"unavailable_error\"}}",
            OVERLOADED,
            5_000L),
        Arguments.of(
            400,
            "{\"error\":{\"code\":400,\"message\":\"request (25837 tokens) exceeds the available"
                + " context size (25088 tokens), try increasing"
                + " it\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":25837,\"n_ctx\":25088}}",
            TOO_LARGE,
            0L),
        Arguments.of(
            500,
            "{\"error\":{\"code\":500,\"type\":\"exceed_context_size_error\"}}",
            TOO_LARGE,
            0L),
        Arguments.of(
            400,
            "{\"object\":\"error\",\"message\":\"This model's maximum context length is 6048"
                + " tokens. However, you requested 6616"
                + " tokens\",\"type\":\"BadRequestError\",\"code\":400}",
            TOO_LARGE,
            0L),
        Arguments.of(
            400,
            "{\"error\":{\"code\":400,\"message\":\"JSON schema conversion failed: Unrecognized"
                + " schema\",\"type\":\"invalid_request_error\"}}",
            FORMAT_UNSUPPORTED,
            0L),
        Arguments.of(
            400,
            "{\"error\":{\"code\":400,\"message\":\"Failed to parse grammar\"}}",
            FORMAT_UNSUPPORTED,
            0L),
        Arguments.of(
            400,
            "[{\"error\":{\"code\":400,\"message\":\"Invalid value at"
                + " 'generation_config.response_schema'\",\"status\":\"INVALID_ARGUMENT\"}}]",
            FORMAT_UNSUPPORTED,
            0L),
        Arguments.of(
            400,
            "[{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API"
                + " key.\",\"status\":\"INVALID_ARGUMENT\"}}]",
            KEY_REFUSED,
            0L),
        Arguments.of(
            404, "{\"error\":\"model 'x' not found, try pulling it first\"}", MODEL_GONE, 0L),
        Arguments.of(402, "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\"}}", NO_MONEY, 0L));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void everyProvidersErrorIsUnderstood(int status, String body, ChatFailure.Kind kind, long wait) {
    ChatFailure failure = ChatErrors.of(answer(status, body));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.retryAfterMillis()).isEqualTo(wait);
  }

  @Test
  void anErrorWithStatus200IsOne() {
    CallResult result =
        HttpCalls.result(
            Pools.provider("local", 0, 0, 1),
            "m",
            answer(
                200,
                "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context"
                    + " size\",\"type\":\"exceed_context_size_error\"}}"));
    assertThat(result.failure().kind()).isEqualTo(TOO_LARGE);
    assertThat(
            HttpCalls.result(
                    Pools.provider("local", 0, 0, 1), "m", answer(200, "{\"error\":\"busy\"}"))
                .failure()
                .kind())
        .isEqualTo(OVERLOADED);
  }

  @Test
  void aWaitInMillisecondsIsTheMostExact() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("retry-after", "2").add("retry-after-ms", "1320.5");

    assertThat(ChatErrors.of(new Answer(429, headers, Buffer.buffer("{}"))).retryAfterMillis())
        .isBetween(1_200L, 1_320L);
  }

  @Test
  void whatAModelThinksAloudIsNoAnswer() {
    assertThat(said("\"<think>\\n{\\\"a\\\": 1} or so</think>{\\\"a\\\": 2}\""))
        .isEqualTo("{\"a\": 2}");
    assertThat(said("\"<think> and on and on\"")).isEmpty();
    assertThat(said("\"no <think> at all\"")).isEqualTo("no <think> at all");
    assertThat(said("[{\"type\":\"text\",\"text\":\"{}\"},{\"type\":\"thinking\"}]"))
        .isEqualTo("{}");
  }

  private static String said(String content) {
    return ChatWire.reply(
            "local",
            "m",
            new JsonObject(
                "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"reasoning_content\":\"{}\",\"content\":"
                    + content
                    + "}}]}"))
        .text();
  }

  @Test
  void durationsAreReadAsGoWritesThem() {
    assertThat(RateHeaders.goMillis("7.66s")).isEqualTo(7_660);
    assertThat(RateHeaders.goMillis("2m59.56s")).isEqualTo(179_560);
    assertThat(RateHeaders.goMillis("1h2m3s")).isEqualTo(3_723_000);
    assertThat(RateHeaders.goMillis("6m0s")).isEqualTo(360_000);
    assertThat(RateHeaders.goMillis("12ms")).isEqualTo(12);
    assertThat(RateHeaders.goMillis("soon")).isZero();
    assertThat(RateHeaders.goMillis(null)).isZero();
  }

  @Test
  void endingsRefusalsAndMissingMembersAreReplies() {
    JsonObject refused =
        new JsonObject(
            "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":null,\"refusal\":\"no\"}}]}");
    JsonObject thought =
        new JsonObject(
            "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":\"\"}}]}");

    assertThat(ChatWire.reply("openai", "m", refused).ending()).isEqualTo(ChatReply.Ending.REFUSED);
    assertThat(ChatWire.reply("groq", "m", thought))
        .isEqualTo(new ChatReply("", ChatReply.Ending.LENGTH, "", "groq", "m", 0, 0));
    assertThat(ChatWire.reply("groq", "m", new JsonObject())).isNull();
  }

  @Test
  void eachProviderIsAskedInItsDialect() {
    Prompt prompt = Prompt.load("test-words", 1);
    Question question =
        new Question(
            "quiz",
            "lesson:1",
            prompt.name(),
            prompt.render(new JsonObject().put("lesson", "").put("language", "he").put("count", 1)),
            prompt.schema(),
            200,
            java.time.Duration.ofSeconds(1));
    JsonObject openai = request("openai", "gpt-4o-mini", question);
    assertThat(openai.getInteger("max_completion_tokens")).isEqualTo(200);
    assertThat(
            openai
                .getJsonObject("response_format")
                .getJsonObject("json_schema")
                .getBoolean("strict"))
        .isTrue();

    JsonObject groq = request("groq", "some/other-model", question);
    assertThat(groq.getJsonObject("response_format").getString("type")).isEqualTo("json_object");
    assertThat(groq.getJsonArray("messages").getJsonObject(0).getString("content"))
        .contains("JSON schema");

    JsonObject local = request("local", "x", question);
    assertThat(local.getInteger("max_tokens")).isEqualTo(200);
    assertThat(local.containsKey("max_completion_tokens")).isFalse();
    assertThat(local.getJsonObject("response_format").getString("type")).isEqualTo("json_schema");
    assertThat(local.getJsonArray("messages").getJsonObject(0).getString("content"))
        .contains("JSON schema");
    assertThat(
            ChatWire.fitsStrict(new JsonObject("{\"type\":\"object\",\"properties\":{\"a\":{}}}")))
        .isFalse();
  }

  private static JsonObject request(String name, String model, Question question) {
    LanguageModel.Provider provider = Pools.provider(name, 0, 0, 1);
    return ChatWire.request(provider, model, Dialect.format(provider, model), question);
  }
}
