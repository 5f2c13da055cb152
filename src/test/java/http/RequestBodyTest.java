package http;

import static http.EdgeTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import http.ApiServer.Answer;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import settings.Settings;

/** What becomes of bodies before an endpoint sees them: limits, chunks, media types and JSON. */
class RequestBodyTest extends ApiTest {
  private static final String TRANSCRIPT =
      "{\"transcript\":\"Teacher: What did you do at the weekend?\"}";

  RequestBodyTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @Test
  void bodyLimitsHoldAndTheSmallerLimitElsewhere() {
    String large = "{\"transcript\":\"" + "x".repeat(300_000) + "\"}";
    assertThat(server.post("/v1/process", large).status()).isEqualTo(200);
    isProblem(server.post("/v1/trigger-lesson-processing", large), 413, "PAYLOAD_TOO_LARGE");
    Answer answer = server.post("/v1/process", "{\"transcript\":\"" + "x".repeat(2 << 20) + "\"}");
    isProblem(answer, 413, "PAYLOAD_TOO_LARGE");
    assertThat(answer.json().getJsonObject("error").getJsonObject("details").getInteger("limit"))
        .isEqualTo(2 << 20);
  }

  @Test
  void bodyLimitsHoldForChunkedBodiesToo() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /v1/trigger-lesson-processing HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk =
          ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 5; i++) {
        out.write(chunk);
      }
      out.flush();
      byte[] first = socket.getInputStream().readNBytes(12);
      assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void brokenChunksAreRefusedBeforeTheConnectionIsClosed() throws Exception {
    String head =
        " HTTP/1.1\r\nHost: x\r\nX-User-Id: chunky\r\nTransfer-Encoding: chunked\r\nContent-Type: ";
    for (String path : List.of("/v1/word-lists", "/v1/process", "/api/v1/sessions/start")) {
      for (String rest : List.of("zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}oops", "-1\r\n{}\r\n")) {
        // at once, and after the first half has been understood
        for (String first : List.of("", "1\r\n{\r\n")) {
          String answer = sent("POST " + path + head + "application/json\r\n\r\n", first, rest);
          assertThat(answer)
              .as(rest)
              .startsWith("HTTP/1.1 400 ")
              .contains("problem+json", "VALIDATION_ERROR", "chunks", "X-Request-ID");
        }
      }
    }
    assertThat(
            sent(
                "POST /v1/word-lists/x/import" + head + "text/csv\r\n\r\n",
                "4\r\nword\r\n",
                "zz\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(
            sent(
                "POST /v1/source-files" + head + "multipart/form-data; boundary=b\r\n\r\n",
                "5\r\n--b\r\n\r\n",
                "zz\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(server.get("/v1/word-lists", "X-User-Id", "chunky").json().getInteger("count"))
        .isZero();
  }

  @Test
  void filesOfBodiesThatBreakOrStayAwayAreDeleted() throws Exception {
    Set<String> before = spooled();
    String head =
        "POST /v1/word-lists/x/import HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "X-User-Id: chunky\r\n"
            + "Content-Type: text/csv\r\n";
    for (int i = 0; i < 40; i++) {
      String chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
      // it breaks before its file is there, while that is opened, or when something is in it
      sent(chunked + "zz\r\n");
      sent(chunked + "4\r\nword\r\n", "zz\r\n");
      try (Socket socket = new Socket("127.0.0.1", server.port)) {
        String half = head + "Content-Length: 9\r\n\r\nword";
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    // looked at once for both: a request that came last may have its file in the meantime
    Set<String> left = spooled();
    while (!before.containsAll(left) && System.nanoTime() < deadline) {
      server.get("/v1/health");
      left = spooled();
    }
    assertThat(before).containsAll(left);
  }

  /** Files of bodies, whichever request's. */
  private Set<String> spooled() throws IOException {
    try (Stream<Path> all = Files.list(RequestFiles.folder(databases.settings.dataDir()))) {
      return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void brokenBodiesThatNobodyAskedForAreAnsweredToo() throws Exception {
    String list =
        server
            .call("POST", "/v1/word-lists", "{\"name\":\"Kept\"}", "X-User-Id", "unasked")
            .json()
            .getString("id");
    String head =
        " HTTP/1.1\r\nHost: x\r\nX-User-Id: unasked\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (String rest : List.of("zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}oops")) {
      for (String path : List.of("/v1/word-lists", "/v1/word-lists/" + list, "/v1/health")) {
        // what is only read may have been answered before the body was there
        assertThat(sent("GET " + path + head + rest))
            .as(path)
            .containsPattern("^HTTP/1.1 (200|400) ")
            .contains("X-Request-ID");
      }
      assertThat(sent("GET /nowhere" + head + rest)).startsWith("HTTP/1.1 404 ");
      assertThat(sent("PUT /v1/process" + head + rest)).startsWith("HTTP/1.1 405 ");
      for (String change :
          List.of(
              "DELETE /v1/word-lists/" + list,
              "POST /v1/flashcards/sessions/x/complete",
              "POST /v1/work/fetch/resume")) {
        for (String first : List.of("", "1\r\n{\r\n")) {
          assertThat(sent(change + head, first, rest))
              .as(change)
              .startsWith("HTTP/1.1 400 ")
              .contains("problem+json", "VALIDATION_ERROR", "chunks", "X-Request-ID");
        }
      }
    }
    isProblem(
        server.call(
            "DELETE", "/v1/word-lists/" + list, "x".repeat(2 << 20), "X-User-Id", "unasked"),
        413,
        "PAYLOAD_TOO_LARGE");
    assertThat(server.get("/v1/word-lists/" + list, "X-User-Id", "unasked").status())
        .isEqualTo(200);
    // one that makes sense is read past
    assertThat(
            server.call("DELETE", "/v1/word-lists/" + list, "any", "X-User-Id", "unasked").status())
        .isEqualTo(204);
  }

  /** Sends pieces one after the other, and gives what comes back until the connection is closed. */
  private String sent(String... pieces) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port)) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      for (String piece : pieces) {
        socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void clientsThatLeaveAmidTheirBodyAreNobodysFault() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("http");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    logger.addAppender(lines);
    try {
      long before = ended();
      try (Socket socket = new Socket("127.0.0.1", server.port)) {
        socket
            .getOutputStream()
            .write(
                ("POST /v1/word-lists HTTP/1.1\r\nHost: x\r\nX-User-Id: hasty\r\nExpect:"
                        + " 100-continue\r\nContent-Type: application/json\r\nContent-Length:"
                        + " 40\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        // the server waits for the body by then
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 100");
        socket.getOutputStream().write("{\"name\":".getBytes(StandardCharsets.US_ASCII));
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (ended() == before) {
        assertThat(System.nanoTime()).as("it ends within 10 s").isLessThan(deadline);
        Thread.onSpinWait();
      }
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list)
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
  }

  /** Requests for new word lists that came to an end, whatever end. */
  private long ended() {
    return server
        .metrics
        .find("lessonweave.http.requests")
        .tag("operation", "createWordList")
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  @Test
  void compressedBodiesAreRefusedBeforeTheyAreSent() throws Exception {
    String head =
        "POST /v1/process HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Encoding: gzip\r\nContent-Length: 40\r\n";
    try (Socket socket = new Socket("127.0.0.1", server.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 415");
      // who sends it all the same keeps the connection
      socket
          .getOutputStream()
          .write(
              ("x".repeat(40) + "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("without Content-Encoding", "HTTP/1.1 200 OK");
    }
    assertThat(sent(head + "Expect: 100-continue\r\n\r\n"))
        .startsWith("HTTP/1.1 415 ")
        .containsIgnoringCase("\r\nConnection: close\r\n");
  }

  @Test
  void bodiesThatDoNotComeAreTheirClientsFault() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("http");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    logger.addAppender(lines);
    String head = " HTTP/1.1\r\nHost: x\r\nX-User-Id: slow\r\nContent-Length: 40\r\nContent-Type: ";
    List<Socket> clients = new ArrayList<>();
    try {
      for (String request :
          List.of(
              "POST /v1/word-lists" + head + "application/json\r\n\r\n{",
              "POST /v1/word-lists/x/words" + head + "application/json\r\n\r\n")) {
        Socket socket = new Socket("127.0.0.1", server.port);
        clients.add(socket);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      }
      for (Socket socket : clients) {
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 408 ")
            .contains("REQUEST_TIMEOUT", "the body was not here within", "problem+json");
      }
    } finally {
      logger.detachAppender(lines);
      for (Socket socket : clients) {
        socket.close();
      }
    }
    assertThat(lines.list)
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
  }

  @Test
  void otherMediaTypesAreRefusedUnlessThereIsNoBody() {
    isProblem(
        server.call("POST", "/v1/process", TRANSCRIPT, "Content-Type", "text/plain"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    isProblem(
        server.call(
            "POST",
            "/v1/process",
            "transcript=x",
            "Content-Type",
            "application/x-www-form-urlencoded"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    assertThat(
            server
                .call(
                    "POST",
                    "/v1/process",
                    TRANSCRIPT,
                    "Content-Type",
                    "application/json; charset=UTF-8")
                .status())
        .isEqualTo(200);
    assertThat(server.call("POST", "/v1/process", TRANSCRIPT).status()).isEqualTo(200);
    assertThat(server.get("/v1/health", "Content-Type", "application/json").status())
        .isEqualTo(200);
    assertThat(
            server
                .call("POST", "/v1/work/fetch/resume", null, "Content-Type", "application/json")
                .status())
        .isEqualTo(200);
  }

  @Test
  void malformedJsonAndBrokenRulesAreTold() {
    Answer malformed = server.post("/v1/process", "{\"transcript\": ");
    isProblem(malformed, 400, "VALIDATION_ERROR");
    assertThat(malformed.firstField()).startsWith("body is not valid JSON");
    Answer broken = server.post("/v1/process", "{\"transcript\":\"short\"}");
    isProblem(broken, 400, "VALIDATION_ERROR");
    assertThat(broken.firstField()).isEqualTo("transcript must be text of 10 to 500000 characters");
    assertThat(server.get("/v1/exercises").firstField())
        .isEqualTo("class_id is missing; it must be text of 1 to 100 characters");
  }
}
