package outbound;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fakes.FakeReply;
import fakes.FakeRequest;
import fakes.FakeService;
import fakes.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import outbound.Failure.Kind;

class DownloadTest {
  private static final int SIZE = 2_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final byte[] content = new byte[SIZE];
  private boolean ranges = true;
  private boolean changes;
  private String etag = "\"v1\"";
  private final FakeService fake = FakeService.start(vertx, this::file);
  private final Client client =
      Client.of(
          vertx,
          Service.of("storage", fake.address())
              .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10))
              .withRetries(3, Duration.ofMillis(10), Duration.ofSeconds(1)),
          new SimpleMeterRegistry());

  @TempDir Path folder;

  DownloadTest() {
    new Random(7).nextBytes(content);
  }

  private Future<FakeReply> file(FakeRequest request) {
    String range = request.header("Range");
    etag = range != null && changes ? "\"v2\"" : etag;
    String condition = request.header("If-Range");
    Buffer whole = Buffer.buffer(content);
    if (range == null || !ranges || (condition != null && !condition.equals(etag))) {
      return Future.succeededFuture(FakeReply.of(200, "audio/mp4", whole).with("ETag", etag));
    }
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    return Future.succeededFuture(
        FakeReply.of(206, "audio/mp4", whole.slice(from, SIZE))
            .with("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE));
  }

  @AfterEach
  void close() throws TimeoutException {
    client.close().await(10, SECONDS);
    fake.close();
    vertx.close().await(10, SECONDS);
  }

  private Download download() throws TimeoutException {
    return client.download(Request.get("/rec"), folder.resolve("rec.m4a"), SIZE).await(15, SECONDS);
  }

  private Failure failure(long maxBytes, Classifier classifier) {
    return catchThrowableOfType(
        Failure.class,
        () ->
            client
                .download(
                    Request.get("/rec").withClassifier(classifier),
                    folder.resolve("rec.m4a"),
                    maxBytes)
                .await(15, SECONDS));
  }

  private void assertWhole(Download download) throws Exception {
    assertThat(Files.readAllBytes(folder.resolve("rec.m4a"))).isEqualTo(content);
    assertThat(download.bytes()).isEqualTo(SIZE);
    assertThat(download.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aFileArrivesWhole() throws Exception {
    Download download = download();
    assertWhole(download);
    assertThat(download.lengthKnown()).isTrue();
  }

  @Test
  void aCutDownloadGoesOnWhereItWas() throws Exception {
    fake.faults.then(Fault.cutBody(), Fault.cutBody(), Fault.cutBody(), Fault.cutBody());

    assertWhole(download());

    assertThat(fake.received).hasSize(5);
    assertThat(fake.received.get(0).header("Range")).isNull();
    long from = 0;
    for (FakeRequest resumed : fake.received.subList(1, 5)) {
      assertThat(resumed.header("If-Range")).isEqualTo("\"v1\"");
      long next = Long.parseLong(resumed.header("Range").replaceAll("\\D", ""));
      assertThat(next).isGreaterThan(from);
      from = next;
    }
  }

  @Test
  void aServerWithoutRangesBeginsAnew() throws Exception {
    ranges = false;
    fake.faults.then(Fault.cutBody());
    assertWhole(download());
    assertThat(fake.received).hasSize(2);
  }

  @Test
  void aFileThatChangedMeanwhileBeginsAnew() throws Exception {
    changes = true;
    fake.faults.then(Fault.cutBody());
    assertWhole(download());
    assertThat(fake.received.get(1).header("If-Range")).isEqualTo("\"v1\"");
  }

  @Test
  void aFileTooLargeIsRefusedAndLeavesNothing() throws IOException {
    Failure failure = failure(SIZE - 1, Classifier.BY_STATUS);
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void zoom5HtmlInsteadOfTheFileIsRefusedByItsType() {
    fake.faults.then(Fault.htmlInstead());
    Failure failure =
        failure(
            SIZE,
            answer ->
                answer.mediaType().equals("text/html")
                    ? Optional.of(Failure.of(Kind.PERMANENT, answer, "", "a page, not a recording"))
                    : Classifier.BY_STATUS.classify(answer));
    assertThat(failure).hasMessage("storage answered 200: a page, not a recording");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anotherOriginServesTheFileWithoutTheBearer() throws Exception {
    try (FakeService storage = FakeService.start(vertx, this::file)) {
      fake.faults.then(Fault.redirect(storage.address().toString()));
      Download download =
          client
              .download(
                  Request.get("/rec").withBearer("test-key-1"), folder.resolve("rec.m4a"), SIZE)
              .await(15, SECONDS);
      assertWhole(download);
      assertThat(fake.received.get(0).header("Authorization")).isNotNull();
      assertThat(storage.received.get(0).header("Authorization")).isNull();
    }
  }

  @Test
  void aStalledDownloadIsGivenUp() {
    for (int i = 0; i < 3; i++) {
      fake.faults.then(Fault.silence());
    }
    long begun = System.nanoTime();
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                client
                    .download(
                        Request.get("/rec").withAttemptTimeout(Duration.ofMillis(300)),
                        folder.resolve("rec.m4a"),
                        SIZE)
                    .await(15, SECONDS));
    assertThat(failure.kind()).isEqualTo(Kind.RETRY);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(folder).isEmptyDirectory();
  }

  /** The file is opened on another thread, and a connection does not wait for that. */
  @Test
  void connectionsThatBreakWhileTheFileIsBeingOpenedAreTriedAgain() throws Exception {
    try (FakeService small =
        FakeService.start(
            vertx,
            request ->
                Future.succeededFuture(
                    FakeReply.of(200, "text/vtt", Buffer.buffer("WEBVTT\n\nshort"))))) {
      small.faults.share(0.5, 5, Fault.cutBody());
      Client many =
          Client.of(
              vertx,
              Service.of("storage", small.address())
                  .withTimeouts(
                      Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(60))
                  .withRetries(20, Duration.ofMillis(5), Duration.ofSeconds(1))
                  .withConcurrency(16, 500)
                  .withBreaker(1_000, Duration.ofSeconds(1)),
              new SimpleMeterRegistry());
      List<Future<Download>> downloads = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        downloads.add(many.download(Request.get("/rec"), folder.resolve("rec-" + i), SIZE));
      }
      Future.join(downloads).await(20, SECONDS);
      many.close().await(10, SECONDS);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(200).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }
}
