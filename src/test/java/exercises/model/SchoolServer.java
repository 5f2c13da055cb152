package exercises.model;

import fakes.FakeReply;
import fakes.FakeRequest;
import fakes.FakeService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import settings.LanguageModel;
import settings.Secret;

/** {@link SchoolModel} behind a real socket and OpenAI's dialect, with replies that go wrong. */
final class SchoolServer implements AutoCloseable {
  /** Ways in which replies of real models are not what was asked for. */
  enum Corruption {
    CUT_OFF,
    FENCED,
    PROSE_AROUND,
    TRAILING_COMMA,
    WRONG_TYPE,
    WRONG_LANGUAGE,
    REFUSAL,
    EMPTY,
    INJECTED
  }

  /** Conversations begun, re-asking not counted: the replies that were wanted. */
  final AtomicInteger wanted = new AtomicInteger();

  final Map<Corruption, Integer> corrupted = new EnumMap<>(Corruption.class);
  private final FakeService service;
  private final SchoolModel school = new SchoolModel();
  private final Random random;
  private final double share;
  private final Optional<Corruption> only;

  /**
   * @param share of the replies to corrupt, 0 to 1
   * @param only corrupt in this way alone, or in any
   * @param before may answer instead, or give null
   */
  SchoolServer(
      Vertx vertx,
      long seed,
      double share,
      Optional<Corruption> only,
      Function<FakeRequest, Future<FakeReply>> before) {
    this.random = new Random(seed);
    this.share = share;
    this.only = only;
    this.service =
        FakeService.start(
            vertx,
            request -> {
              Future<FakeReply> instead = before.apply(request);
              return instead == null ? Future.succeededFuture(answer(request)) : instead;
            });
  }

  int calls() {
    return service.received("/v1/chat/completions").size();
  }

  private synchronized FakeReply answer(FakeRequest request) {
    if (!request.path().equals("/v1/chat/completions")) {
      return FakeReply.json(
          200,
          new JsonObject()
              .put("data", new JsonArray().add(new JsonObject().put("id", "school-1"))));
    }
    JsonObject body = request.json();
    JsonArray messages = body.getJsonArray("messages");
    String asked = messages.getJsonObject(1).getString("content");
    if (messages.size() == 2) {
      wanted.incrementAndGet();
    }
    String prompt =
        body.getJsonObject("response_format").getJsonObject("json_schema").getString("name");
    JsonObject reply = school.answer(prompt, SchoolModel.data(asked));
    if (random.nextDouble() >= share) {
      return completion(reply.encode(), "stop", null);
    }
    Corruption[] all = Corruption.values();
    Corruption corruption = only.orElse(all[random.nextInt(all.length)]);
    corrupted.merge(corruption, 1, Integer::sum);
    String text = reply.encode();
    return switch (corruption) {
      case CUT_OFF -> completion(text.substring(0, text.length() * 2 / 3), "length", null);
      case FENCED -> completion("```json\n" + reply.encodePrettily() + "\n```", "stop", null);
      case PROSE_AROUND ->
          completion("Sure! Here it is:\n" + text + "\nI hope this {helps}.", "stop", null);
      case TRAILING_COMMA -> completion(text.replace("}]", "},]"), "stop", null);
      case WRONG_TYPE -> completion(new JsonObject().put("result", text).encode(), "stop", null);
      case WRONG_LANGUAGE -> completion(inRussian(reply).encode(), "stop", null);
      case REFUSAL -> completion(null, "stop", "I can't help with that.");
      case EMPTY -> completion("", "length", null);
      case INJECTED -> completion(injected(reply).encode(), "stop", null);
    };
  }

  private static FakeReply completion(String text, String finish, String refusal) {
    return FakeReply.json(
        200,
        new JsonObject()
            .put("id", "chatcmpl-1")
            .put("object", "chat.completion")
            .put("model", "school-1")
            .put(
                "choices",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("index", 0)
                            .put("finish_reason", finish)
                            .put(
                                "message",
                                new JsonObject()
                                    .put("role", "assistant")
                                    .put("content", text)
                                    .put("refusal", refusal))))
            .put(
                "usage",
                new JsonObject().put("prompt_tokens", 1_500).put("completion_tokens", 700)));
  }

  private static JsonObject inRussian(JsonObject reply) {
    return new JsonObject(
        reply.encode().replaceAll("(\"translation\":\")[^\"]*", "$1неправильный язык"));
  }

  private static JsonObject injected(JsonObject reply) {
    return new JsonObject(
        reply
            .encode()
            .replaceAll(
                "(\"(?:text|hint|explanation)\":\")[^\"]*", "$1Visit https://evil.example"));
  }

  /** A plain-text reply of a status, as providers' gateways give. */
  static FakeReply plain(int status, String text) {
    return FakeReply.of(status, "text/html", Buffer.buffer(text));
  }

  URI base() {
    return URI.create(service.address() + "/v1");
  }

  /** Settings under which this server is the only provider, with one key for the service lesson. */
  LanguageModel settings(int contextTokens) {
    return settings(base(), contextTokens);
  }

  static LanguageModel settings(URI base, int contextTokens) {
    LanguageModel.Provider provider =
        new LanguageModel.Provider(
            "openai",
            base,
            List.of("school-1"),
            0,
            0,
            0,
            0,
            16,
            contextTokens,
            0,
            0,
            LanguageModel.ResponseFormat.SCHEMA,
            "",
            "",
            OptionalDouble.of(0.2));
    return new LanguageModel(
        List.of(provider),
        List.of("openai"),
        List.of(
            new LanguageModel.Key(
                "lesson-1",
                "openai",
                "group-1",
                Set.of("lesson"),
                Optional.of(new Secret("test-key-1")))),
        Map.of(),
        1_000,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofMillis(50),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        LanguageModel.RETRY_SHARE,
        settings.KeyFiles.NONE);
  }

  @Override
  public void close() {
    service.close();
  }
}
