package fakes;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What goes wrong with one call.
 *
 * @param worked whether the service does what it was asked before the fault strikes: the caller
 *     can't tell
 */
public record Fault(String name, boolean worked, Answering answering) {
  /** How the fault answers. */
  public interface Answering {
    /**
     * @param reply what the service would have said; empty unless it {@link Fault#worked}
     */
    void answer(Vertx vertx, HttpServerRequest request, Optional<FakeReply> reply);
  }

  /** The connection ends before anything is done. */
  public static Fault reset() {
    return new Fault("reset", false, (vertx, request, reply) -> request.connection().close());
  }

  /** The work is done, then the connection ends without an answer. */
  public static Fault lostAnswer() {
    return new Fault("lost-answer", true, (vertx, request, reply) -> request.connection().close());
  }

  /** The work is done, and the answer comes late. */
  public static Fault slow(Duration delay) {
    return new Fault(
        "slow",
        true,
        (vertx, request, reply) ->
            vertx.setTimer(delay.toMillis(), fired -> send(request, reply.orElseThrow())));
  }

  /** Nothing is done, and no answer ever comes. */
  public static Fault silence() {
    return new Fault("silence", false, (vertx, request, reply) -> {});
  }

  /** Half of the answer's body, then the end of the connection. */
  public static Fault cutBody() {
    return new Fault(
        "cut-body",
        true,
        (vertx, request, reply) -> {
          FakeReply whole = reply.orElseThrow();
          HttpServerResponse response = head(request, whole);
          response.putHeader("Content-Length", String.valueOf(Math.max(2, whole.body().length())));
          Buffer half =
              whole.body().length() < 2
                  ? Buffer.buffer("x")
                  : whole.body().slice(0, whole.body().length() / 2);
          response.write(half).onComplete(written -> request.connection().close());
        });
  }

  /** Announces more bytes than it sends, and keeps the connection open. */
  public static Fault wrongLength() {
    return new Fault(
        "wrong-length",
        true,
        (vertx, request, reply) -> {
          FakeReply whole = reply.orElseThrow();
          head(request, whole)
              .putHeader("Content-Length", String.valueOf(whole.body().length() + 100))
              .write(whole.body());
        });
  }

  /** 429 with the seconds to wait. */
  public static Fault tooManySeconds(int seconds) {
    return refusal("429-seconds", 429, "{\"message\":\"slow down\"}")
        .withHeader("Retry-After", () -> String.valueOf(seconds));
  }

  /** 429 with the ISO instant to wait for, as Zoom's daily limits do. */
  public static Fault tooManyInstant(Duration from) {
    return refusal("429-instant", 429, "{\"code\":429,\"message\":\"daily limit\"}")
        .withHeader(
            "Retry-After",
            () -> Instant.now().plus(from).truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** 429 with an HTTP date to wait for. */
  public static Fault tooManyDate(Duration from) {
    return refusal("429-date", 429, "{\"error\":\"slow down\"}")
        .withHeader(
            "Retry-After",
            () ->
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().plus(from).atZone(ZoneOffset.UTC)));
  }

  /** 429 that does not say for how long. */
  public static Fault tooMany() {
    return refusal("429", 429, "");
  }

  /** 503 with a web page for people. */
  public static Fault unavailableHtml() {
    return reply(
        "503-html",
        FakeReply.of(503, "text/html", Buffer.buffer("<html><h1>Service Unavailable</h1></html>")));
  }

  /** An error that the work may have been done before. */
  public static Fault serverError() {
    return refusal("500", 500, "{\"error\":\"Server error, developers have been alerted\"}");
  }

  /** 200 with a web page where something else should be. */
  public static Fault htmlInstead() {
    return reply(
        "200-html", FakeReply.of(200, "text/html", Buffer.buffer("<html>Please sign in</html>")));
  }

  /** Sends the caller to another address, with the same path. */
  public static Fault redirect(String origin) {
    return new Fault(
        "redirect",
        false,
        (vertx, request, reply) ->
            request
                .response()
                .setStatusCode(302)
                .putHeader("Location", origin + request.uri())
                .end());
  }

  /** An error with this body. */
  public static Fault refusal(int status, String body) {
    return refusal(String.valueOf(status), status, body);
  }

  private static Fault refusal(String name, int status, String body) {
    return reply(name, FakeReply.of(status, "application/json", Buffer.buffer(body)));
  }

  /** This instead of the real answer; nothing is done. */
  public static Fault reply(String name, FakeReply instead) {
    return new Fault(name, false, (vertx, request, reply) -> send(request, instead));
  }

  private Fault withHeader(String header, Supplier<String> value) {
    return new Fault(
        name,
        worked,
        (vertx, request, reply) -> {
          request.response().putHeader(header, value.get());
          answering.answer(vertx, request, reply);
        });
  }

  static void send(HttpServerRequest request, FakeReply reply) {
    HttpServerResponse response = head(request, reply);
    if (!response.closed() && !response.ended()) {
      response.end(reply.body());
    }
  }

  private static HttpServerResponse head(HttpServerRequest request, FakeReply reply) {
    HttpServerResponse response = request.response().setStatusCode(reply.status());
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      response.putHeader(header.getKey(), header.getValue());
    }
    return response;
  }
}
