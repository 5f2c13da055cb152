package outbound;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fakes.FakeReply;
import fakes.FakeService;
import fakes.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import outbound.Failure.Kind;

class ClientTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final String SECRET = "test-key-1";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicInteger done = new AtomicInteger();
  private final FakeService fake =
      fake(
          FakeService.start(
              VERTX,
              request -> {
                done.incrementAndGet();
                return Future.succeededFuture(FakeReply.json(200, "{\"fine\":true}"));
              }));

  @TempDir Path folder;

  private FakeService fake(FakeService service) {
    opened.add(service);
    return service;
  }

  private Client client() {
    return client(fake.address(), service -> service);
  }

  private Client client(URI address, UnaryOperator<Service> change) {
    Client client =
        Client.of(
            VERTX,
            change.apply(
                Service.of("fake", address)
                    .withTimeouts(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(8))
                    .withRetries(3, Duration.ofMillis(10), Duration.ofSeconds(3))),
            registry);
    opened.add(() -> client.close().await(10, SECONDS));
    return client;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @AfterAll
  static void end() {
    VERTX.close().await();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(15, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not done within 15 s", e);
    }
  }

  private static Failure failure(Future<?> future) {
    return catchThrowableOfType(Failure.class, () -> await(future));
  }

  private double calls(String outcome) {
    var timer = registry.find("lessonweave.outbound").tag("outcome", outcome).timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  void anAnswerComesBackAsItIs() {
    Answer answer = await(client().send(Request.get("/a%252Fb?q=1").withBearer(SECRET)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(new JsonObject().put("fine", true));
    assertThat(fake.received.get(0).uri()).isEqualTo("/a%252Fb?q=1");
    assertThat(fake.received.get(0).header("Authorization")).isEqualTo("Bearer " + SECRET);
    assertThat(calls("ok")).isEqualTo(1);
  }

  @Test
  void whatPassesIsTriedAgain() {
    fake.faults.then(Fault.reset(), Fault.unavailableHtml());

    assertThat(await(client().send(Request.get("/"))).status()).isEqualTo(200);
    assertThat(fake.received).hasSize(3);
    assertThat(
            registry.counter("lessonweave.outbound.attempts", "service", "fake", "result", "5xx"))
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(1));
  }

  @Test
  void aPostWhoseAnswerIsLostIsNotRepeated() {
    fake.faults.then(Fault.lostAnswer());

    Failure failure =
        failure(client().send(Request.post("/").withJson(new JsonObject().put("a", 1))));

    assertThat(failure.kind()).isEqualTo(Kind.RETRY);
    assertThat(failure.perhapsDone()).isTrue();
    assertThat(done).hasValue(1);
    assertThat(fake.received).hasSize(1);
  }

  @Test
  void aPostThatIsHarmlessToRepeatIsRepeated() {
    fake.faults.then(Fault.lostAnswer());

    await(client().send(Request.post("/").withIdempotent(true)));
    assertThat(done).hasValue(2);
  }

  @Test
  void aPostRefusedBeforeAnythingWasDoneIsRepeated() {
    fake.faults.then(Fault.tooManySeconds(0), Fault.unavailableHtml());

    await(client().send(Request.post("/")));
    assertThat(done).hasValue(1);
  }

  @Test
  void retryAfterIsHonouredInAllItsForms() {
    for (Fault fault :
        List.of(
            Fault.tooManySeconds(1),
            Fault.tooManyInstant(Duration.ofSeconds(1)),
            Fault.tooManyDate(Duration.ofSeconds(2)))) {
      fake.faults.then(fault);
      long begun = System.nanoTime();
      await(client().send(Request.get("/")));
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as(fault.name())
          .isBetween(Duration.ofMillis(850), Duration.ofSeconds(7));
    }
  }

  @Test
  void aLongRetryAfterIsHandedToTheCaller() {
    fake.faults.then(Fault.tooManyInstant(Duration.ofHours(5)));

    Failure failure = failure(client().send(Request.get("/")));

    assertThat(failure.kind()).isEqualTo(Kind.RETRY_AT);
    assertThat(failure.retryAt().orElseThrow())
        .isBetween(Instant.now().plusSeconds(4 * 3600), Instant.now().plusSeconds(5 * 3600 + 60));
    assertThat(fake.received).hasSize(1);
    assertThat(calls("retry_at")).isEqualTo(1);
  }

  @Test
  void failuresHaveTheirKind() {
    fake.faults.then(
        Fault.refusal(401, "{\"code\":124,\"message\":\"Invalid access token.\"}"),
        Fault.refusal(400, "[{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\"}}]"),
        Fault.refusal(404, "\"nothing here\""),
        Fault.refusal(422, ""),
        Fault.htmlInstead());
    Client client = client();

    Failure refresh = failure(client.send(Request.get("/")));
    assertThat(refresh.kind()).isEqualTo(Kind.REFRESH);
    assertThat(refresh.word()).isEqualTo("124");
    Failure array = failure(client.send(Request.get("/")));
    assertThat(array.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(array.word()).isEqualTo("INVALID_ARGUMENT");
    assertThat(array).hasMessage("fake answered 400 INVALID_ARGUMENT");
    assertThat(failure(client.send(Request.get("/"))).kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure(client.send(Request.get("/"))).kind()).isEqualTo(Kind.PERMANENT);
    assertThat(await(client.send(Request.get("/"))).json()).isEqualTo(new JsonObject());
    assertThat(fake.received).hasSize(5);
  }

  @Test
  void aServiceJudgesItsOwnBodies() {
    fake.faults.then(Fault.refusal(404, "{\"code\":3301,\"message\":\"no recording\"}"));
    Classifier own =
        answer ->
            answer.error().code().equals("3301")
                ? Optional.of(Failure.of(Kind.NOT_READY, answer, "3301", "not processed yet"))
                : Classifier.BY_STATUS.classify(answer);

    Failure failure = failure(client().send(Request.get("/").withClassifier(own)));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_READY);
    assertThat(failure).hasMessage("fake answered 404 3301: not processed yet");
    assertThat(fake.received).hasSize(1);
  }

  @Test
  void aSilentServiceCostsNoMoreThanTheDeadline() {
    fake.faults.then(Fault.silence(), Fault.silence(), Fault.silence());
    long begun = System.nanoTime();

    Failure failure =
        failure(
            client()
                .send(
                    Request.get("/")
                        .within(Duration.ofMillis(700))
                        .withAttemptTimeout(Duration.ofMillis(300))));

    assertThat(failure.kind()).isEqualTo(Kind.RETRY);
    assertThat(failure.getMessage()).contains("no whole answer within");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void aCutBodyAndAWrongLengthAreNoAnswers() {
    fake.faults.then(Fault.cutBody(), Fault.wrongLength());

    Answer answer =
        await(client().send(Request.get("/").withAttemptTimeout(Duration.ofMillis(500))));
    assertThat(answer.json().getBoolean("fine")).isTrue();
    assertThat(fake.received).hasSize(3);
  }

  @Test
  void anAnswerTooLongIsRefused() {
    FakeService talkative =
        fake(
            FakeService.start(
                VERTX,
                request ->
                    Future.succeededFuture(
                        FakeReply.of(200, "text/plain", Buffer.buffer(new byte[100_000])))));

    Failure failure =
        failure(
            client(talkative.address(), service -> service.withMaxAnswerBytes(50_000))
                .send(Request.get("/")));
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure.getMessage()).contains("longer than 50000 bytes");
  }

  @Test
  void nobodyAtTheAddress() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Failure failure =
        failure(
            client(URI.create("http://127.0.0.1:" + port), service -> service)
                .send(Request.post("/")));
    assertThat(failure.getMessage())
        .isEqualTo("fake: nobody accepts connections at its address (3 attempts)");
    assertThat(failure.perhapsDone()).isFalse();
  }

  @Test
  void aRedirectToAnotherOriginGetsNoSecrets() {
    FakeService other =
        fake(
            FakeService.start(
                VERTX, request -> Future.succeededFuture(FakeReply.json(200, "{\"other\":1}"))));
    fake.faults.then(Fault.redirect(other.address().toString()));

    Answer answer =
        await(
            client(fake.address(), service -> service.withSecretHeaders("X-Own-Secret"))
                .send(
                    Request.get("/file?x=%2F")
                        .withBearer(SECRET)
                        .withHeader("cookie", "c=" + SECRET)
                        .withHeader("X-Own-Secret", SECRET)
                        .withHeader("Accept", "text/vtt")));

    assertThat(answer.json().getInteger("other")).isEqualTo(1);
    assertThat(other.received).hasSize(1);
    assertThat(other.received.get(0).uri()).isEqualTo("/file?x=%2F");
    assertThat(other.received.get(0).header("Accept")).isEqualTo("text/vtt");
    assertThat(other.received.get(0).headers().toString()).doesNotContain(SECRET);
  }

  @Test
  void aRedirectWithinTheOriginKeepsThem() {
    fake.faults.then(Fault.redirect(""), Fault.redirect(fake.address().toString()));

    await(client().send(Request.get("/x").withBearer(SECRET)));

    assertThat(fake.received).hasSize(3);
    assertThat(fake.received)
        .allSatisfy(
            request -> assertThat(request.header("Authorization")).isEqualTo("Bearer " + SECRET));
  }

  @Test
  void redirectsEnd() {
    for (int i = 0; i < 10; i++) {
      fake.faults.then(Fault.redirect(""));
    }
    Failure failure = failure(client().send(Request.get("/x")));
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(fake.received).hasSize(6);
  }

  @Test
  void aServiceThatFailsInARowIsLeftAloneAndAskedAgain() {
    Client client =
        client(
            fake.address(),
            service ->
                service
                    .withRetries(1, Duration.ofMillis(10), Duration.ofSeconds(1))
                    .withBreaker(3, Duration.ofSeconds(2)));
    for (int i = 0; i < 3; i++) {
      fake.faults.then(Fault.serverError());
      failure(client.send(Request.get("/")));
    }
    Failure failure = failure(client.send(Request.get("/")));
    assertThat(failure.kind()).isEqualTo(Kind.RETRY_AT);
    assertThat(failure.retryAt()).isPresent();
    assertThat(fake.received).hasSize(3);
    assertThat(registry.get("lessonweave.outbound.resting").gauge().value()).isEqualTo(1);

    await(VERTX.timer(2_100, java.util.concurrent.TimeUnit.MILLISECONDS));
    assertThat(await(client.send(Request.get("/"))).status()).isEqualTo(200);
    assertThat(registry.get("lessonweave.outbound.resting").gauge().value()).isZero();
  }

  @Test
  void noMoreAtATimeThanAllowedAndNoneWaitsInAnEndlessLine() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    // nothing is answered until then, so that it is sure who finds how many before them
    CountDownLatch asked = new CountDownLatch(2 + 4);
    Promise<Void> allAsked = Promise.promise();
    FakeService busy =
        fake(
            FakeService.start(
                VERTX,
                request -> {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  asked.countDown();
                  return allAsked
                      .future()
                      .map(
                          answered -> {
                            inside.decrementAndGet();
                            return FakeReply.json(200, "{}");
                          });
                }));
    Client client =
        client(
            busy.address(),
            service ->
                service
                    .withConcurrency(2, 6)
                    .withRetries(1, Duration.ofMillis(10), Duration.ofSeconds(1)));
    List<Future<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(client.send(Request.get("/" + i)).onFailure(refused -> asked.countDown()));
    }
    assertThat(asked.await(10, SECONDS)).as("two inside and four refused").isTrue();
    allAsked.complete();
    await(Future.join(calls).otherwiseEmpty());

    assertThat(calls.stream().filter(Future::succeeded)).hasSize(8);
    assertThat(calls.stream().filter(Future::failed))
        .hasSize(4)
        .allSatisfy(call -> assertThat(call.cause().getMessage()).contains("6 calls wait"));
    assertThat(most).hasValue(2);
    assertThat(registry.get("lessonweave.outbound.running").gauge().value()).isZero();
  }

  @Test
  void aFileIsSentAsAStreamAndAgainAfterAFailure() throws Exception {
    byte[] content = new byte[3_000_000];
    new java.util.Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("lesson.m4a"), content);
    fake.faults.then(Fault.unavailableHtml());

    await(client().send(Request.post("/upload").withFile(file, "application/octet-stream")));

    assertThat(fake.received).hasSize(2);
    assertThat(fake.received.get(1).body().getBytes()).isEqualTo(content);
    assertThat(fake.received.get(1).header("Content-Length")).isEqualTo("3000000");
  }

  @Test
  void aFormWithAFileIsWellFormed() throws Exception {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");

    await(
        client()
            .send(
                Request.post("/audio/transcriptions")
                    .withBody(
                        new Body.Multipart(
                            List.of(
                                Map.entry("model", "whisper-1"),
                                Map.entry("timestamp_granularities[]", "segment")),
                            "file",
                            "a\"b.mp3",
                            file,
                            "audio/mpeg"))));

    String sent = fake.received.get(0).body().toString();
    String boundary = fake.received.get(0).header("Content-Type").split("boundary=")[1];
    assertThat(sent)
        .isEqualTo(
            """
            --B
            Content-Disposition: form-data; name="model"

            whisper-1
            --B
            Content-Disposition: form-data; name="timestamp_granularities[]"

            segment
            --B
            Content-Disposition: form-data; name="file"; filename="a%22b.mp3"
            Content-Type: audio/mpeg

            sound
            --B--
            """
                .replace("\n", "\r\n")
                .replace("--B", "--" + boundary));
  }

  @Test
  void aFileThatIsNotThereIsOurFault() {
    Failure failure =
        failure(client().send(Request.post("/").withFile(folder.resolve("none"), "audio/mpeg")));
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure.getMessage()).contains("NoSuchFileException");
  }

  @Test
  void messagesHoldNothingOfTheRequestOrTheAnswer() {
    fake.faults.then(
        Fault.refusal(400, "{\"error\":{\"message\":\"your key " + SECRET + " is wrong\"}}"));
    Failure failure = failure(client().send(Request.get("/?key=" + SECRET).withBearer(SECRET)));
    assertThat(failure.toString()).doesNotContain(SECRET);
    assertThat(failure).hasMessage("fake answered 400");
  }
}
